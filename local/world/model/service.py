"""The model as a service of the world: chat completions, embeddings, the list of models, the script."""

from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.world.bodies import read_as
from local.world.faults import Breakable
from local.world.model.chat import complete, streamed, unstreamed
from local.world.model.embedding import as_base64, embed
from local.world.model.errors import STATUSES, ModelError, ordered
from local.world.model.reply import tokens
from local.world.model.requests import EmbeddingRequest, parse, parse_chat
from local.world.model.script import Entries, Script
from local.world.service import Answer, Asked, Service, World, journalled

NAME = "model"
MODELS = ("fixed-grammar", "fixed-grammar-embedding")
BREAKABLE = Breakable(kinds=frozenset({"latency", "status", "cut"}), statuses=STATUSES)
SCRIPT: TypeAdapter[Entries] = TypeAdapter(Entries)


def model(world: World) -> Service:
    script = Script()

    async def chat(asked: Asked) -> Response:
        request = parse_chat(asked.body)
        completion = complete(request, script=script, ports=world.ports)
        cut = world.faults.strike(NAME, "cut")
        if request.stream:
            return streamed(request, completion, entry=asked.entry, cut=cut)
        return await unstreamed(completion, entry=asked.entry, cut=cut)

    def endpoint(path: str, answer: Answer, *, method: str) -> Route:
        return Route(path, journalled(world, NAME, guarded(world, answer)), methods=[method])

    routes = [
        endpoint("/v1/chat/completions", chat, method="POST"),
        endpoint("/v1/embeddings", embeddings, method="POST"),
        endpoint("/v1/models", models, method="GET"),
        *script_routes(script),
    ]
    return Service(name=NAME, routes=routes, breakable=BREAKABLE)


def guarded(world: World, answer: Answer) -> Answer:
    """Any key will do, but there has to be one; then comes a fault, if one was set."""

    async def guard(asked: Asked) -> Response:
        try:
            response = await admitted(asked)
        except ModelError as error:
            response = error.response()
        asked.entry.outcome.setdefault("status", response.status_code)
        return response

    async def admitted(asked: Asked) -> Response:
        if not asked.request.headers.get("authorization", "").startswith("Bearer "):
            raise ModelError("There is no API key: send Authorization: Bearer and any key.", status=401)
        if fault := world.faults.strike(NAME, "status"):
            raise ordered(fault.value)
        return await answer(asked)

    return guard


async def embeddings(asked: Asked) -> Response:
    request = parse(asked.body, EmbeddingRequest)
    if not all(request.texts):
        raise ModelError("input: a text is empty.", param="input")
    vectors = [embed(text, dimensions=request.dimensions) for text in request.texts]
    data = [
        {
            "object": "embedding",
            "index": index,
            "embedding": as_base64(vector) if request.encoding_format == "base64" else vector,
        }
        for index, vector in enumerate(vectors)
    ]
    read = sum(len(tokens(text)) for text in request.texts)
    usage = {"prompt_tokens": read, "total_tokens": read}
    return JSONResponse({"object": "list", "data": data, "model": request.model, "usage": usage})


async def models(_asked: Asked) -> Response:
    listed = [{"id": name, "object": "model", "created": 0, "owned_by": "the world"} for name in MODELS]
    return JSONResponse({"object": "list", "data": listed})


def script_routes(script: Script) -> list[Route]:
    async def put(request: Request) -> Response:
        entries = await read_as(request, SCRIPT)
        script.set(entries)
        return JSONResponse({"entries": len(entries)})

    async def delete(_request: Request) -> Response:
        script.set([])
        return Response(status_code=204)

    return [Route("/model/script", put, methods=["PUT"]), Route("/model/script", delete, methods=["DELETE"])]
