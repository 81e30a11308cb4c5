"""A socket opens by a ticket, and every frame on it is answered by a frame."""

import json
from collections.abc import Mapping

import pytest
from botocore.stub import Stubber
from switchboard.adapters.dynamo.conversation.overdue_index import DynamoWaiting
from switchboard.adapters.dynamo.people.tickets import DynamoTickets
from switchboard.adapters.sockets import make_client
from switchboard.channels.web.handlers import authorize as authorize_web
from switchboard.channels.web.handlers import receive as receive_web
from switchboard.channels.web.wiring import frames
from switchboard.core.people.tickets import Principal

from tests.examples import ADA, ADAS_PAGE, CONVERSATION
from tests.fakes.clock import EPOCH_MS
from tests.handlers.cloud import Cloud
from tests.handlers.conftest import Logs
from tests.handlers.events import METHOD_ARN, connect, frame, socket
from tests.tables import CONVERSATIONS, PEOPLE

FAR = 4_000_000_000


def issue(cloud: Cloud, *, expires: int = FAR) -> None:
    DynamoTickets(cloud.dynamodb, PEOPLE).issue("t-1", Principal(ADA, ADAS_PAGE), expires=expires)


def effect(query: Mapping[str, str] | None) -> str:
    answer = authorize_web.handler(connect(dict(query) if query is not None else None), None)
    return str(answer["policyDocument"]["Statement"][0]["Effect"])


def test_a_fresh_ticket_opens_the_socket_for_its_bearer(cloud: Cloud) -> None:
    issue(cloud)
    assert authorize_web.handler(connect({"ticket": "t-1"}), None) == {
        "principalId": ADA,
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": METHOD_ARN}],
        },
        "context": {"person": ADA, "channel": "web", "address": ADAS_PAGE.value},
    }


def test_a_ticket_opens_one_socket(cloud: Cloud) -> None:
    issue(cloud)
    assert [effect({"ticket": "t-1"}) for _ in range(2)] == ["Allow", "Deny"]


@pytest.mark.parametrize("query", [None, {}, {"ticket": ""}, {"ticket": "t-2"}, {"token": "t-1"}])
def test_without_a_good_ticket_nothing_opens(cloud: Cloud, query: Mapping[str, str] | None) -> None:
    issue(cloud)
    assert effect(query) == "Deny"


def test_an_expired_ticket_opens_nothing(cloud: Cloud) -> None:
    issue(cloud, expires=1_000)
    assert effect({"ticket": "t-1"}) == "Deny"


def test_whoever_is_refused_learns_nothing(cloud: Cloud) -> None:
    assert authorize_web.handler(connect({"ticket": "t-2"}), None)["context"] == {}


def test_tickets_are_not_logged(cloud: Cloud, logs: Logs) -> None:
    issue(cloud)
    authorize_web.handler(connect({"ticket": "t-1"}), None)
    assert logs.lines[-1]["valid"] is True
    assert "t-1" not in logs.written


def test_a_socket_is_known_as_long_as_it_is_open(cloud: Cloud) -> None:
    assert receive_web.handler(socket(None, kind="CONNECT"), None) == {"statusCode": 200}
    (known,) = cloud.items("")
    assert (known["pk"], known["sk"]) == (f"CONV#{CONVERSATION}", "SOCKET#socket-1")
    assert known["expires"] == EPOCH_MS // 1000 + 7_800
    assert receive_web.handler(socket(None, kind="DISCONNECT"), None) == {"statusCode": 200}
    assert (cloud.items(""), cloud.frames()) == ([], [])


def test_a_socket_that_is_gone_when_it_is_answered_is_forgotten(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gateway only tries to tell that one has closed."""
    receive_web.handler(socket(None, kind="CONNECT"), None)
    gateway = make_client(cloud.environment["CONNECTIONS_URL"])
    monkeypatch.setattr(frames, "make_client", lambda _url: gateway)
    with Stubber(gateway) as stubber:
        stubber.add_client_error("post_to_connection", "GoneException", http_status_code=410)
        receive_web.handler(socket('{"action":"ping"}'), None)
    assert cloud.items("SOCKET#") == []


def test_a_prompt_is_kept_accepted_and_signalled(cloud: Cloud) -> None:
    assert receive_web.handler(frame("sendprompt", msgid="m-1", text="Hi"), None) == {"statusCode": 200}
    (waiting,) = cloud.items("WAIT#")
    assert (waiting["text"], waiting["person"], waiting["stream"]) == ("Hi", ADA, "socket-1")
    key = waiting["sk"].removeprefix("WAIT#")
    assert cloud.frames() == [{"type": "accepted", "msgid": "m-1", "turn": key}]
    assert cloud.signals() == [CONVERSATION]


def test_ping_keeps_the_line(cloud: Cloud) -> None:
    receive_web.handler(socket('{"action":"ping"}'), None)
    assert cloud.frames() == [{"type": "pong"}]


@pytest.mark.parametrize(
    ("body", "code"),
    [(None, "not_json"), ("", "not_json"), ("[1]", "bad_frame"), ('{"action":"dance"}', "unknown_action")],
)
def test_a_bad_frame_is_answered_on_the_same_socket(cloud: Cloud, body: str | None, code: str) -> None:
    assert receive_web.handler(socket(body), None) == {"statusCode": 200}
    assert [told["code"] for told in cloud.frames()] == [code]


def test_what_fails_on_our_side_is_admitted_without_reasons(cloud: Cloud, logs: Logs) -> None:
    cloud.dynamodb.delete_table(TableName=CONVERSATIONS)
    assert receive_web.handler(frame("sendprompt", msgid="m-1", text="my secret"), None) == {
        "statusCode": 200
    }
    (told,) = cloud.frames()
    assert (told["type"], told["code"]) == ("error", "internal")
    assert "ResourceNotFound" not in json.dumps(told)
    assert [line["error"] for line in logs.lines if line["level"] == "ERROR"] == ["ResourceNotFoundException"]
    assert "my secret" not in logs.written


def test_a_prompt_that_was_kept_but_not_signalled_is_found_by_the_sweep(cloud: Cloud) -> None:
    cloud.sns.delete_topic(TopicArn=cloud.turns_topic)
    receive_web.handler(frame("sendprompt", msgid="m-1", text="Hi"), None)
    assert [told["type"] for told in cloud.frames()] == ["accepted", "error"]
    waiting = DynamoWaiting(cloud.dynamodb, CONVERSATIONS)
    assert list(waiting.since_before(EPOCH_MS + 1, limit=10)) == [CONVERSATION]
