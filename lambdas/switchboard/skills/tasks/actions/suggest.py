"""What a sentence leaves open is proposed: by the model, or by a rule of thumb; never taken as agreed."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from switchboard.skills.tasks.domain.cadence import EVERY_DAY, Cadence, Kind
from switchboard.skills.tasks.domain.task import ONE, REP
from switchboard.skills.tasks.language.normalize import words
from switchboard.skills.tasks.parsing.amounts import Amount
from switchboard.skills.tasks.parsing.draft import Draft, parts

_IN_TIME: Final = frozenset(
    {"learn", "study", "practice", "write", "draw", "paint", "exercise", "train", "code", "work", "play"}
)
_HALF_AN_HOUR: Final = Amount(Decimal(30), "minute")
_THRICE: Final = Cadence(Kind.WEEKLY, times=3)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the model takes a sentence to mean; None where it has nothing to say."""

    title: str | None = None
    amount: Amount | None = None
    cadence: Cadence | None = None
    total: Amount | None = None
    due: date | None = None
    effort: int | None = None


def suggested(draft: Draft, by: Suggestion) -> Draft:
    """The draft as the model has it: what it says goes beyond, or against, what was understood."""
    named = by.title if by.title and words(by.title) != words(draft.title) else None
    activity, thing = parts(named) if named else (draft.activity, draft.object)
    amount = _in_unit(by.amount, draft.amount) or draft.amount
    return replace(
        draft,
        title=named or draft.title,
        activity=activity,
        object=thing,
        amount=amount,
        cadence=by.cadence or draft.cadence,
        total=_in_unit(by.total, amount) or draft.total,
        due=by.due or draft.due,
        effort=by.effort or draft.effort,
    )


def _in_unit(amount: Amount | None, of: Amount | None) -> Amount | None:
    """A number without a unit is of what the reps are counted in."""
    if amount is None or amount.unit:
        return amount
    return amount._replace(unit=of.unit if of else REP)


def completed(draft: Draft) -> Draft:
    """With a rule of thumb for what is still open."""
    cadence = draft.cadence or _usual_cadence(draft)
    amount = draft.amount or (_HALF_AN_HOUR if _takes_time(draft) else Amount(ONE, REP))
    total = draft.total
    if cadence.kind is Kind.ONCE and total is None:
        total = amount
    return replace(draft, cadence=cadence, amount=amount, total=total)


def _usual_cadence(draft: Draft) -> Cadence:
    if draft.due or draft.total:
        return Cadence(Kind.ONCE)
    if draft.amount:
        return Cadence(Kind.DAYS, days=EVERY_DAY)
    return _THRICE if _takes_time(draft) or draft.unclear else Cadence(Kind.ONCE)


def _takes_time(draft: Draft) -> bool:
    return draft.activity in _IN_TIME and draft.due is None
