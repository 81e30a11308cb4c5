"""Frames on their way to a page, and pages that are gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber
from switchboard.channels.web.outbound import PageListener, Sockets, make_client
from switchboard.core.model import Usage

if TYPE_CHECKING:
    from mypy_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient
    from switchboard.channels.web.frames import Frame

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
def page(client: ApiGatewayManagementApiClient) -> PageListener:
    return PageListener(Sockets(client), "socket-1", "m-1")


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


def test_a_gateway_that_cannot_be_reached_never_fails_the_turn(
    client: ApiGatewayManagementApiClient, page: PageListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://abc")

    monkeypatch.setattr(client, "post_to_connection", unreachable)
    page.delta(1, "Hi")
    assert not page.listening
