"""Ten thousand malformed payloads: each gets a clear answer, and none learns anything or harms another."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from handlers import api
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from switchboard.channels.sms.handlers import delivery_events as record_sms_events
from switchboard.channels.sms.handlers import receive as receive_sms
from switchboard.channels.web.handlers import authorize as authorize_web
from switchboard.channels.web.handlers import receive as receive_web

from tests.fuzz.conftest import Log, errors
from tests.fuzz.leaks import leaks
from tests.fuzz.malformed import MARK, malformed, without_halves, words
from tests.fuzz.wire import ANSWERED_MSGID, TICKET, Wire
from tests.handlers.events import METHOD_ARN, carrier_report, carrier_text, connect, failed, http, socket, sqs

SENT: defaultdict[str, set[int]] = defaultdict(set)
AT_LEAST = 10_000

FRAMES: list[dict[str, Any]] = [
    {"action": "sendprompt", "payload": {"msgid": "m-1", "text": "Hello"}},
    {"action": "resume", "payload": {"msgid": ANSWERED_MSGID, "after": 1}},
    {"action": "resume", "payload": {"msgid": "m-unknown", "after": 0}},
    {"action": "stop", "payload": {"msgid": ANSWERED_MSGID}},
    {"action": "ping"},
]
CODES = {
    *("too_large", "not_json", "bad_frame", "unknown_action", "bad_payload"),
    *("unknown_msgid", "not_running"),
}
TEXT = json.loads(carrier_text("Hello"))
TEXTS = [TEXT, {name: TEXT[name] for name in TEXT if name != "previousPublishedMessageId"}]
REPORT = json.loads(carrier_report("DELIVERED", {"conversation": "private-ada", "turn": "turn-1"}))
READ = ("context", "messageId", "messageStatus", "isFinal", "totalMessageParts", "totalMessagePrice")
REPORTS = [REPORT, *({name: REPORT[name] for name in names} for names in (READ, READ[:4]))]
LOGIN = {"username": "ada", "password": "correct-horse"}
REFUSALS = {400, 401, 404, 405, 413, 422}


def bent(count: int) -> settings:
    """Some payloads have a megabyte, which takes the example's data but not much time."""
    return settings(
        max_examples=count, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
    )


@bent(450)
@given(bodies=malformed(FRAMES))
def test_every_frame_gets_a_frame_back(wire: Wire, log: Log, bodies: list[str]) -> None:
    for body in bodies:
        answers = told(body, wire)
        assert answers
        assert {answer["code"] for answer in answers if answer["type"] == "error"} <= CODES
    assert leaks(log.taken()) == []


@bent(30)
@given(
    bodies=malformed(FRAMES), trouble=st.sampled_from(["ResourceNotFoundException", "AccessDeniedException"])
)
def test_what_fails_behind_a_frame_is_not_told(wire: Wire, log: Log, bodies: list[str], trouble: str) -> None:
    wire.trouble = trouble
    try:
        answers = [answer for body in bodies for answer in told(body, wire)]
    finally:
        wire.trouble = ""
    assert {answer["code"] for answer in answers if answer["type"] == "error"} <= {*CODES, "internal"}
    assert MARK not in log.taken()


def told(body: str, wire: Wire) -> list[dict[str, Any]]:
    """The frames that came back; they give nothing away but the page's own msgid."""
    SENT["frames"].add(hash(body))
    assert receive_web.handler(socket(body), None) == {"statusCode": 200}
    answers = wire.taken_frames()
    unnamed = [{name: value for name, value in answer.items() if name != "msgid"} for answer in answers]
    assert leaks(json.dumps(unnamed, ensure_ascii=False)) == []
    return answers


@bent(400)
@given(bodies=malformed(TEXTS))
def test_a_bad_text_fails_alone(wire: Wire, log: Log, bodies: list[str]) -> None:
    SENT["texts"].update(map(hash, bodies))
    refuses_alone(receive_sms.handler, bodies, carrier_text("Hello"), log)


@bent(400)
@given(bodies=malformed(REPORTS))
def test_a_bad_delivery_event_fails_alone(wire: Wire, log: Log, bodies: list[str]) -> None:
    SENT["delivery events"].update(map(hash, bodies))
    refuses_alone(record_sms_events.handler, bodies, json.dumps(REPORT), log)


