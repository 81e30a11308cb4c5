"""Frames on their way to a page, and pages that are gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from botocore.stub import Stubber
from switchboard.adapters.sockets import Bulletin, PageListener, Sockets, make_client
from switchboard.core.model.types import Usage
from switchboard.core.people.sockets import Socket

from tests.examples import ADAS_PAGE, CONVERSATION

if TYPE_CHECKING:
    from mypy_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient
    from switchboard.core.people.sockets import Frame

PAGE = Socket("socket-1", CONVERSATION, ADAS_PAGE)
USAGE = Usage("grammar", prompt=10, cached=4, completion=5)


@pytest.fixture
def client() -> ApiGatewayManagementApiClient:
    return make_client("https://abc.execute-api.us-east-1.amazonaws.com/prod")


@pytest.fixture
def gateway(client: ApiGatewayManagementApiClient) -> Iterator[Stubber]:
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


@pytest.fixture
def forgotten() -> list[Socket]:
    return []


@pytest.fixture
def sockets(client: ApiGatewayManagementApiClient, forgotten: list[Socket]) -> Sockets:
    return Sockets(client, forgotten.append)


@pytest.fixture
def page(sockets: Sockets) -> PageListener:
    return PageListener(sockets, PAGE, "m-1")


def expect(gateway: Stubber, frame: Frame) -> None:
    data = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode()
    gateway.add_response("post_to_connection", {}, {"ConnectionId": "socket-1", "Data": data})


def test_words_tools_and_the_end_leave_as_the_frames_that_pages_know(
    gateway: Stubber, page: PageListener
) -> None:
    usage = {"model": "grammar", "prompt": 10, "cached": 4, "completion": 5}
    expect(gateway, {"type": "delta", "msgid": "m-1", "seq": 1, "text": "Olá"})
    expect(gateway, {"type": "tool", "msgid": "m-1", "seq": 2, "name": "current_time"})
    expect(gateway, {"type": "notice", "msgid": "m-1", "code": "restarted"})
    expect(
        gateway,
        {"type": "done", "msgid": "m-1", "seq": 3, "text": "Olá", "usage": usage, "cost": "0.000010"},
    )
    page.delta(1, "Olá")
    page.tool(2, "current_time")
    page.restarted()
    page.done(3, text="Olá", usage=USAGE, cost="0.000010")
    assert page.listening


@pytest.mark.parametrize(
    ("code", "status"), [("GoneException", 410), ("LimitExceededException", 429), ("ForbiddenException", 403)]
)
def test_a_page_that_does_not_take_its_frame_is_sent_nothing_more(
    gateway: Stubber, page: PageListener, code: str, status: int
) -> None:
    gateway.add_client_error("post_to_connection", code, http_status_code=status)
    for seq in (1, 2, 3):
        page.delta(seq, "Hi")
    page.done(4, text="HiHiHi", usage=USAGE, cost="0")
    assert not page.listening


def test_a_page_that_is_gone_is_forgotten_the_first_time_that_it_is_written_to(
    gateway: Stubber, page: PageListener, forgotten: list[Socket]
) -> None:
    gateway.add_client_error("post_to_connection", "GoneException", http_status_code=410)
    page.delta(1, "Hi")
    page.delta(2, "Hi")
    assert forgotten == [PAGE]


@pytest.mark.parametrize(("code", "status"), [("LimitExceededException", 429), ("ForbiddenException", 403)])
def test_a_page_that_is_only_out_of_reach_is_not_forgotten(
    gateway: Stubber, page: PageListener, forgotten: list[Socket], code: str, status: int
) -> None:
    gateway.add_client_error("post_to_connection", code, http_status_code=status)
    page.delta(1, "Hi")
    assert forgotten == []


def test_news_reaches_the_other_pages_when_one_is_gone_and_cannot_be_forgotten(
    client: ApiGatewayManagementApiClient, gateway: Stubber
) -> None:
    def refuse(_socket: Socket) -> None:
        raise ClientError({"Error": {"Code": "ThrottlingException"}}, "DeleteItem")

    gateway.add_client_error("post_to_connection", "GoneException", http_status_code=410)
    expect(gateway, {"type": "notice", "turn": "t-1", "text": "Linked."})
    gone = Socket("socket-0", CONVERSATION, ADAS_PAGE)
    bulletin = Bulletin(Sockets(client, refuse), [gone, PAGE], "t-1")
    bulletin.done(0, text="Linked.", usage=USAGE, cost="")


def test_a_socket_is_closed_by_its_id(gateway: Stubber, sockets: Sockets, forgotten: list[Socket]) -> None:
    gateway.add_response("delete_connection", {}, {"ConnectionId": "socket-1"})
    sockets.close(PAGE)
    assert forgotten == []


def test_a_socket_that_was_closed_already_is_forgotten(
    gateway: Stubber, sockets: Sockets, forgotten: list[Socket]
) -> None:
    gateway.add_client_error("delete_connection", "GoneException", http_status_code=410)
    sockets.close(PAGE)
    assert forgotten == [PAGE]


def test_a_socket_that_cannot_be_closed_keeps_nobody_from_signing_out(
    gateway: Stubber, sockets: Sockets, forgotten: list[Socket]
) -> None:
    gateway.add_client_error("delete_connection", "LimitExceededException", http_status_code=429)
    sockets.close(PAGE)
    assert forgotten == []


def test_a_gateway_that_cannot_be_reached_never_fails_the_turn(
    client: ApiGatewayManagementApiClient, page: PageListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://abc")

    monkeypatch.setattr(client, "post_to_connection", unreachable)
    page.delta(1, "Hi")
    assert not page.listening
