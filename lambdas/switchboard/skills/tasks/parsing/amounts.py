"""How much, as people say it: 20 pages, half an hour, a dozen pushups, 10k steps."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.domain.task import REP
from switchboard.skills.tasks.language.lexicon import ACTIVITY_OF, MINUTES_AN_HOUR, UNIT_OF
from switchboard.skills.tasks.language.numbers import NUMBER, parsed
from switchboard.skills.tasks.limits import LONGEST_EFFORT
from switchboard.skills.tasks.parsing.sentence import Sentence


class Amount(NamedTuple):
    value: Decimal
    unit: str


_UNITS: Final = "|".join(sorted(UNIT_OF, key=len, reverse=True))
ABOUT: Final = r"(?:(?:about|around|roughly|approximately|approx\.?|some|maybe|at least|up to|~)\s*)?"
COUNT: Final = rf"(?P<amount>{NUMBER}|an?)[ -]?(?P<unit>{_UNITS})(?![\w-])"
_LEAD: Final = rf"(?:,|;|\(|\bin|\bover|\bwithin)?\s*(?<![\w.]){ABOUT}"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_EFFORT: Final = _compiled(rf"{_LEAD}{COUNT} (?:each|apiece|a session|per session)\)?")
_EACH: Final = _compiled(rf"{_LEAD}each {ABOUT}{COUNT}\)?")
_TOTAL: Final = _compiled(rf"{_LEAD}{COUNT} (?:in (?:all|total)|total|altogether|overall)\)?")
_SESSIONS: Final = _compiled(rf"{_LEAD}(?P<amount>{NUMBER}|an?) (?P<unit>sessions?|sittings?)\)?(?!\w)")
_AMOUNT: Final = _compiled(rf"(?:\bfor )?(?<![\w.]){ABOUT}{COUNT}(?: (?:worth )?of\b)?")
_KILOMETRES: Final = _compiled(r"(?<![\w.])(?P<amount>\d{1,3}(?:\.\d{1,2})?) ?k(?![\w-])(?! \w+s\b)")
_LEADING: Final = _compiled(rf"^\W*(?P<verb>\w+ )?{ABOUT}(?P<amount>{NUMBER}) (?=[^\W\d_])")
_TRAILING: Final = _compiled(rf"(?:\s|,|:|x)\s*(?P<amount>{NUMBER})x?[\s.!]*$")


def take_effort(sentence: Sentence) -> int:
    """Minutes that a rep takes as the person says; 0 when they do not.

    Errors: UserFacing, for more than a day.
    """
    said = sentence.take(_EFFORT, minutes_of) or sentence.take(_EACH, minutes_of)
    if said and said > LONGEST_EFFORT:
        raise UserFacing(f"Once takes {LONGEST_EFFORT} minutes at most, a whole day.")
    return int(said or 0)


def minutes_of(found: re.Match[str]) -> Decimal | None:
    amount = _amount(found)
    if amount is None or amount.unit not in {"minute", "hour"}:
        return None
    return amount.value * (MINUTES_AN_HOUR if amount.unit == "hour" else 1)


def take_total(sentence: Sentence) -> Amount | None:
    return sentence.take(_TOTAL, _amount)


def take_sessions(sentence: Sentence) -> Amount | None:
    return sentence.take(_SESSIONS, _amount)


def take_amount(sentence: Sentence) -> Amount | None:
    """With its unit; a number before a thing counts reps of it."""
    return (
        sentence.take(_AMOUNT, _amount) or sentence.take(_KILOMETRES, _kilometres) or _take_leading(sentence)
    )


def take_bare(sentence: Sentence) -> Amount | None:
    """A number at the end, of whatever the task counts: `pushups 30`."""
    return sentence.take(_TRAILING, lambda found: _reps(found["amount"], unit=""))


def alone(text: str) -> Amount | None:
    """A number that is all there is, of whatever the task counts."""
    return _reps(text.strip(" .!"), unit="")


def _amount(found: re.Match[str]) -> Amount | None:
    said, unit = found["amount"].casefold(), UNIT_OF[found["unit"].casefold()]
    value = Decimal(1) if said in {"a", "an"} else parsed(said)
    if value is not None and unit == "hour" and value != int(value):
        return Amount(value * MINUTES_AN_HOUR, "minute")
    return Amount(value, unit) if value is not None else None


def _kilometres(found: re.Match[str]) -> Amount | None:
    return _reps(found["amount"], unit="km")


def _reps(text: str, *, unit: str = REP) -> Amount | None:
    value = parsed(text)
    return Amount(value, unit) if value is not None else None


def _take_leading(sentence: Sentence) -> Amount | None:
    """The verb before the number stays."""
    found = _LEADING.match(sentence.left)
    verb = ((found and found["verb"]) or "").strip()
    amount = _reps(found["amount"]) if found and (not verb or verb.casefold() in ACTIVITY_OF) else None
    if found and amount:
        sentence.left = f"{verb} {sentence.left[found.end() :]}".strip()
    return amount
