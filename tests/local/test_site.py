"""The laptop's site: the files of the page as the CDN gives them, and `/api` as the gateway's."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from pathlib import Path

import httpx2
import pytest

from local import site
from local.errors import NotBuilt
from local.site_server import BODY_LIMIT, create_app
from stacks.bundling.store import BuildFailed
from stacks.site_headers import ASK_FIRST, IMMUTABLE, site_headers

GATEWAY = "http://gateway.test/_aws/execute-api/a"
SITE = "http://127.0.0.1:4702"
SOCKET = "ws://127.0.0.1:4700"
RECORDINGS = "http://127.0.0.1:4700"
TOLD = site_headers(socket=SOCKET, files=(RECORDINGS,))
PERSON = {
    "etag": '"7"',
    "location": "/exports/1",
    "content-type": "application/json",
    "content-encoding": "gzip",
}
COOKIES = (("set-cookie", "session=a; HttpOnly"), ("set-cookie", "theme=dark"))
COMPRESSED = gzip.compress(b'{"person":"ada"}')

Answer = Callable[[httpx2.Request], httpx2.Response]
Ask = Callable[..., httpx2.Response]


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("the page")
    (tmp_path / "icon.svg").write_text("<svg/>")
    (tmp_path / "assets" / "main-A1.js").write_text("run()")
    return tmp_path


@pytest.fixture
def asked() -> list[httpx2.Request]:
    """What reached the gateway."""
    return []


@pytest.fixture
def ask(dist: Path, asked: list[httpx2.Request]) -> Ask:
    """Asks the site; `gateway` answers what is passed on."""

    def send(method: str, path: str, *, gateway: Answer = in_order, **request: object) -> httpx2.Response:
        def answer(passed_on: httpx2.Request) -> httpx2.Response:
            asked.append(passed_on)
            return gateway(passed_on)

        upstream = httpx2.AsyncClient(base_url=GATEWAY, transport=httpx2.MockTransport(answer))
        app = create_app(dist, upstream, socket=SOCKET, files=RECORDINGS)
        return asyncio.run(_once(httpx2.ASGITransport(app), method, path, **request))

    return send


async def _once(
    transport: httpx2.ASGITransport, method: str, path: str, **request: object
) -> httpx2.Response:
    async with httpx2.AsyncClient(transport=transport, base_url=SITE) as client:
        return await client.request(method, path, **request)  # type: ignore[arg-type]


def in_order(_request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(HTTPStatus.ACCEPTED, headers=[*PERSON.items(), *COOKIES], content=sent(COMPRESSED))


async def sent(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def test_the_page_is_at_the_root_and_asked_for_again_each_time(ask: Ask) -> None:
    page = ask("GET", "/")
    assert (page.status_code, page.text) == (HTTPStatus.OK, "the page")
    assert page.headers["cache-control"] == ASK_FIRST
    assert ask("GET", "/icon.svg").headers["cache-control"] == ASK_FIRST


def test_what_carries_its_content_in_its_name_is_kept_for_good(ask: Ask) -> None:
    script = ask("GET", "/assets/main-A1.js")
    assert script.headers["cache-control"] == IMMUTABLE
    assert "javascript" in script.headers["content-type"]


def test_what_is_not_there_is_a_plain_404_that_nobody_keeps(ask: Ask, asked: list[httpx2.Request]) -> None:
    gone = ask("GET", "/assets/main-B2.js")
    assert gone.status_code == HTTPStatus.NOT_FOUND
    assert "cache-control" not in gone.headers
    assert ask("GET", "/chat").status_code == HTTPStatus.NOT_FOUND
    assert ask("GET", "/apis").status_code == HTTPStatus.NOT_FOUND
    assert asked == []


def test_nothing_beside_the_page_is_served(ask: Ask, dist: Path) -> None:
    (dist.parent / "secret.txt").write_text("not for you")
    assert ask("GET", "/secret.txt").status_code == HTTPStatus.NOT_FOUND
    for path in ("/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"):
        assert ask("GET", path).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("path", ["/", "/assets/main-A1.js", "/nothing", "/api/me"])
def test_every_answer_carries_the_headers_of_the_cdn(ask: Ask, path: str) -> None:
    told = ask("GET", path).headers
    assert {name: told.get(name) for name in TOLD} == TOLD


def test_a_request_reaches_the_gateway_as_it_was_made(ask: Ask, asked: list[httpx2.Request]) -> None:
    headers = {"authorization": "Bearer t", "if-match": '"7"', "cookie": "session=a", "idempotency-key": "k"}
    ask("PATCH", "/api/links/a%2Fb?cursor=x%3D%3D&limit=2", headers=headers, json={"zone": "Europe/Oslo"})
    (passed_on,) = asked
    assert passed_on.method == "PATCH"
    assert str(passed_on.url) == f"{GATEWAY}/links/a%2Fb?cursor=x%3D%3D&limit=2"
    assert headers.items() <= passed_on.headers.items()
    assert passed_on.headers["host"] == "gateway.test"
    assert passed_on.read() == b'{"zone":"Europe/Oslo"}'


def test_an_answer_comes_back_whole(ask: Ask) -> None:
    told = ask("GET", "/api/me")
    assert (told.status_code, told.json()) == (HTTPStatus.ACCEPTED, {"person": "ada"})
    assert PERSON.items() <= told.headers.items()
    assert told.headers.get_list("set-cookie") == ["session=a; HttpOnly", "theme=dark"]
    assert "cache-control" not in told.headers


def test_an_answer_without_a_body_has_none(ask: Ask) -> None:
    told = ask(
        "POST", "/api/logout", gateway=lambda _: httpx2.Response(HTTPStatus.NO_CONTENT, content=sent())
    )
    assert (told.status_code, told.content) == (HTTPStatus.NO_CONTENT, b"")


def test_a_body_over_the_gateways_limit_is_refused_here(ask: Ask, asked: list[httpx2.Request]) -> None:
    assert ask("POST", "/api/tasks", content=b"x" * BODY_LIMIT).status_code == HTTPStatus.ACCEPTED
    refused = ask("POST", "/api/tasks", content=b"x" * (BODY_LIMIT + 1))
    assert refused.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (httpx2.ConnectError("refused"), HTTPStatus.BAD_GATEWAY),
        (httpx2.ReadTimeout("slow"), HTTPStatus.GATEWAY_TIMEOUT),
    ],
)
def test_a_gateway_that_does_not_answer_is_said_so(ask: Ask, error: Exception, status: HTTPStatus) -> None:
    def fail(_request: httpx2.Request) -> httpx2.Response:
        raise error

    assert ask("GET", "/api/me", gateway=fail).status_code == status


def test_a_page_that_cannot_be_built_keeps_the_laptop_from_coming_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise BuildFailed("the reason")

    monkeypatch.setattr(site, "site_bundle", fail)
    with pytest.raises(NotBuilt, match="the reason"):
        site.build()
