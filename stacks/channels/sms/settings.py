"""What differs between stages in texting: whose number it is, whom it reaches, what a text may cost.

Forms: https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
and https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_PutKeyword.html
"""

import re
from dataclasses import dataclass

from stacks.unusable_settings import UnusableSettings

HELP_TEXT = (
    "Switchboard, an automated assistant. Text STOP to end, START to come back. Msg & data rates may apply."
)
STOP_TEXT = "You will get no more messages from Switchboard. Text START to come back."

_ARN = r"arn:aws[a-z-]*:sms-voice:[a-z0-9-]+:[0-9]{12}:"
_NUMBER_ARN = re.compile(_ARN + r"phone-number/phone-[A-Za-z0-9]+")
_POOL_ARN = re.compile(_ARN + r"pool/pool-[A-Za-z0-9]+")
_MAX_PRICE = re.compile(r"[0-9]{0,2}\.[0-9]{1,5}")
_KEYWORD_MESSAGE = re.compile(r"(?!\s*$)[\s\S]{1,1600}")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class SimulatorNumber:
    """A number of the stack's own. It needs no registration, and reaches only the carrier's simulators."""


@dataclass(frozen=True, slots=True)
class ExistingNumber:
    """The ARN of a number that the operator holds: registered, ACTIVE and in no pool. It gets a pool."""

    arn: str

    def __post_init__(self) -> None:
        _require(_NUMBER_ARN, self.arn, "is not the ARN of a phone number")


@dataclass(frozen=True, slots=True)
class ExistingPool:
    """The ARN of a pool that the operator made and set up; nothing of it is changed."""

    arn: str

    def __post_init__(self) -> None:
        _require(_POOL_ARN, self.arn, "is not the ARN of a pool")


@dataclass(frozen=True, slots=True)
class SimulatedCarrier:
    """A stand-in that speaks the carrier's protocol at `endpoint`."""

    endpoint: str
    number: str = "+12065550100"
    configuration_set: str = "switchboard"


Origin = SimulatorNumber | ExistingNumber | ExistingPool


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsSettings:
    """`countries` (ISO 3166-1) are the only destinations; `max_price` is the most that a message may cost.

    It is in US dollars for all parts of the message together: a reply of two parts is one message.
    """

    origin: Origin | SimulatedCarrier
    countries: tuple[str, ...] = ("US",)
    max_price: str = "0.10"
    help_text: str = HELP_TEXT
    stop_text: str = STOP_TEXT

    def __post_init__(self) -> None:
        _require(_MAX_PRICE, self.max_price, 'is no price such as "0.10"')
        for text in (self.help_text, self.stop_text):
            _require(_KEYWORD_MESSAGE, text, "is no answer of 1 to 1,600 characters")
        for country in self.countries:
            _require(_COUNTRY, country, 'is no country such as "US"')


def _simulator(_world: str) -> SmsSettings:
    return SmsSettings(origin=SimulatorNumber())


def _simulated(world: str) -> SmsSettings:
    return SmsSettings(origin=SimulatedCarrier(endpoint=world))


STAGES = {"dev": _simulator, "prod": _simulator, "local": _simulated}
"""By stage, from where the laptop's stand-ins are."""


def _require(form: re.Pattern[str], value: str, complaint: str) -> None:
    if not form.fullmatch(value):
        message = f"{value!r} {complaint}"
        raise UnusableSettings(message)
