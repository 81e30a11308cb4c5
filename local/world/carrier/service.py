"""The carrier as a service of the world: the AWS endpoint and the phones."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.world.bodies import read_model
from local.world.carrier.api import aws_endpoint
from local.world.carrier.errors import STATUS_NAMES
from local.world.carrier.network import Network
from local.world.carrier.operations import E164, operations
from local.world.errors import Unprocessable
from local.world.faults import Breakable
from local.world.service import Answer, Asked, Service, World, journalled

NAME = "carrier"
BREAKABLE = Breakable(
    kinds=frozenset({"latency", "status", "duplicate", "reorder", "drop"}), statuses=frozenset(STATUS_NAMES)
)
Body = Annotated[str, StringConstraints(min_length=1, max_length=1600, pattern=r"\S")]


class Typed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Body


def carrier(world: World) -> Service:
    network = Network(world, service=NAME)
    answer = as_answer(world, network)
    return Service(
        name=NAME,
        routes=[
            Route("/", journalled(world, NAME, answer), methods=["POST"]),
            *phone_routes(network),
        ],
        breakable=BREAKABLE,
    )


def as_answer(world: World, network: Network) -> Answer:
    respond = aws_endpoint(world, service=NAME, handlers=operations(world, network))

    async def answer(asked: Asked) -> Response:
        return respond(asked)

    return answer


def phone_routes(network: Network) -> list[Route]:
    async def phones(_request: Request) -> Response:
        return JSONResponse(network.threads.phones())

    async def thread(request: Request) -> Response:
        return JSONResponse(network.threads.show(number_in(request)))

    async def text(request: Request) -> Response:
        number = number_in(request)
        typed = await read_model(request, Typed)
        message_id = await network.text(number, typed.text)
        return JSONResponse({"inboundMessageId": message_id}, status_code=202)

    return [
        Route("/phones", phones),
        Route("/phones/{number}/texts", thread),
        Route("/phones/{number}/texts", text, methods=["POST"]),
    ]


def number_in(request: Request) -> str:
    number = str(request.path_params["number"])
    if not E164.fullmatch(number):
        raise Unprocessable("number: a phone number in E.164 format, such as +12065550101.")
    return number
