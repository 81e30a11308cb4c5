"""The REST API as one app. A person sees only what is theirs: who they are comes from the verified token."""

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from switchboard.rest import problems
from switchboard.rest.limits import Bounded
from switchboard.rest.no_store import NoStore
from switchboard.rest.ports import Ports
from switchboard.rest.well_formed import WellFormed

ROUTES: Mapping[str, str] = {
    "login": "switchboard.api.login",
    "logout": "switchboard.api.login",
    "me": "switchboard.api.me",
    "chat": "switchboard.api.chat",
    "links": "switchboard.api.links",
    "usage": "switchboard.api.usage",
    "exports": "switchboard.api.exports",
    "downloads": "switchboard.api.downloads",
    "erasures": "switchboard.api.erasures",
    "tasks": "switchboard.skills.tasks.api.routes",
    "operator": "switchboard.api.operators",
    "calls": "switchboard.skills.calls.api.routes",
    "profiles": "switchboard.skills.calls.api.profile_routes",
}
"""Which module answers the paths that begin so."""


def create_app(ports: Ports) -> FastAPI:
    app = _empty()
    app.state.ports = ports
    app.add_middleware(Unfolding, api=app)
    app.add_middleware(WellFormed)
    app.add_middleware(Bounded)
    problems.install(app, report=ports.report)
    app.add_middleware(NoStore)
    return app


def routed() -> FastAPI:
    """All the routes alone, which is what their description needs."""
    app = _empty()
    for module in dict.fromkeys(ROUTES.values()):
        app.include_router(_router(module))
    return app


class Unfolding:
    """Loads a module with the first request that it answers: a cold start waits for no other."""

    def __init__(self, app: ASGIApp, api: FastAPI) -> None:
        self._app = app
        self._api = api
        self._folded = set(ROUTES.values())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        module = ROUTES.get(scope.get("path", "").strip("/").partition("/")[0], "")
        if module in self._folded:
            self._api.include_router(_router(module))
            self._folded.discard(module)
        await self._app(scope, receive, send)


def _router(module: str) -> APIRouter:
    return cast("APIRouter", import_module(module).router)


def _empty() -> FastAPI:
    return FastAPI(
        title="Switchboard",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_name,
    )


def _name(route: APIRoute) -> str:
    return route.name
