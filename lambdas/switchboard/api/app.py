"""The REST API as one app. A person sees only what is theirs: who they are comes from the verified token."""

from fastapi import FastAPI
from fastapi.routing import APIRoute

from switchboard.api import chat, downloads, erasures, exports, links, me, operators, problems, sign_in, usage
from switchboard.api.bounds import Bounded
from switchboard.api.ports import Ports

ROUTERS = (
    *(sign_in.router, me.router, chat.router, links.router),
    *(usage.router, exports.router, downloads.router, erasures.router, operators.router),
)


def create_app(ports: Ports) -> FastAPI:
    app = routed()
    app.state.ports = ports
    app.add_middleware(Bounded)
    problems.install(app, report=ports.report)
    return app


def routed() -> FastAPI:
    """The routes alone, which is all that their description needs."""
    app = FastAPI(
        title="Switchboard",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_name,
    )
    for router in ROUTERS:
        app.include_router(router)
    return app


def _name(route: APIRoute) -> str:
    return route.name
