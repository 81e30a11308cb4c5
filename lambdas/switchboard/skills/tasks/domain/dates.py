"""Days as people name them, seen from a person's own today."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from switchboard.skills.tasks.domain.cadence import DAYS_A_WEEK
from switchboard.skills.tasks.language.lexicon import DAY_OF, MONTH_OF, NUMBERS, SHORT_DAYS, WEEKDAYS

_DAYS: Final = "|".join(sorted(DAY_OF, key=len, reverse=True))
_MONTHS: Final = "|".join(sorted(MONTH_OF, key=len, reverse=True))
_FEW: Final = "|".join(word for word, value in NUMBERS.items() if 0 < value <= 12)
DATE: Final = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|today|tonight|tomorrow|yesterday"
    rf"|(?:next |this |last )?(?:{_DAYS})\b|next week|next month"
    r"|(?:the )?end of (?:the |this )?(?:week|month|year)"
    rf"|in (?:\d{{1,3}}|an?|{_FEW}) (?:day|week|month)s?"
    rf"|(?:\d{{1,3}}|an?|{_FEW}) (?:day|week)s? ago"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b\.?(?:,? \d{{4}})?)(?!\w)"
)
FULL_DATE: Final = (
    rf"(?:today|tonight|tomorrow|(?:next |this )?(?:{'|'.join(WEEKDAYS)})|next week|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)(?!\w)"
)
"""A day that needs no `on` before it to be one."""
_MONTH_FIRST: Final = re.compile(
    rf"(?P<month>{_MONTHS})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"
)
_DAY_FIRST: Final = re.compile(
    rf"(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTHS})\.?(?:,? (?P<year>\d{{4}}))?"
)
_DISTANCE: Final = re.compile(rf"in (?P<count>\d{{1,3}}|an?|{_FEW}) (?P<unit>day|week|month)s?")
_AGO: Final = re.compile(rf"(?P<count>\d{{1,3}}|an?|{_FEW}) (?P<unit>day|week)s? ago")
_NEAR: Final = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "next week": DAYS_A_WEEK}


def parse_date(text: str, today: date) -> date | None:
    """A day to come, but for words that look back; None for what names no day."""
    said = " ".join(text.casefold().split())
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    return (
        _iso(said)
        or _weekday(said, today)
        or _distance(said, today)
        or _ago(said, today)
        or _end(said, today)
        or _month(said, today)
    )


def parse_past_date(text: str, today: date) -> date | None:
    """A day that was, where the words may mean one: the last Friday, the last twelfth of November."""
    day = parse_date(text, today)
    if day is None or day <= today:
        return day
    said = " ".join(text.casefold().split())
    return _weekday(f"last {said.removeprefix('this ')}", today) or _month_before(said, today) or day


def _iso(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) else None
    except ValueError:
        return None


def _weekday(said: str, today: date) -> date | None:
    """The coming one; today's name means a week from now, `this` means within seven days, today included."""
    first, _, rest = said.rpartition(" ")
    if rest not in DAY_OF or first not in {"", "next", "this", "last"}:
        return None
    ahead = (DAY_OF[rest] - today.weekday()) % DAYS_A_WEEK
    if first == "last":
        return today - timedelta(days=(DAYS_A_WEEK - ahead) if ahead else DAYS_A_WEEK)
    return today + timedelta(days=ahead or (0 if first == "this" else DAYS_A_WEEK))


def _distance(said: str, today: date) -> date | None:
    found = _DISTANCE.fullmatch(said)
    if not found:
        return None
    if found["unit"] == "month":
        return _months_on(today, _count(found))
    return today + timedelta(days=_days(found))


def _ago(said: str, today: date) -> date | None:
    found = _AGO.fullmatch(said)
    return today - timedelta(days=_days(found)) if found else None


def _days(found: re.Match[str]) -> int:
    return _count(found) * (DAYS_A_WEEK if found["unit"] == "week" else 1)


def _count(found: re.Match[str]) -> int:
    return int(found["count"]) if found["count"].isdigit() else NUMBERS.get(found["count"], 1)


def _months_on(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _end(said: str, today: date) -> date | None:
    if said == "next month":
        return _months_on(today, 1)
    if not re.fullmatch(r"(?:the )?end of (?:the |this )?(?:week|month|year)", said):
        return None
    if said.endswith("week"):
        return today + timedelta(days=DAYS_A_WEEK - 1 - today.weekday())
    month = 12 if said.endswith("year") else today.month
    return date(today.year, month, monthrange(today.year, month)[1])


def _month(said: str, today: date) -> date | None:
    found = _MONTH_FIRST.fullmatch(said) or _DAY_FIRST.fullmatch(said)
    if found and found["year"]:
        return _real(int(found["year"]), found)
    years = range(today.year, today.year + 9)
    return next((at for at in _in_each(years, found) if at >= today), None)


def _month_before(said: str, today: date) -> date | None:
    found = _MONTH_FIRST.fullmatch(said) or _DAY_FIRST.fullmatch(said)
    if found and found["year"]:
        return None
    years = range(today.year, today.year - 9, -1)
    return next((at for at in _in_each(years, found) if at <= today), None)


def _in_each(years: Iterable[int], found: re.Match[str] | None) -> Iterator[date]:
    """February 29 is in few of them."""
    return (at for year in years if found and (at := _real(year, found)))


def _real(year: int, found: re.Match[str]) -> date | None:
    try:
        return date(year, MONTH_OF[found["month"]], int(found["day"]))
    except ValueError:
        return None


def short_date(day: date, today: date) -> str:
    """As short as it stays clear: Fri, Apr 12, Apr 12 2028."""
    away = (day - today).days
    if away in {0, 1}:
        return ("today", "tomorrow")[away]
    if 0 < away < DAYS_A_WEEK:
        return SHORT_DAYS[day.weekday()]
    return f"{day:%b} {day.day}" + (f" {day.year}" if day.year != today.year else "")
