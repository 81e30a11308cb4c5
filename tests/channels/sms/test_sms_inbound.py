"""The carrier's messages are read strictly, and a refusal repeats nothing of them."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.channels.sms.inbound import BadPayload, CarrierText, DeliveryEvent, delivery_event, parse

TEXT: dict[str, object] = {
    "originationNumber": "+12065550150",
    "destinationNumber": "+12065550100",
    "messageKeyword": "KEYWORD_206",
    "messageBody": "Hello \U0001f600",
    "inboundMessageId": "0b7c1c53-4b3c-4d1a-8a06-3d7b1a2f9e10",
    "previousPublishedMessageId": "9d2e4f60",
}
EVENT: dict[str, object] = {
    "eventType": "TEXT_DELIVERED",
    "eventVersion": "1.0",
    "eventTimestamp": 1795219503470,
    "isFinal": True,
    "originationPhoneNumber": "+12065550100",
    "destinationPhoneNumber": "+12065550150",
    "messageId": "5f0a3c1e",
    "messageStatus": "DELIVERED",
    "messageStatusDescription": "Message has been accepted by phone",
    "context": {"conversation": "private-1", "part": "2"},
    "totalMessageParts": 2,
    "totalMessagePrice": 0.01166,
    "totalCarrierFee": 0.006,
}
SECRETS = ("+12065550150", "+12065550100", "Hello", "private-1")


def test_a_text_is_read_as_the_carrier_publishes_it() -> None:
    assert parse(json.dumps(TEXT)) == CarrierText(
        message_id="0b7c1c53-4b3c-4d1a-8a06-3d7b1a2f9e10",
        sender="+12065550150",
        to_number="+12065550100",
        text="Hello \U0001f600",
        keyword="KEYWORD_206",
        answers="9d2e4f60",
    )


@pytest.mark.parametrize("key", ["previousPublishedMessageId", "messageKeyword"])
def test_a_text_may_come_without_what_we_can_do_without(key: str) -> None:
    assert parse(json.dumps({k: v for k, v in TEXT.items() if k != key})).text == "Hello \U0001f600"


def test_unknown_keys_are_ignored() -> None:
    assert parse(json.dumps({**TEXT, "new": [1]})) == parse(json.dumps(TEXT))


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert parse(json.dumps({**TEXT, "messageBody": "a\ud83d"})).text == "a\ufffd"


@pytest.mark.parametrize(
    "change",
    [
        {"inboundMessageId": None},
        {"inboundMessageId": ""},
        {"inboundMessageId": "i" * 257},
        {"inboundMessageId": "a\nb"},
        {"destinationNumber": "2065550150"},
        {"destinationNumber": "+02065550150"},
        {"destinationNumber": "+1206555015x"},
        {"destinationNumber": "+12065550150\n"},
        {"destinationNumber": "+\u0661\u0662\u0660\u0666\u0665\u0665\u0665\u0660"},
        {"destinationNumber": "+1234567890123456"},
        {"originationNumber": 12065550150},
        {"destinationNumber": None},
        {"messageBody": None},
        {"messageBody": 7},
        {"messageBody": "x" * 4097},
        {"messageKeyword": 7},
        {"previousPublishedMessageId": {}},
    ],
)
def test_a_bad_text_is_refused_with_a_reason_that_repeats_nothing(change: dict[str, object]) -> None:
    with pytest.raises(BadPayload) as refusal:
        parse(json.dumps({**TEXT, **change}))
    assert next(iter(change)) in str(refusal.value)
    assert not any(secret in str(refusal.value) for secret in SECRETS)


@pytest.mark.parametrize("body", ["", "{", "[]", "7", "null", "NaN", '"x"', "[" * 60_000, " " * 70_000])
@pytest.mark.parametrize("read", [parse, delivery_event])
def test_what_is_no_object_is_refused(read: Callable[[str], object], body: str) -> None:
    with pytest.raises(BadPayload, match=r"the payload|not finite"):
        read(body)


@pytest.mark.parametrize("read", [parse, delivery_event])
@given(
    body=st.text()
    | st.dictionaries(
        st.sampled_from([*TEXT, *EVENT]), st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    ).map(json.dumps)
)
def test_whatever_comes_is_read_or_refused(read: Callable[[str], object], body: str) -> None:
    try:
        read(body)
    except BadPayload as refusal:
        assert refusal.__context__ is None or refusal.__suppress_context__  # noqa: PT017 - both ends are fine


def test_a_delivery_event_is_read_to_the_cent() -> None:
    assert delivery_event(json.dumps(EVENT)) == DeliveryEvent(
        message_id="5f0a3c1e",
        status="DELIVERED",
        final=True,
        parts=2,
        price_usd=Decimal("0.01766"),
        context={"conversation": "private-1", "part": "2"},
    )


@pytest.mark.parametrize(
    ("status", "failed"),
    [
        *((status, False) for status in ("SUCCESSFUL", "DELIVERED", "PENDING", "QUEUED", "UNKNOWN")),
        *((status, True) for status in ("INVALID", "UNREACHABLE", "CARRIER_BLOCKED", "SPAM", "TTL_EXPIRED")),
    ],
)
def test_an_event_tells_whether_the_carrier_gave_up(status: str, *, failed: bool) -> None:
    assert delivery_event(json.dumps({**EVENT, "messageStatus": status})).failed is failed


def test_an_event_before_the_price_is_known_costs_nothing() -> None:
    early = {k: v for k, v in EVENT.items() if not k.startswith("total") and k != "context"}
    event = delivery_event(json.dumps({**early, "isFinal": False, "messageStatus": "PENDING"}))
    assert (event.final, event.parts, event.price_usd, event.context) == (False, 0, Decimal(0), {})


@pytest.mark.parametrize(
    "change",
    [
        {"messageId": None},
        {"messageStatus": 5},
        {"isFinal": "true"},
        {"isFinal": 1},
        {"totalMessageParts": -1},
        {"totalMessageParts": True},
        {"totalMessageParts": 1.5},
        {"totalMessagePrice": "0.01"},
        {"totalMessagePrice": -0.01},
        {"totalCarrierFee": 1e300},
        {"context": [1]},
        {"context": {"a": 1}},
        {"context": {str(n): "x" for n in range(6)}},
        {"context": {"a": "x" * 801}},
    ],
)
def test_a_bad_event_is_refused_with_a_reason_that_repeats_nothing(change: dict[str, object]) -> None:
    with pytest.raises(BadPayload) as refusal:
        delivery_event(json.dumps({**EVENT, **change}))
    assert not any(secret in str(refusal.value) for secret in SECRETS)
