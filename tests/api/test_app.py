"""Routes are loaded with the first request that needs them, so that a cold start waits for no other."""

import subprocess
import sys
from importlib import import_module

import pytest
from fastapi import FastAPI
from switchboard.api.app import routes_of
from switchboard.skills import SKILLS

from tests.api.site import Caller, Site

LEADING = routes_of(SKILLS)


def paths(site: Site) -> set[str]:
    return set(site.app.openapi()["paths"])


def test_an_app_that_nobody_asked_has_no_routes(site: Site) -> None:
    assert paths(site) == set()


def test_a_request_brings_the_routes_of_its_kind_and_no_others(site: Site, ada: Caller) -> None:
    for _ in range(2):
        ada.get("/usage")
        ada.http.post("/links")
    assert paths(site) == {"/usage", "/links", "/links/waiting/{waiting}", "/links/{link}"}


@pytest.mark.parametrize("path", ["/", "", "//", "/nothing", "/tasksandmore", "/me/../nothing", "/ME"])
def test_what_is_no_route_is_answered_so_from_the_first_request_on(site: Site, path: str) -> None:
    answer = site.browser().get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_method_that_a_route_does_not_have_is_told_from_a_route_that_is_none(ada: Caller) -> None:
    assert ada.http.delete("/usage").status_code == 405


@pytest.mark.parametrize("module", sorted(set(LEADING.values())))
def test_every_route_begins_with_a_word_that_leads_to_its_module(module: str) -> None:
    app = FastAPI()
    app.include_router(import_module(module).router)
    assert {LEADING[path.split("/")[1]] for path in app.openapi()["paths"]} == {module}


def test_importing_the_app_imports_no_route() -> None:
    loaded = "import sys, switchboard.runtime.rest_app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    names = done.stdout.split()
    assert set(names).isdisjoint(LEADING.values())
    assert "switchboard.api.app" in names
