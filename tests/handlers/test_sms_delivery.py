"""Replies on their way to phones, and what the carrier says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from botocore.stub import Stubber
from switchboard.adapters.queues import Queue
from switchboard.channels.sms.handlers import deliver as deliver_sms
from switchboard.channels.sms.handlers import delivery_events as record_sms_events
from switchboard.channels.sms.outbound import make_client
from switchboard.channels.sms.wiring import deliver

from tests.examples import CONVERSATION
from tests.handlers.events import carrier_report, failed, sqs

if TYPE_CHECKING:
    from tests.handlers.cloud import Cloud
    from tests.handlers.conftest import Logs

OURS = {"conversation": CONVERSATION, "turn": "turn-1"}
REPLY = json.dumps(
    {
        **OURS,
        "address": {"channel": "sms", "value": "+12065550150"},
        "text": "Hello Ada.",
        "asked_ms": 1_800_000_000_000,
        "always": False,
    }
)
SENT = {
    "DestinationPhoneNumber": "+12065550150",
    "OriginationIdentity": "+12065550100",
    "ConfigurationSetName": "switchboard",
    "MessageBody": "Hello Ada.",
    "MessageType": "TRANSACTIONAL",
    "MaxPrice": "0.05",
    "TimeToLive": 14_400,
    "Context": OURS,
}


@pytest.fixture
def carrier(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    client = make_client()
    monkeypatch.setattr(deliver, "make_client", lambda: client)
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def state(cloud: Cloud) -> str:
    (part,) = cloud.items("PART#")
    return str(part["part_state"])


def test_a_reply_that_is_handed_over_five_times_is_one_text(cloud: Cloud, carrier: Stubber) -> None:
    carrier.add_response("send_text_message", {"MessageId": "m-1"}, SENT)
    assert [failed(deliver_sms.handler(sqs(REPLY), None)) for _ in range(5)] == [[]] * 5
    assert state(cloud) == "sent"


def test_a_busy_carrier_puts_the_reply_back_and_gets_it_again(cloud: Cloud, carrier: Stubber) -> None:
    carrier.add_client_error("send_text_message", "ThrottlingException", http_status_code=429)
    assert failed(deliver_sms.handler(sqs(REPLY), None)) == ["record-0"]
    assert state(cloud) == "withdrawn"
    carrier.add_response("send_text_message", {"MessageId": "m-1"}, SENT)
    assert failed(deliver_sms.handler(sqs(REPLY), None)) == []
    assert state(cloud) == "sent"


def test_a_reply_that_would_overtake_comes_again_soon_and_not_for_ever(
    cloud: Cloud, carrier: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[int] = []
    monkeypatch.setattr(Queue, "put_back", lambda _self, _receipt, *, seconds: pauses.append(seconds))
    later = json.dumps({**json.loads(REPLY), "after": "turn-0"})
    for attempt in range(1, 9):
        assert failed(deliver_sms.handler(sqs(later, attempt=attempt), None)) == ["record-0"]
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]
    carrier.add_response("send_text_message", {"MessageId": "m-1"}, SENT)
    assert failed(deliver_sms.handler(sqs(later, attempt=9), None)) == []
    assert state(cloud) == "sent"


def test_a_missing_permission_keeps_the_reply_for_the_operator_to_redrive(
    cloud: Cloud, carrier: Stubber
) -> None:
    for _ in range(3):
        carrier.add_client_error("send_text_message", "AccessDeniedException", http_status_code=403)
        assert failed(deliver_sms.handler(sqs(REPLY), None)) == ["record-0"]
    assert state(cloud) == "withdrawn"


def test_a_phone_that_opted_out_is_not_tried_again(cloud: Cloud, carrier: Stubber, logs: Logs) -> None:
    carrier.add_client_error(
        "send_text_message",
        "ConflictException",
        service_message="about +12065550150",
        modeled_fields={"Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT"},
    )
    assert [failed(deliver_sms.handler(sqs(REPLY), None)) for _ in range(2)] == [[], []]
    assert state(cloud) == "undeliverable"
    assert "+12065550150" not in logs.written


def test_a_reply_that_cannot_be_read_fails_alone(cloud: Cloud, carrier: Stubber) -> None:
    carrier.add_response("send_text_message", {"MessageId": "m-1"}, SENT)
    assert failed(deliver_sms.handler(sqs("nonsense", REPLY), None)) == ["record-0"]
    assert state(cloud) == "sent"


def test_a_report_settles_the_part_that_it_is_about(cloud: Cloud, carrier: Stubber) -> None:
    carrier.add_response("send_text_message", {"MessageId": "m-1"}, SENT)
    deliver_sms.handler(sqs(REPLY), None)
    reports = [carrier_report("DELIVERED", OURS), carrier_report("PENDING", OURS, final=False)]
    assert failed(record_sms_events.handler(sqs(*reports), None)) == []
    (part,) = cloud.items("PART#")
    assert (part["carrier_status"], part["parts"], part["price"]) == ("DELIVERED", 2, "0.0226")


def test_a_report_settles_a_text_that_nobody_knew_the_fate_of(cloud: Cloud, carrier: Stubber) -> None:
    carrier.add_client_error("send_text_message", "SomethingBroke", http_status_code=500)
    assert failed(deliver_sms.handler(sqs(REPLY), None)) == []
    assert state(cloud) == "unknown_after_send"
    record_sms_events.handler(sqs(carrier_report("CARRIER_UNREACHABLE", OURS)), None)
    assert state(cloud) == "undeliverable"


def test_reports_on_texts_that_are_not_ours_are_taken_and_forgotten(cloud: Cloud) -> None:
    reports = [carrier_report("DELIVERED", {}), carrier_report("DELIVERED", {**OURS, "turn": "unknown"})]
    assert failed(record_sms_events.handler(sqs(*reports), None)) == []
    assert cloud.items("PART#") == []


def test_a_report_that_cannot_be_read_fails_alone(cloud: Cloud) -> None:
    assert failed(record_sms_events.handler(sqs("{}", carrier_report("DELIVERED", {})), None)) == ["record-0"]
