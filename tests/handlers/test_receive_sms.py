"""A text from the carrier is in its mailbox before it is acknowledged."""

import pytest
from switchboard.channels.sms.handlers.receive import handler

from tests.handlers.cloud import Cloud
from tests.handlers.conftest import Logs
from tests.handlers.events import carrier_text, failed, sqs


def test_a_text_waits_in_the_conversation_of_whoever_sent_it(cloud: Cloud) -> None:
    assert failed(handler(sqs(carrier_text("Hello 😀")), None)) == []
    (waiting,) = cloud.items("WAIT#")
    assert (waiting["text"], waiting["message_id"], waiting["stream"]) == ("Hello 😀", "text-1", "")
    assert waiting["address"] == {"channel": "sms", "value": "+12065550150"}
    assert [f"CONV#{conversation}" for conversation in cloud.signals()] == [waiting["pk"]]


def test_texts_keep_the_order_in_which_the_queue_got_them(cloud: Cloud) -> None:
    texts = [carrier_text(f"text {n}", message_id=f"id-{9 - n}") for n in range(3)]
    handler(sqs(*texts), None)
    assert [item["text"] for item in cloud.items("WAIT#")] == ["text 0", "text 1", "text 2"]


def test_a_text_that_comes_five_times_is_kept_once_and_signalled_each_time(cloud: Cloud) -> None:
    for _ in range(5):
        handler(sqs(carrier_text("Hello")), None)
    assert len(cloud.items("WAIT#")) == 1
    assert cloud.items("STATE")[0]["came"] == 1
    assert len(cloud.signals()) == 5


def test_a_payload_that_cannot_be_read_fails_alone(cloud: Cloud) -> None:
    batch = sqs(
        carrier_text("one"), "not JSON", '{"messageBody": "no number"}', carrier_text("two", message_id="t2")
    )
    assert failed(handler(batch, None)) == ["record-1", "record-2"]
    assert [item["text"] for item in cloud.items("WAIT#")] == ["one", "two"]


@pytest.mark.parametrize("sender", ["12345", "AMAZON", "+447700900123"])
def test_a_text_that_nobody_could_answer_starts_nothing_and_is_no_failure(
    cloud: Cloud, logs: Logs, sender: str
) -> None:
    assert failed(handler(sqs(carrier_text("Hello", number=sender)), None)) == []
    assert cloud.items("WAIT#") + cloud.items("PERSON") + cloud.signals() == []
    assert sender not in logs.written


def test_who_writes_too_fast_is_told_once_and_out_of_everybodys_cap(cloud: Cloud) -> None:
    for number in range(25):
        handler(sqs(carrier_text("Hello", message_id=f"id-{number}")), None)
    (told,) = cloud.replies()
    assert "faster than I can answer" in told


def test_the_log_says_which_record_failed_and_where_but_not_what_was_in_it(cloud: Cloud, logs: Logs) -> None:
    handler(sqs('{"messageBody": "my secret"}'), None)
    (line,) = [line for line in logs.lines if line["level"] == "ERROR"]
    assert (line["message"], line["message_id"]) == ("record failed", "record-0")
    assert line["error"] == "BadPayload"
    assert line["where"].startswith("inbound._text:")
    assert "my secret" not in logs.written


def test_a_text_is_not_acknowledged_when_it_could_not_be_kept(cloud: Cloud) -> None:
    cloud.dynamodb.delete_table(TableName="conversations")
    assert failed(handler(sqs(carrier_text("Hello")), None)) == ["record-0"]
    assert cloud.signals() == []
