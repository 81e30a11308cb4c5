"""A text leaves once, with everything the carrier needs to bill and report it."""

from collections.abc import Iterator
from typing import cast

import boto3
import botocore.exceptions as boto
import pytest
from botocore.parsers import ResponseParserError
from botocore.stub import Stubber
from mypy_boto3_pinpoint_sms_voice_v2 import PinpointSMSVoiceV2Client
from switchboard.channels.sms.outbound import SmsSender, SmsSettings, make_client, translate
from switchboard.core.channels.spec import Outgoing, Sender, Sent
from switchboard.core.errors import Permanent, Retryable, SwitchboardError, Unconfirmed, Undeliverable

SETTINGS = SmsSettings(origination="pool-1", configuration_set="replies", max_price="0.05")
REPLY = Outgoing("+12065550150", "Hello", {"conversation": "private-1", "turn": "t1", "part": "1"})
PARAMETERS = {
    "DestinationPhoneNumber": "+12065550150",
    "OriginationIdentity": "pool-1",
    "ConfigurationSetName": "replies",
    "MessageBody": "Hello",
    "MessageType": "TRANSACTIONAL",
    "MaxPrice": "0.05",
    "TimeToLive": 14_400,
    "Context": {"conversation": "private-1", "turn": "t1", "part": "1"},
}


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> PinpointSMSVoiceV2Client:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    return make_client()


@pytest.fixture
def carrier(client: PinpointSMSVoiceV2Client) -> Iterator[Stubber]:
    with Stubber(client) as stubber:
        yield stubber


def test_a_text_leaves_with_exactly_what_the_carrier_needs(
    client: PinpointSMSVoiceV2Client, carrier: Stubber
) -> None:
    carrier.add_response("send_text_message", {"MessageId": "m-1"}, PARAMETERS)
    sender: Sender = SmsSender(client, SETTINGS)
    assert sender.send(REPLY) == Sent("m-1")
    carrier.assert_no_pending_responses()


def refused(code: str, reason: str = "", status: int = 400) -> boto.ClientError:
    response = {
        "Error": {"Code": code, "Message": "about +12065550150"},
        "Reason": reason,
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return boto.ClientError(cast("boto._ClientErrorResponseTypeDef", response), "SendTextMessage")


ENDPOINT = {"endpoint_url": "https://carrier.example"}
FAILURES: list[tuple[Exception, type[SwitchboardError]]] = [
    (refused("ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT"), Undeliverable),
    (refused("ConflictException", "DESTINATION_PHONE_NUMBER_NOT_VERIFIED"), Undeliverable),
    (refused("ConflictException", "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION"), Undeliverable),
    (
        refused("ConflictException", "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE"),
        Undeliverable,
    ),
    (refused("ConflictException", "MESSAGE_TYPE_MISMATCH"), Permanent),
    (refused("ValidationException", "INVALID_PARAMETER"), Undeliverable),
    (refused("ThrottlingException"), Retryable),
    (refused("InternalServerException", status=500), Retryable),
    (refused("ServiceQuotaExceededException", "DAILY_NOTIFY_TIER_MESSAGE_LIMIT", 402), Retryable),
    (refused("ServiceQuotaExceededException", "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT", 402), Permanent),
    (refused("AccessDeniedException", "ACCOUNT_DISABLED", 403), Permanent),
    (refused("ResourceNotFoundException", status=404), Permanent),
    (refused("504", status=504), Unconfirmed),
    (boto.EndpointConnectionError(**ENDPOINT), Retryable),
    (boto.ConnectTimeoutError(**ENDPOINT), Retryable),
    (boto.NoCredentialsError(), Retryable),
    (boto.ReadTimeoutError(**ENDPOINT), Unconfirmed),
    (boto.ConnectionClosedError(**ENDPOINT), Unconfirmed),
    (boto.SSLError(**ENDPOINT, error=OSError("broken")), Unconfirmed),
    (boto.HTTPClientError(error=OSError("reset")), Unconfirmed),
    (ResponseParserError("not JSON"), Unconfirmed),
    (boto.ParamValidationError(report="+12065550150"), Undeliverable),
]


@pytest.mark.parametrize(("error", "expected"), FAILURES, ids=lambda case: str(case)[:60])
def test_each_failure_becomes_what_the_queue_must_do(
    error: Exception, expected: type[SwitchboardError]
) -> None:
    translated = translate(error)
    assert type(translated) is expected
    assert "+1206" not in str(translated)


def test_a_refusal_reaches_the_caller_in_our_terms_without_the_number(
    client: PinpointSMSVoiceV2Client, carrier: Stubber
) -> None:
    carrier.add_client_error(
        "send_text_message",
        "ConflictException",
        "+12065550150 has opted out",
        modeled_fields={"Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT"},
    )
    with pytest.raises(Undeliverable, match="DESTINATION_PHONE_NUMBER_OPTED_OUT") as refusal:
        SmsSender(client, SETTINGS).send(REPLY)
    assert refusal.value.__suppress_context__


def test_a_request_that_boto3_rejects_never_reaches_the_carrier(client: PinpointSMSVoiceV2Client) -> None:
    with pytest.raises(Undeliverable, match="ParamValidationError"):
        SmsSender(client, SETTINGS).send(Outgoing(to="", text=""))


def test_the_client_never_tries_twice(client: PinpointSMSVoiceV2Client) -> None:
    retries = cast("dict[str, object]", getattr(client.meta.config, "retries", {}))
    assert retries["total_max_attempts"] == 1
    usual = boto3.client("pinpoint-sms-voice-v2")
    assert getattr(usual.meta.config, "retries", None) != retries
