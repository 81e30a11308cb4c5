"""The REST API as one app. A person sees only what is theirs: who they are comes from the verified token."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from fastapi import APIRouter, FastAPI

from switchboard.rest import problems
from switchboard.rest.limits import Bounded
from switchboard.rest.no_store import NoStore
from switchboard.rest.ports import Ports
from switchboard.rest.well_formed import WellFormed

if TYPE_CHECKING:
    from fastapi.routing import APIRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

    from switchboard.core.skills.spec import SkillSpec

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
    "operator": "switchboard.api.operators",
}
"""Which module answers the paths that begin so, besides those of skills."""


def create_app(ports: Ports, skills: Mapping[str, SkillSpec]) -> FastAPI:
    app = _empty()
    app.state.ports = ports
    app.add_middleware(Unfolding, api=app, routes=routes_of(skills))
    app.add_middleware(WellFormed)
    longer = {path: most for skill in skills.values() for path, most in skill.longest_bodies.items()}
    app.add_middleware(Bounded, longer=longer)
    problems.install(app, report=ports.report)
    app.add_middleware(NoStore)
    return app


def routed(skills: Mapping[str, SkillSpec]) -> FastAPI:
    """All the routes alone, which is what their description needs."""
    app = _empty()
    for module in dict.fromkeys(routes_of(skills).values()):
        app.include_router(_router(module))
    return app


class Unfolding:
    """Loads a module with the first request that it answers: a cold start waits for no other."""

    def __init__(self, app: ASGIApp, api: FastAPI, routes: Mapping[str, str]) -> None:
        self._app = app
        self._api = api
        self._routes = routes
        self._folded = set(routes.values())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        module = self._routes.get(scope.get("path", "").strip("/").partition("/")[0], "")
        if module in self._folded:
            self._api.include_router(_router(module))
            self._folded.discard(module)
        await self._app(scope, receive, send)


def routes_of(skills: Mapping[str, SkillSpec]) -> Mapping[str, str]:
    """Which module answers the paths that begin so."""
    own = {path: module for skill in skills.values() for path, module in skill.routes.items()}
    return {**ROUTES, **own}


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
