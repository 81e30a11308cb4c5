"""The transcriber as a service of the world: transcribe, ask for a result, and tell it of recordings."""

from http import HTTPStatus

from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.world.bodies import read_as
from local.world.errors import Unprocessable
from local.world.faults import Breakable
from local.world.model.streams import CutResponse, once
from local.world.service import Answer, Asked, Service, World, journalled
from local.world.transcriber.desk import Desk
from local.world.transcriber.errors import ORDERED, TranscriberError, ordered
from local.world.transcriber.form import parse_form, told
from local.world.transcriber.recordings import Recording, Recordings
from local.world.transcriber.requests import parse_order

NAME = "transcriber"
BREAKABLE = Breakable(
    kinds=frozenset({"latency", "status", "cut", "duplicate", "drop", "forge"}), statuses=frozenset(ORDERED)
)
RECORDING: TypeAdapter[Recording] = TypeAdapter(Recording)
TOLD_LIMIT = 32 * 1024 * 1024


def transcriber(world: World) -> Service:
    recordings = Recordings(world.ports.recordings)
    desk = Desk(world, recordings, service=NAME)

    async def transcribe(asked: Asked) -> Response:
        form = parse_form(asked.request.headers.get("content-type", ""), asked.body)
        return await desk.transcribe(parse_order(form), file=form.file, entry=asked.entry)

    async def transcript(asked: Asked) -> Response:
        found = desk.result(asked.request.path_params["transcription_id"])
        return Response(found, media_type="application/json")

    async def forget(asked: Asked) -> Response:
        desk.forget(asked.request.path_params["transcription_id"])
        return JSONResponse({"message": "Delete completed successfully."})

    def endpoint(path: str, answer: Answer, *, method: str) -> Route:
        guarded_answer = guarded(world, answer)
        return Route(path, journalled(world, NAME, guarded_answer, told=told), methods=[method])

    by_id = "/v1/speech-to-text/transcripts/{transcription_id}"
    routes = [
        endpoint("/v1/speech-to-text", transcribe, method="POST"),
        endpoint(by_id, transcript, method="GET"),
        endpoint(by_id, forget, method="DELETE"),
        *recording_routes(recordings),
    ]
    return Service(name=NAME, routes=routes, breakable=BREAKABLE)


def guarded(world: World, answer: Answer) -> Answer:
    """Any key will do, but there has to be one; then comes a fault, if one was set."""

    async def guard(asked: Asked) -> Response:
        try:
            response = await admitted(asked)
        except TranscriberError as error:
            response = error.response(request_id=world.ports.new_id())
        asked.entry.outcome["status"] = response.status_code
        return response

    async def admitted(asked: Asked) -> Response:
        if not asked.request.headers.get("xi-api-key"):
            raise TranscriberError("missing_api_key", "There is no API key: send xi-api-key and any key.")
        if fault := world.faults.strike(NAME, "status"):
            raise ordered(fault.value)
        response = await answer(asked)
        return cut(response, asked) if world.faults.strike(NAME, "cut") else response

    return guard


def cut(response: Response, asked: Asked) -> Response:
    """What was asked for is done, and half of the answer says so."""
    body = bytes(response.body)
    asked.entry.outcome["ended"] = "cut"
    half = once(body[: len(body) // 2])
    return CutResponse(half, status_code=response.status_code, media_type="application/json")


def recording_routes(recordings: Recordings) -> list[Route]:
    async def show(_request: Request) -> Response:
        return JSONResponse(
            [
                {
                    "sha256": each.sha256,
                    "title": each.title,
                    "seconds": each.seconds,
                    "words": len(each.words),
                }
                for each in recordings.all()
            ]
        )

    async def tell(request: Request) -> Response:
        recording = await read_as(request, RECORDING, limit=TOLD_LIMIT)
        if recording.sha256 != request.path_params["sha256"]:
            raise Unprocessable("sha256: another one than in the address.")
        recordings.tell(recording)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return [
        Route("/transcriber/recordings", show),
        Route("/transcriber/recordings/{sha256}", tell, methods=["PUT"]),
    ]
