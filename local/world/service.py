"""What a simulated service is: a name, its routes and the ways it can break. One module makes one."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from local.world.background import Background
from local.world.bodies import read_bytes
from local.world.faults import Breakable, Faults
from local.world.journal import Entry, Journal, readable
from local.world.ports import Ports
from local.world.wiring import Line

BODY_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class World:
    """What all services share."""

    ports: Ports
    journal: Journal
    faults: Faults
    background: Background
    line: Line


@dataclass(frozen=True, slots=True)
class Service:
    name: str
    routes: Sequence[Route]
    breakable: Breakable


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is in the journal, with its body read."""

    request: Request
    body: bytes
    entry: Entry


Answer = Callable[[Asked], Awaitable[Response]]
Told = Callable[[Request, bytes], object]


def make_world(ports: Ports) -> World:
    return World(
        ports=ports,
        journal=Journal(ports.now),
        faults=Faults(ports.chance),
        background=Background(),
        line=Line(ports.connect),
    )


def as_sent(_request: Request, body: bytes) -> object:
    return readable(body)


def journalled(
    world: World, service: str, answer: Answer, *, told: Told = as_sent
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that writes the journal and suffers the service's latency before it answers.

    `told` is what the journal tells of a body, for a service whose bodies hold secrets.
    """

    async def endpoint(request: Request) -> Response:
        body = await read_bytes(request, limit=BODY_LIMIT)
        entry = world.journal.record(request, service=service, body=told(request, body))
        if slow := world.faults.strike(service, "latency"):
            await anyio.sleep(slow.value / 1000)
        return await answer(Asked(request, body, entry))

    return endpoint
