"""Sending texts through the carrier: once each, since it knows no idempotency token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    ParamValidationError,
    SSLError,
)
from botocore.parsers import ResponseParserError

from switchboard.core.channels.spec import Outgoing, Sent
from switchboard.core.errors import Permanent, Retryable, SwitchboardError, Unconfirmed, Undeliverable

if TYPE_CHECKING:
    from mypy_boto3_pinpoint_sms_voice_v2 import PinpointSMSVoiceV2Client

_CLOSED_TO_US: Final = frozenset(
    {
        "DESTINATION_PHONE_NUMBER_OPTED_OUT",
        "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",
        "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
        "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE",
    }
)
_BUSY: Final = frozenset({"ThrottlingException", "InternalServerException"})
_SPENT: Final = "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"
_MAY_HAVE_LEFT: Final = (HTTPClientError, SSLError, ResponseParserError)
_VENDOR: Final = (ClientError, BotoCoreError, ResponseParserError)


@dataclass(frozen=True, slots=True)
class SmsSettings:
    """How texts leave; `max_price` is US dollars a message ("0.05"), `time_to_live` seconds (5 to 259,200).

    A message is all parts of a page together. The countries that may be reached are the configuration
    set's business (its protect configuration).
    """

    origination: str
    configuration_set: str
    max_price: str
    message_type: Literal["TRANSACTIONAL", "PROMOTIONAL"] = "TRANSACTIONAL"
    time_to_live: int = 14_400


def make_client() -> PinpointSMSVoiceV2Client:
    """The carrier's client without retries: a second try could be a second text."""
    config = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 1, "mode": "standard"})
    return boto3.client("pinpoint-sms-voice-v2", config=config)


def _refused(error: ClientError) -> SwitchboardError:
    code = error.response.get("Error", {}).get("Code", "")
    reason = str(error.response.get("Reason", ""))
    told = f"the carrier answered {code} {reason}".rstrip()
    if code == "ValidationException" or reason in _CLOSED_TO_US:
        return Undeliverable(told)
    if code in _BUSY or (code == "ServiceQuotaExceededException" and reason != _SPENT):
        return Retryable(told)
    if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= 500:
        return Unconfirmed(told)
    return Permanent(told)


def translate(error: Exception) -> SwitchboardError:
    """The carrier's failure in our terms; numbers and texts, which its messages may quote, stay behind."""
    if isinstance(error, ClientError):
        return _refused(error)
    told = f"the carrier's client failed: {type(error).__name__}"
    if isinstance(error, _MAY_HAVE_LEFT):
        return Unconfirmed(told)
    if isinstance(error, ParamValidationError):
        return Undeliverable(told)
    return Retryable(told)


class SmsSender:
    """Sends a page of a reply as one message; the carrier splits it into parts on the air.

    Each send has its own connection. One that went stale while the function slept would break after
    the request was written, and nobody could tell whether the text had left.
    """

    def __init__(self, client: PinpointSMSVoiceV2Client, settings: SmsSettings) -> None:
        self._client = client
        self._settings = settings

    def send(self, outgoing: Outgoing) -> Sent:
        """Errors: Undeliverable, Retryable, Permanent, and Unconfirmed when the text may have left."""
        try:
            answer = self._client.send_text_message(
                DestinationPhoneNumber=outgoing.to,
                OriginationIdentity=self._settings.origination,
                ConfigurationSetName=self._settings.configuration_set,
                MessageBody=outgoing.text,
                MessageType=self._settings.message_type,
                MaxPrice=self._settings.max_price,
                TimeToLive=self._settings.time_to_live,
                Context=outgoing.context,
            )
        except _VENDOR as error:
            raise translate(error) from None
        finally:
            self._client.close()
        return Sent(answer["MessageId"])
