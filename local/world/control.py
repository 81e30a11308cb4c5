"""The control interface that all services share: health, wiring, journal, faults."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.world.bodies import read_model
from local.world.errors import Unprocessable
from local.world.faults import FaultRequest
from local.world.service import World
from local.world.wiring import Wiring


def control_routes(world: World) -> list[Route]:
    return [Route("/health", health), *wiring_routes(world), *journal_routes(world), *fault_routes(world)]


async def health(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


def wiring_routes(world: World) -> list[Route]:
    async def show(_request: Request) -> Response:
        return JSONResponse({"wired": world.line.wiring is not None, "number": world.line.number})

    async def wire(request: Request) -> Response:
        wiring = await read_model(request, Wiring)
        await world.line.wire(wiring)
        return JSONResponse(wiring.model_dump(mode="json"))

    return [Route("/wiring", show), Route("/wiring", wire, methods=["PUT"])]


def journal_routes(world: World) -> list[Route]:
    async def show(request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) <= 12):
            raise Unprocessable("after: a number of an entry, 0 for all of them.")
        return JSONResponse(world.journal.after(int(after), service=request.query_params.get("service")))

    return [Route("/journal", show)]


def fault_routes(world: World) -> list[Route]:
    async def show(_request: Request) -> Response:
        return JSONResponse([fault.described() for fault in world.faults.live()])

    async def add(request: Request) -> Response:
        fault = world.faults.add(await read_model(request, FaultRequest))
        return JSONResponse(fault.described(), status_code=201)

    async def clear(_request: Request) -> Response:
        world.faults.clear()
        return Response(status_code=204)

    return [
        Route("/faults", show),
        Route("/faults", add, methods=["POST"]),
        Route("/faults", clear, methods=["DELETE"]),
    ]
