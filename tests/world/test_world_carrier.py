"""The carrier as unmodified boto3 and a person with a phone see it."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError
from mypy_boto3_pinpoint_sms_voice_v2 import PinpointSMSVoiceV2Client

from tests.world.running import NUMBER, RunningWorld, eventually
from tests.world.stub_sns import StubSns

pytestmark = pytest.mark.enable_socket

ANN = "+12065550101"
BEN = "+12065550102"
JAMAICA = "+18765550101"
Sms = PinpointSMSVoiceV2Client


def refused(sms: Sms, number: str = ANN, **request: object) -> dict[str, Any]:
    send = cast("Callable[..., object]", sms.send_text_message)
    with pytest.raises(ClientError) as caught:
        send(DestinationPhoneNumber=number, **request)
    return dict(caught.value.response)


def test_a_text_that_is_sent_shows_on_the_phone_with_parts_and_price(sms: Sms, world: RunningWorld) -> None:
    sent = sms.send_text_message(DestinationPhoneNumber=ANN, MessageBody="x" * 161)
    [text] = world.thread(ANN)
    assert (text["id"], text["direction"], text["text"]) == (sent["MessageId"], "in", "x" * 161)
    assert (text["parts"], text["encoding"], text["price"]) == (2, "GSM", "0.02360")


def test_delivery_events_come_back_with_the_context(sms: Sms, sns: StubSns, world: RunningWorld) -> None:
    context = {"conversation": "c1", "part": "1"}
    sent = sms.send_text_message(
        DestinationPhoneNumber=ANN, MessageBody="\u2603", MessageType="PROMOTIONAL", Context=context
    )
    queued, delivered = sns.wait_for("events", count=2)
    assert (queued["eventType"], queued["isFinal"]) == ("TEXT_QUEUED", False)
    assert (delivered["eventType"], delivered["isFinal"]) == ("TEXT_DELIVERED", True)
    assert delivered["messageId"] == sent["MessageId"]
    assert delivered["context"] == context
    assert (delivered["messageEncoding"], delivered["messageType"]) == ("Unicode", "PROMOTIONAL")
    assert (delivered["originationPhoneNumber"], delivered["destinationPhoneNumber"]) == (NUMBER, ANN)
    assert (delivered["totalMessageParts"], delivered["totalMessagePrice"]) == (1, 0.0083)
    assert [text["state"] for text in world.thread(ANN)] == ["delivered"]


def test_a_dry_run_reaches_no_phone(sms: Sms, world: RunningWorld) -> None:
    assert sms.send_text_message(DestinationPhoneNumber=ANN, MessageBody="hi", DryRun=True)["MessageId"]
    assert world.thread(ANN) == []


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"MessageBody": "x" * 1601}, "MessageBody"),
        ({"MessageBody": "   "}, "MessageBody"),
        ({"MessageBody": "hi", "MaxPrice": "cheap"}, "MaxPrice"),
        ({"MessageBody": "hi", "Context": {str(n): "v" for n in range(6)}}, "Context"),
        ({"MessageBody": "hi", "Context": {"two words": "v"}}, "Context key"),
        ({"MessageBody": "hi", "MessageType": "NICE"}, "MessageType"),
        ({"MessageBody": "hi", "TimeToLive": 259201}, "TimeToLive"),
        ({"MessageBody": "hi", "Keyword": "k" * 31}, "Keyword"),
    ],
)
def test_a_field_out_of_its_bounds_is_refused_by_name(sms: Sms, request_: dict[str, Any], field: str) -> None:
    answer = refused(sms, **request_)
    assert answer["Error"]["Code"] == "ValidationException"
    assert answer["Reason"] == "FIELD_VALIDATION_FAILED"
    assert [fault["Name"] for fault in answer["Fields"]] == [field]


def test_a_text_of_1600_characters_is_taken(sms: Sms, world: RunningWorld) -> None:
    sms.send_text_message(DestinationPhoneNumber=ANN, MessageBody="x" * 1600)
    assert world.thread(ANN)[0]["parts"] == 11


@pytest.mark.parametrize("number", ["0123", "+1206555", "+1234567890123456789"])
def test_a_number_that_is_not_e164_is_refused(sms: Sms, number: str) -> None:
    answer = refused(sms, number, MessageBody="hi")
    assert answer["Error"]["Code"] == "ValidationException"


def test_a_text_without_a_body_is_refused(sms: Sms) -> None:
    assert refused(sms)["Reason"] == "MISSING_PARAMETER"


def test_a_text_over_the_max_price_is_refused_and_one_at_it_is_sent(sms: Sms, world: RunningWorld) -> None:
    answer = refused(sms, MessageBody="x" * 161, MaxPrice=".02359")
    assert (answer["Error"]["Code"], answer["Reason"]) == ("ValidationException", "PRICE_OVER_THRESHOLD")
    sms.send_text_message(DestinationPhoneNumber=ANN, MessageBody="x" * 161, MaxPrice="0.02360")
    assert len(world.thread(ANN)) == 1


def test_a_blocked_country_is_a_conflict(sms: Sms, world: RunningWorld) -> None:
    answer = refused(sms, JAMAICA, MessageBody="hi")
    assert answer["Error"]["Code"] == "ConflictException"
    assert answer["Reason"] == "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION"
    assert world.thread(JAMAICA) == []


def test_an_opted_out_number_gets_no_text_until_it_is_taken_off_the_list(sms: Sms) -> None:
    sms.put_opted_out_number(OptOutListName="Default", OptedOutNumber=ANN)
    answer = refused(sms, MessageBody="hi")
    assert (answer["Error"]["Code"], answer["Reason"]) == (
        "ConflictException",
        "DESTINATION_PHONE_NUMBER_OPTED_OUT",
    )
    sms.delete_opted_out_number(OptOutListName="Default", OptedOutNumber=ANN)
    assert sms.send_text_message(DestinationPhoneNumber=ANN, MessageBody="hi")["MessageId"]


def test_a_number_leaves_a_list_only_once_in_thirty_days(sms: Sms) -> None:
    sms.put_opted_out_number(OptOutListName="Default", OptedOutNumber=ANN)
    sms.delete_opted_out_number(OptOutListName="Default", OptedOutNumber=ANN)
    sms.put_opted_out_number(OptOutListName="Default", OptedOutNumber=ANN)
    with pytest.raises(sms.exceptions.ValidationException, match="30 days"):
        sms.delete_opted_out_number(OptOutListName="Default", OptedOutNumber=ANN)


def test_opted_out_numbers_are_listed_by_pages_and_by_number(sms: Sms) -> None:
    arn = "arn:aws:sms-voice:us-east-1:000000000000:opt-out-list/Mine"
    for number in (ANN, BEN):
        sms.put_opted_out_number(OptOutListName=arn, OptedOutNumber=number)
    pages = sms.get_paginator("describe_opted_out_numbers").paginate(
        OptOutListName="Mine", PaginationConfig={"PageSize": 1}
    )
    assert [row["OptedOutNumber"] for page in pages for row in page["OptedOutNumbers"]] == [ANN, BEN]
    one = sms.describe_opted_out_numbers(OptOutListName="Mine", OptedOutNumbers=[BEN])
    assert one["OptedOutNumbers"][0]["OptedOutTimestamp"].tzinfo is not None


def test_asking_for_a_number_that_did_not_opt_out_is_not_found(sms: Sms) -> None:
    with pytest.raises(sms.exceptions.ResourceNotFoundException):
        sms.describe_opted_out_numbers(OptOutListName="Default", OptedOutNumbers=[ANN])


def test_an_operation_that_is_not_simulated_says_so(sms: Sms) -> None:
    with pytest.raises(ClientError, match="does not simulate DescribePools"):
        sms.describe_pools()


def test_an_unsigned_request_is_refused_in_the_shape_of_aws(world: RunningWorld) -> None:
    answer = world.call("POST", "/", {})
    assert (answer.status, answer.body["__type"]) == (403, "MissingAuthenticationTokenException")


def test_a_signed_request_that_is_no_json_is_refused(world: RunningWorld) -> None:
    answer = world.call(
        "POST",
        "/",
        b"{",
        authorization="AWS4-HMAC-SHA256 Credential=x",
        x_amz_target="PinpointSMSVoiceV2.SendTextMessage",
    )
    assert answer.body["__type"] == "SerializationException"


def test_what_a_person_types_is_published_as_the_carrier_does(
    sms: Sms, sns: StubSns, world: RunningWorld
) -> None:
    answer = world.call("POST", f"/phones/{ANN}/texts", {"text": "join the club"})
    assert answer.status == 202
    [message] = sns.messages("inbound")
    assert message == {
        "originationNumber": ANN,
        "destinationNumber": NUMBER,
        "messageKeyword": "JOIN",
        "messageBody": "join the club",
        "inboundMessageId": answer.body["inboundMessageId"],
    }
    assert "Credential=AKIDLOCAL/" in sns.authorizations[0]
    sent = sms.send_text_message(DestinationPhoneNumber=ANN, MessageBody="welcome")
    world.call("POST", f"/phones/{ANN}/texts", {"text": "thanks"})
    assert sns.messages("inbound")[1]["previousPublishedMessageId"] == sent["MessageId"]


def test_a_thread_reads_oldest_first_in_both_directions(sms: Sms, sns: StubSns, world: RunningWorld) -> None:
    world.call("POST", f"/phones/{ANN}/texts", {"text": "hello"})
    sms.send_text_message(DestinationPhoneNumber=ANN, MessageBody="hi")
    shown = world.thread(ANN)
    assert [(text["direction"], text["text"]) for text in shown] == [("out", "hello"), ("in", "hi")]
    assert shown[0]["state"] == "sent"
    assert sorted(shown[0]) == ["at", "direction", "encoding", "id", "parts", "price", "state", "text"]
    assert [phone["number"] for phone in world.call("GET", "/phones").body] == [ANN]


def test_before_the_wiring_a_text_is_refused_with_the_reason(world: RunningWorld) -> None:
    answer = world.call("POST", f"/phones/{ANN}/texts", {"text": "hello"})
    assert (answer.status, answer.body["title"]) == (409, "Conflict")
    assert "not deployed" in answer.body["detail"]
    assert world.thread(ANN) == []


def test_a_text_that_aws_does_not_take_is_told_and_marked(world: RunningWorld) -> None:
    with StubSns() as gone:
        world.wire(gone.url)
    answer = world.call("POST", f"/phones/{ANN}/texts", {"text": "hello"})
    assert answer.status == 502
    assert [text["state"] for text in world.thread(ANN)] == ["failed"]


@pytest.mark.parametrize(
    ("number", "body", "status"),
    [
        (ANN, {"text": "x" * 1601}, 422),
        (ANN, {"text": ""}, 422),
        (ANN, {"text": " \n"}, 422),
        (ANN, {"text": 5}, 422),
        (ANN, {"text": "hi", "more": 1}, 422),
        (ANN, [], 422),
        (ANN, b"not json", 400),
        (ANN, b"[" * 200_000, 400),
        (ANN, b'"' + b"x" * 300_000 + b'"', 413),
        ("nobody", {"text": "hi"}, 422),
    ],
)
def test_a_bad_text_gets_a_reason_and_never_a_trace(
    world: RunningWorld, sns: StubSns, number: str, body: object, status: int
) -> None:
    answer = world.call("POST", f"/phones/{number}/texts", body)
    assert (answer.status, answer.body["status"]) == (status, status)
    assert answer.body["detail"]
    assert sns.messages("inbound") == []


def test_a_duplicated_text_is_published_as_often_as_the_fault_says(sns: StubSns, world: RunningWorld) -> None:
    world.fault(service="carrier", kind="duplicate", times=3, count=1)
    for text in ("one", "two"):
        world.call("POST", f"/phones/{ANN}/texts", {"text": text})
    bodies = [message["messageBody"] for message in sns.messages("inbound")]
    assert bodies == ["one", "one", "one", "two"]
    assert len({message["inboundMessageId"] for message in sns.messages("inbound")}) == 2


def test_reordered_texts_arrive_swapped(sns: StubSns, world: RunningWorld) -> None:
    world.fault(service="carrier", kind="reorder", ms=5000)
    for text in ("one", "two", "three", "four"):
        world.call("POST", f"/phones/{ANN}/texts", {"text": text})
    bodies = [message["messageBody"] for message in sns.messages("inbound")]
    assert bodies == ["two", "one", "four", "three"]


def test_a_text_that_is_held_back_for_nothing_still_arrives(sns: StubSns, world: RunningWorld) -> None:
    world.fault(service="carrier", kind="reorder", ms=400)
    world.call("POST", f"/phones/{ANN}/texts", {"text": "alone"})
    assert [text["state"] for text in world.thread(ANN)] == ["held"]
    assert len(sns.wait_for("inbound", count=1)) == 1
    eventually(lambda: [text["state"] for text in world.thread(ANN)] == ["sent"])


def test_a_dropped_delivery_event_is_not_published(sms: Sms, sns: StubSns, world: RunningWorld) -> None:
    world.fault(service="carrier", kind="drop", count=1)
    sms.send_text_message(DestinationPhoneNumber=ANN, MessageBody="hi")
    assert [event["eventType"] for event in sns.wait_for("events", count=1)] == ["TEXT_DELIVERED"]


@pytest.mark.parametrize(("status", "code"), [(429, "ThrottlingException"), (500, "InternalServerException")])
def test_a_status_fault_is_what_boto3_expects(sms: Sms, world: RunningWorld, status: int, code: str) -> None:
    world.fault(service="carrier", kind="status", status=status, count=1)
    answer = refused(sms, MessageBody="hi")
    assert answer["Error"]["Code"] == code
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == status
    assert sms.send_text_message(DestinationPhoneNumber=ANN, MessageBody="hi")["MessageId"]
