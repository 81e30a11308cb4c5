"""Which call somebody means: an id, "the last one", "yesterday's", a date, or words they wrote about it."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from switchboard.core.errors import UserFacing
from switchboard.core.skills.spec import ToolContext
from switchboard.skills.calls.domain.call import Call, NoSuchCall
from switchboard.skills.calls.domain.quotes import tokens
from switchboard.skills.calls.limits import CALL_ID
from switchboard.skills.calls.store.repository import CallBook, Filter

_ID: Final = re.compile(CALL_ID)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FILLING: Final = frozenset(
    {"a", "about", "call", "calls", "from", "in", "last", "latest", "my", "newest", "of", "on", "one", "our"}
    | {"recent", "recording", "s", "the", "with"}
)


def which(reference: str, *, book: CallBook, context: ToolContext) -> Call:
    """The newest call that fits. Errors: UserFacing, when none does."""
    plain = reference.strip().lower()
    if _ID.fullmatch(plain):
        try:
            return book.get(context.person, plain)
        except NoSuchCall:
            pass
    day, words = _parsed(plain, _today(context))
    found = book.page(context.person, _wanted(day, words, context.zone), limit=1).calls
    if not found:
        raise UserFacing("No call fits that. Ask for the list of calls to see which there are.")
    return found[0]


def _parsed(plain: str, today: date) -> tuple[date | None, list[str]]:
    """The day that is meant, and the words that are left."""
    dated = _DATE.search(plain)
    words = [_bare(word) for word in tokens(_DATE.sub(" ", plain))]
    days = {name: _last(name, today) for name in _WEEKDAYS}
    days |= {"today": today, "yesterday": today - timedelta(days=1)}
    named = [days[word] for word in words if word in days]
    day = _date(dated[0]) if dated else next(iter(named), None)
    return day, [word for word in words if word not in _FILLING and word not in days]


def _bare(word: str) -> str:
    """Without the s of "yesterday's"."""
    return word.removesuffix("s") if word.removesuffix("s").endswith("day") else word


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserFacing(f"{text} is no date.") from None


def _last(weekday: str, today: date) -> date:
    return today - timedelta(days=(today.weekday() - _WEEKDAYS.index(weekday)) % 7)


def _today(context: ToolContext) -> date:
    return context.now.astimezone(ZoneInfo(context.zone)).date()


def _wanted(day: date | None, words: list[str], zone: str) -> Filter:
    text = " ".join(words)
    if day is None:
        return Filter(text=text)
    return Filter(since_ms=_midnight(day, zone), until_ms=_midnight(day + timedelta(days=1), zone), text=text)


def _midnight(day: date, zone: str) -> int:
    return round(datetime.combine(day, time(), ZoneInfo(zone)).timestamp() * 1000)
