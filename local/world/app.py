"""The whole world as one app. A new neighbour of Switchboard is one module and one entry in SERVICES."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from local.guard import Guard
from local.world.carrier.service import carrier
from local.world.control import control_routes
from local.world.errors import WorldError, answer_problem, problem
from local.world.model.service import model
from local.world.page_headers import PageHeaders
from local.world.ports import Ports
from local.world.service import Service, World, make_world
from local.world.transcriber.service import transcriber

SERVICES: Sequence[Callable[[World], Service]] = (carrier, model, transcriber)
PAGE = Path(__file__).parent / "page"


def create_app(ports: Ports) -> Starlette:
    world = make_world(ports)
    services = [make(world) for make in SERVICES]
    for service in services:
        world.faults.register(service.name, service.breakable)
    return Starlette(
        routes=[
            Route("/", page),
            *control_routes(world),
            *(route for service in services for route in service.routes),
            Mount("/page", StaticFiles(directory=PAGE)),
        ],
        middleware=[Middleware(PageHeaders), Middleware(Guard)],
        exception_handlers={
            WorldError: answer_problem,
            HTTPException: answer_http,
            Exception: answer_problem_of_ours,
        },
        lifespan=lifespan(world),
    )


async def page(_request: Request) -> Response:
    return FileResponse(PAGE / "index.html")


async def answer_http(_request: Request, error: Exception) -> Response:
    status = HTTPStatus(error.status_code) if isinstance(error, HTTPException) else HTTPStatus.BAD_REQUEST
    return problem(status=status, detail=status.description or status.phrase)


async def answer_problem_of_ours(_request: Request, _error: Exception) -> Response:
    """The reason goes to the console, never to the client."""
    return problem(
        status=HTTPStatus.INTERNAL_SERVER_ERROR, detail="The world has a defect; its console says more."
    )


def lifespan(world: World) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def run(_app: Starlette) -> AsyncIterator[None]:
        yield
        await world.background.stop()

    return run
