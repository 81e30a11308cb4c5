"""How often, as people say it: every day, mon wed fri, three times a week, weekday mornings."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from switchboard.skills.tasks.domain.cadence import EVERY_DAY, WEEKEND, WORKDAYS, Cadence, Kind
from switchboard.skills.tasks.language.lexicon import DAY_OF, PARTS_OF_DAY
from switchboard.skills.tasks.language.numbers import NUMBER, parsed
from switchboard.skills.tasks.limits import MOST_TIMES_A_WEEK
from switchboard.skills.tasks.parsing.sentence import Sentence


class Often(NamedTuple):
    """`times` is how often on each of its days; `unclear` are words that no cadence can say."""

    cadence: Cadence | None
    times: Decimal = Decimal(1)
    unclear: str = ""


_DAY: Final = rf"(?:{'|'.join(sorted(DAY_OF, key=len, reverse=True))})\b\.?"
_AND: Final = r"(?:\s*(?:,|/|&|\+)\s*(?:and )?|\s+and\s+|\s+)"
_DAYS: Final = rf"{_DAY}(?:{_AND}{_DAY}){{0,13}}"
_PART: Final = rf"(?:{'|'.join(sorted(PARTS_OF_DAY, key=len, reverse=True))})"
_A: Final = r"(?:\s*/\s*|\s+(?:a|an|per|each|every|in a)\s+)"
_TIMES: Final = rf"(?:(?P<count>{NUMBER})(?:\s+times?|\s*x|\s+days?)|(?P<said>once|twice|thrice))"
_COUNTS: Final = {"once": Decimal(1), "twice": Decimal(2), "thrice": Decimal(3)}


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:,\s*)?(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE)


_UNCLEAR: Final = _compiled(
    rf"(?:every (?:other|second|third|fourth) (?:day|week|month|{_DAY})|every {NUMBER} (?:days|weeks|months)"
    r"|(?:bi)?monthly|biweekly|fortnightly|(?:every|each|once a|a|per) (?:month|year|quarter)|yearly"
    r"|now and then|sometimes|from time to time|regularly|often)"
)
_TIMES_A_WEEK: Final = _compiled(rf"{_TIMES}(?:{_A}(?:week|wk)|\s+weekly)")
_TIMES_A_DAY: Final = _compiled(rf"{_TIMES}(?:{_A}day|\s+daily)")
_EXCEPT: Final = _compiled(rf"every ?day (?:except|but)(?: for| on)? (?P<days>{_DAYS})")
_RANGE: Final = _compiled(
    rf"(?:every |each |on |from )?(?P<first>{_DAY})"
    rf"\s*(?:-|\u2013|to|through|thru|till|until)\s*(?P<last>{_DAY})"
)
_NAMED: Final = _compiled(
    rf"(?:on |every |each )?(?:the )?(?:(?P<work>(?:weekdays?|workdays?|working days?))|(?P<end>weekends?))"
    rf"(?:\s+(?P<part>{_PART}))?"
)
_LISTED: Final = _compiled(
    rf"(?P<every>(?:every|each) (?:week )?(?:on )?|on )?(?P<days>{_DAYS})(?:\s+(?P<part>{_PART}))?"
)
_EVERY_PART: Final = _compiled(rf"(?:(?:every|each)(?: single)? (?P<part>{_PART})|(?P<nightly>nightly))")
_DAILY: Final = _compiled(r"(?:(?:every|each)(?: single)? day|everyday|daily|a day|per day|day by day)")
_SLASHED: Final = re.compile(r"\s*/\s*(?P<unit>day|week|wk)\b", re.IGNORECASE)
_WEEKLY: Final = _compiled(r"(?:(?:every|each)(?: single)? week|weekly|a week|per week)")
_IN_PART: Final = _compiled(rf"(?:in the|at|during the|every|each) (?P<part>{_PART})")


def take_often(sentence: Sentence) -> Often:
    """How often, cut out of the sentence."""
    unclear = sentence.take(_UNCLEAR, lambda found: found[0].strip(" ,"))
    if unclear:
        return Often(None, unclear=unclear)
    for pattern, meaning in _MEANINGS:
        often = sentence.take(pattern, meaning)
        if often and often.cadence:
            return _with_part(sentence, often, often.cadence)
    return Often(None)


def _with_part(sentence: Sentence, often: Often, cadence: Cadence) -> Often:
    if cadence.part:
        return often
    part = sentence.take(_IN_PART, lambda found: PARTS_OF_DAY[found["part"].casefold()])
    return often._replace(cadence=replace(cadence, part=part or ""))


def _on(days: frozenset[int], part: str | None = None, times: Decimal = Decimal(1)) -> Often:
    named = PARTS_OF_DAY[part.casefold()] if part else ""
    return Often(Cadence(Kind.DAYS, days=days, part=named), times)


def _weekly(times: Decimal) -> Often | None:
    whole = times == int(times) and times <= MOST_TIMES_A_WEEK
    return Often(Cadence(Kind.WEEKLY, times=int(times))) if whole else None


def _count(found: re.Match[str]) -> Decimal | None:
    return _COUNTS[found["said"].casefold()] if found["said"] else parsed(found["count"])


def _times_a_week(found: re.Match[str]) -> Often | None:
    count = _count(found)
    return _weekly(count) if count else None


def _times_a_day(found: re.Match[str]) -> Often | None:
    count = _count(found)
    return _on(EVERY_DAY, times=count) if count else None


def _range(found: re.Match[str]) -> Often:
    first, last = (_days(found[name]) for name in ("first", "last"))
    (start,), (end,) = first, last
    return _on(frozenset((start + ahead) % 7 for ahead in range((end - start) % 7 + 1)))


def _named(found: re.Match[str]) -> Often:
    return _on(WORKDAYS if found["work"] else WEEKEND, found["part"])


def _listed(found: re.Match[str]) -> Often | None:
    """A single day that is neither plural nor `every` is a date."""
    days = _days(found["days"])
    every = (found["every"] or "").casefold().startswith(("every", "each"))
    plural = len(days) > 1 or found["days"].casefold().endswith(("days", "days."))
    of_day = found["part"] is not None and found["part"].casefold().endswith("s")
    return _on(days, found["part"]) if every or plural or of_day else None


def _days(text: str) -> frozenset[int]:
    return frozenset(DAY_OF[word] for word in re.findall(r"[a-z]+", text.casefold()) if word in DAY_OF)


def _each_part(found: re.Match[str]) -> Often:
    return _on(EVERY_DAY, found["part"] or "night")


def _slashed(found: re.Match[str]) -> Often | None:
    return _on(EVERY_DAY) if found["unit"].casefold() == "day" else _weekly(Decimal(1))


_MEANINGS: Final = (
    (_TIMES_A_WEEK, _times_a_week),
    (_TIMES_A_DAY, _times_a_day),
    (_EXCEPT, lambda found: _on(EVERY_DAY - _days(found["days"]))),
    (_RANGE, _range),
    (_NAMED, _named),
    (_LISTED, _listed),
    (_EVERY_PART, _each_part),
    (_DAILY, lambda _found: _on(EVERY_DAY)),
    (_WEEKLY, lambda _found: _weekly(Decimal(1))),
    (_SLASHED, _slashed),
)
