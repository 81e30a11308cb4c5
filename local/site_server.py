"""`python -m local.site_server`: what the CDN is on AWS. The files of the page, and `/api` as the gateway."""

import argparse
import contextlib
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from local.guard import Guard
from local.ports import LOOPBACK
from stacks.site_headers import cache_control, site_headers

API = "/api"
METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE")
BODY_LIMIT = 6 * 1024 * 1024
TIMEOUT_SECONDS = 30
FOUND = (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
NOT_PASSED_ON = frozenset(
    {
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer"),
        *("transfer-encoding", "upgrade", "host", "content-length", "date", "server"),
    }
)


def create_app(dist: Path, gateway: httpx2.AsyncClient, *, socket: str, files: str) -> Starlette:
    """`gateway` has the HTTP API as its base URL; the others are origins: of the WebSocket, of the bucket."""
    return Starlette(
        routes=[
            Route("/", partial(page, dist)),
            Route(f"{API}/{{path:path}}", partial(pass_on, gateway), methods=METHODS),
            Mount("/", StaticFiles(directory=dist)),
        ],
        middleware=[
            Middleware(Headers, told=site_headers(socket=socket, files=(files,))),
            Middleware(Guard),
        ],
        lifespan=closing(gateway),
    )


async def page(dist: Path, _request: Request) -> Response:
    return FileResponse(dist / "index.html")


async def pass_on(gateway: httpx2.AsyncClient, request: Request) -> Response:
    """Headers, cookies, query and body as they come, in both directions."""
    body = await _bounded(request)
    if body is None:
        return _failure(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    asked = gateway.build_request(
        request.method, _target(request), headers=_passed_on(request.headers.items()), content=body
    )
    try:
        return await _answer(gateway, asked)
    except httpx2.TimeoutException:
        return _failure(HTTPStatus.GATEWAY_TIMEOUT)
    except httpx2.TransportError:
        return _failure(HTTPStatus.BAD_GATEWAY)


async def _answer(gateway: httpx2.AsyncClient, asked: httpx2.Request) -> Response:
    """The bytes as they are, so that a compressed answer stays one."""
    told = await gateway.send(asked, stream=True)
    try:
        content = b"".join([part async for part in told.aiter_raw()])
    finally:
        await told.aclose()
    answer = Response(content, status_code=told.status_code)
    for name, value in _passed_on(told.headers.multi_items()):
        answer.headers.append(name, value)
    return answer


async def _bounded(request: Request) -> bytes | None:
    """The body, or None when it is larger than the gateway takes."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def _target(request: Request) -> str:
    path = request.scope["raw_path"].decode("ascii").removeprefix(API)
    return f"{path}?{request.url.query}" if request.url.query else path


def _passed_on(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in NOT_PASSED_ON]


def _failure(status: HTTPStatus) -> Response:
    return PlainTextResponse(status.phrase, status_code=status)


class Headers:
    """Every answer carries what the CDN's carry; files also say how long they may be cached."""

    def __init__(self, app: ASGIApp, *, told: Mapping[str, str]) -> None:
        self._app = app
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._told)
                if message["status"] in FOUND and not scope["path"].startswith(f"{API}/"):
                    headers["Cache-Control"] = cache_control(scope["path"].removeprefix("/"))
            await send(message)

        await self._app(scope, receive, send_with_headers)


def closing(gateway: httpx2.AsyncClient) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def run(_app: Starlette) -> AsyncIterator[None]:
        async with gateway:
            yield

    return run


def serve(app: Starlette, *, port: int) -> int:
    try:
        listener = socket.create_server((LOOPBACK, port))
    except (OSError, OverflowError) as error:
        print(f"Port {port} cannot be used: {error}", file=sys.stderr)
        return 1
    config = uvicorn.Config(
        app,
        lifespan="on",
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    with listener, contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.site_server", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--dist", type=Path, required=True, help="the folder with the built page")
    parser.add_argument("--api", required=True, help="the HTTP API's base URL")
    parser.add_argument("--socket", required=True, help="the WebSocket's origin")
    parser.add_argument("--files", required=True, help="the origin of the buckets of files")
    asked = parser.parse_args()
    gateway = httpx2.AsyncClient(base_url=asked.api, trust_env=False, timeout=TIMEOUT_SECONDS)
    app = create_app(asked.dist, gateway, socket=asked.socket, files=asked.files)
    return serve(app, port=asked.port)


if __name__ == "__main__":
    raise SystemExit(main())
