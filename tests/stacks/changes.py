"""Another value for every setting, so that a new setting is looked at before its first change is deployed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from aws_cdk.aws_logs import RetentionDays

from stacks.settings import Settings
from tests.stacks.variants import AZURE, BEDROCK, EMAIL, PROFILES

T = TypeVar("T")

UNIONS = {"sms.origin"}
"""Settings whose value is one of several kinds: they change as a whole."""
OTHERS: Mapping[str, object] = {
    "log_retention": RetentionDays.SIX_MONTHS,
    "cors_origins": ("https://example.com",),
    "model.providers": (BEDROCK, PROFILES, AZURE),
    "sms.countries": ("CA", "US"),
    "sms.max_price": "1.00",
    "sms.help_text": "Another help.",
    "sms.stop_text": "Another farewell.",
    "spend.person_day": "2.00",
    "spend.person_month": "20.00",
    "spend.deployment_day": "30.00",
    "spend.deployment_month": "300.00",
    "spend.warn_at": "0.5",
    "spend.exempt": ("web:grace",),
    "calls.transcriber.kind": "amazon",
    "calls.transcriber.name": "another",
    "calls.transcriber.model": "another",
    "calls.transcriber.base_url": "https://transcriber.example.com",
    "alarm_email": EMAIL,
}


def leaves(settings: object, under: str = "") -> Iterator[tuple[str, object]]:
    """Every setting by its path, and its value; a tuple is one setting."""
    for each in fields(settings):  # type: ignore[arg-type]
        path, value = f"{under}{each.name}", getattr(settings, each.name)
        if path == "own":
            yield from _own_leaves(value)
        elif is_dataclass(value) and path not in UNIONS:
            yield from leaves(value, f"{path}.")
        else:
            yield path, value


def _own_leaves(own: Iterable[object]) -> Iterator[tuple[str, object]]:
    """Those of channels and skills, under the member's name."""
    for each in own:
        yield from leaves(each, f"{_member(each)}.")


def _member(own: object) -> str:
    """Settings lie in the member's folder: stacks.channels.<member>.settings."""
    return type(own).__module__.split(".")[2]


def other(path: str, value: object) -> object:
    """Another value of the setting. Errors: LookupError, when this file has to say which."""
    match OTHERS.get(path, value):
        case bool(now) if path not in OTHERS:
            return not now
        case int(now) if path not in OTHERS:
            return now + 1
        case now if path in OTHERS:
            return now
    message = f"say in OTHERS what {path} may become"
    raise LookupError(message)


def changed(settings: Settings, *paths: str) -> Settings:
    """The same settings with another value at each of the paths."""
    now = dict(leaves(settings))
    for path in paths:
        first, *rest = path.split(".")
        own = next((each for each in settings.own if _member(each) == first), None)
        value = other(path, now[path])
        settings = settings.having(_put(own, rest, value)) if own else _put(settings, [first, *rest], value)
    return settings


def _put(settings: T, path: list[str], value: object) -> T:
    first, *rest = path
    inner: Any = _put(getattr(settings, first), rest, value) if rest else value
    return replace(settings, **{first: inner})  # type: ignore[type-var]