def refuses_alone(handler: Callable[..., dict[str, Any]], bodies: list[str], good: str, log: Log) -> None:
    """Between two good records; whatever is refused was refused as a payload, not by a surprise."""
    again = failed(handler(sqs(good, *bodies, good), None))
    logged = log.taken()
    assert set(again) <= {f"record-{number + 1}" for number in range(len(bodies))}
    assert errors(logged) == ["BadPayload"] * len(again)
    assert MARK not in logged


@bent(300)
@given(word=words)
def test_no_ticket_but_the_right_one_opens_a_socket(wire: Wire, log: Log, word: str) -> None:
    for query in (
        {"ticket": word},
        {"ticket": TICKET + (word or " ")},
        {word: TICKET},
        {"ticket": "", word: word},
    ):
        SENT["tickets"].add(hash(str(query)))
        answer = authorize_web.handler(connect(query), None)
        policy = answer["policyDocument"]["Statement"]
        assert policy == [{"Action": "execute-api:Invoke", "Effect": "Deny", "Resource": METHOD_ARN}]
        assert (answer["principalId"], answer["context"]) == ("nobody", {})
    assert MARK not in log.taken()


@bent(200)
@given(bodies=malformed([LOGIN]))
def test_a_bad_login_is_refused_with_a_reason(wire: Wire, log: Log, bodies: list[str]) -> None:
    for body in bodies:
        SENT["bodies"].add(hash(body))
        is_refused(http("POST", "/login", body=without_halves(body)), log)


@bent(50)
@given(bodies=malformed([LOGIN]))
def test_a_bad_login_with_half_a_surrogate_pair_is_refused_with_a_reason(
    wire: Wire, log: Log, bodies: list[str]
) -> None:
    for body in bodies:
        SENT["bodies"].add(hash(body))
        event = http("POST", "/login", body=base64.b64encode(body.encode("utf-8", "surrogatepass")).decode())
        event["isBase64Encoded"] = True
        is_refused(event, log)
        is_refused(http("POST", "/login", body=body), log)


@bent(300)
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(["application/json", "text/plain", MARK, "; ;=", "a/b;q"]),
)
def test_bytes_that_are_no_text_are_refused_with_a_reason(
    wire: Wire, log: Log, body: bytes, kind: str
) -> None:
    SENT["bodies"].add(hash((body, kind)))
    event = http("POST", "/login", body=base64.b64encode(body).decode())
    event["isBase64Encoded"] = True
    event["headers"]["content-type"] = kind
    is_refused(event, log)


@bent(500)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE"]),
    path=words.map(lambda word: f"/{word[:200]}")
    | st.sampled_from(["/login", "/chat/tickets/", "//me", "/me/.."]),
    query=words.map(lambda word: word[:200]),
    header=words.map(lambda word: word[:200]),
)
def test_a_strange_request_is_refused_with_a_reason(
    wire: Wire, log: Log, method: str, path: str, query: str, header: str
) -> None:
    SENT["requests"].add(hash((method, path, query, header)))
    event = http(method, without_halves(path), account=None)
    event["rawQueryString"] = without_halves(query)
    event["headers"]["x-strange"] = without_halves(header)
    is_refused(event, log)


def is_refused(event: dict[str, Any], log: Log) -> None:
    """By a problem document that repeats nothing."""
    answer = api.handler(event, None)  # type: ignore[arg-type]
    problem = json.loads(answer["body"])
    assert answer["statusCode"] in REFUSALS
    assert problem.keys() == {"type", "title", "status", "detail"}
    assert leaks(problem["detail"]) == []
    assert MARK not in json.dumps(answer["headers"])
    assert MARK not in log.taken()


def test_that_was_enough(request: pytest.FixtureRequest) -> None:
    """Counts what a whole run of this file sent, the same thing once."""
    beside = {item.function.__name__ for item in request.session.items if item.path == request.path}  # type: ignore[attr-defined]
    if not beside >= {name for name in globals() if name.startswith("test_")}:
        pytest.skip("only a part of the file is run")
    assert sum(map(len, SENT.values())) >= AT_LEAST, {kind: len(sent) for kind, sent in SENT.items()}
