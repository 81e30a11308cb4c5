"""No answer of the API is kept by anybody on its way, whoever asks and however it ends."""

import re

import httpx2
import pytest
from switchboard.api.openapi import described_alone
from switchboard.skills import SKILLS

from tests.api.site import Site

PATHS = described_alone(SKILLS)["paths"]
ROUTES = [(method.upper(), path) for path, each in PATHS.items() for method in each]


def is_not_stored(answer: httpx2.Response) -> bool:
    return answer.headers.get_list("cache-control") == ["no-store"]


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("body", [None, {}])
def test_no_answer_of_any_route_is_kept(
    site: Site, method: str, path: str, body: dict[str, str] | None
) -> None:
    filled = re.sub(r"\{\w+\}", "1", path)
    for browser in (site.signed_in("ada+").http, site.browser()):
        assert is_not_stored(browser.request(method, filled, json=body, follow_redirects=False))


def test_neither_is_what_is_not_there_nor_what_went_wrong(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = site.signed_in("ada").http
    assert is_not_stored(asking.get("/me"))
    assert is_not_stored(asking.get("/nowhere"))
    assert is_not_stored(asking.put("/me", content=b"x" * 20_000))
    monkeypatch.setattr(type(site.people), "behind", None)
    failed = asking.get("/me")
    assert failed.status_code == 500
    assert is_not_stored(failed)
    assert [type(error) for error in site.reported] == [TypeError]
    site.reported.clear()
