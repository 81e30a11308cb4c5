"""What a sentence says of a task to be, and what it leaves open."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.domain.cadence import Cadence, Kind
from switchboard.skills.tasks.domain.dates import DATE, FULL_DATE, parse_date
from switchboard.skills.tasks.domain.task import ONE, REP, Plan
from switchboard.skills.tasks.language.lexicon import ACTIVITY_OF, LIGHT
from switchboard.skills.tasks.limits import LONGEST_TITLE
from switchboard.skills.tasks.parsing.amounts import (
    Amount,
    take_amount,
    take_effort,
    take_sessions,
    take_total,
)
from switchboard.skills.tasks.parsing.cadences import Often, take_often
from switchboard.skills.tasks.parsing.sentence import Sentence, loosened
from switchboard.skills.tasks.text.formatting import counted

HOW_MUCH: Final = "how much at a time"
HOW_OFTEN: Final = "how often"

_OPENING: Final = re.compile(
    r"^\W*(?:(?:please|hi|hey|ok|okay|so|and|also)\b[, ]*)*"
    r"(?:(?:can|could|would) you )?(?:please )?"
    r"(?:(?:add|track|remind me|note|new|create)\b(?: (?:a|an|the|my|this|new))*"
    r"(?: (?:task|habit|goal|reminder)\b)?(?: to)?(?:\s*:)?\s*)?"
    r"(?:i(?:['\u2019]d| would) (?:like|love) to |i(?:['\u2019]m| am) (?:going|trying|planning) to "
    r"|i(?:['\u2019]ve got to| want to| need to| have to| plan to| must| should) "
    r"|(?:let me|let['\u2019]s|help me) )?"
    r"(?:(?:start|begin) (?:to )?)?",
    re.IGNORECASE,
)
_DUE: Final = re.compile(
    r"(?:,\s*)?\b(?:(?:is |be )?(?:due|finished|done)(?: on| by)?|by|before|until|till|no later than)\s+"
    rf"(?P<day>{DATE})",
    re.IGNORECASE,
)
_ON: Final = re.compile(
    rf"(?:,\s*)?(?:\bon (?P<on>{DATE})|(?<![\w-])(?P<bare>{FULL_DATE}))[\s.!]*$", re.IGNORECASE
)
_FIRST: Final = re.compile(rf"^(?:on )?(?P<day>{FULL_DATE})[,:]?\s", re.IGNORECASE)
_IN_ORDER_TO: Final = re.compile(r"(?P<object>.+) to (?P<verb>\w+)", re.IGNORECASE)
_GOING: Final = re.compile(r"^(?:to )?go(?:ing)? (?:for an? |on an? )?(?=(?P<verb>\w+))", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"^(?:(?:the|a|an|my|our|some|to) )+", re.IGNORECASE)
_BEFORE: Final = "\t\n ,;:.()\u2013-"
_BEHIND: Final = "\t\n ,;:.!?(\u2013-"
_LOOSE_FIRST: Final = frozenset({"of", "for", "on", "and", "at", "to", "is", "about"})
_LOOSE_LAST: Final = frozenset(
    {"of", "for", "on", "and", "at", "in", "to", "with", "is", "by", "about", "from"}
)
_IMPLIED: Final = {"page": "read", "chapter": "read"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan as far as it was said; what is None was not. `unclear` are words that no plan can say."""

    title: str
    activity: str
    object: str
    amount: Amount | None = None
    cadence: Cadence | None = None
    total: Amount | None = None
    due: date | None = None
    effort: int = 0
    unclear: str = ""

    @property
    def open(self) -> tuple[str, ...]:
        """What has to be agreed on before this is a plan."""
        gaps = ((HOW_MUCH, self.amount is None), (HOW_OFTEN, self.cadence is None))
        return tuple(gap for gap, is_open in gaps if is_open)


def read(text: str, today: date) -> Draft:
    """Errors: UserFacing when nothing is left that names a task."""
    sentence = Sentence(_OPENING.sub("", text, count=1))
    effort = take_effort(sentence)
    due = _take_day(sentence, _DUE, today)
    often = take_often(sentence)
    if often.cadence is None and due is None:
        due = _take_day(sentence, _ON, today) or _take_day(sentence, _FIRST, today)
    total = take_total(sentence) or (take_sessions(sentence) if often.cadence is None else None)
    amount = _times(take_amount(sentence), often)
    title = titled(sentence.left)
    activity, thing = parts(title, unit=amount.unit if amount else "")
    said = Draft(title, activity, thing, amount, often.cadence, total, due, effort, often.unclear)
    return _concluded(_totalled(said))


def plan_of(draft: Draft) -> Plan:
    """Errors: UserFacing while something is open."""
    if draft.amount is None or draft.cadence is None:
        raise UserFacing(f"Say {' and '.join(draft.open)}.")
    return Plan(
        title=draft.title,
        activity=draft.activity,
        object=draft.object,
        unit=draft.amount.unit,
        amount=draft.amount.value,
        cadence=draft.cadence,
        total=draft.total.value if draft.total else None,
        due=draft.due,
        effort=draft.effort,
    )


def titled(left: str) -> str:
    """What is left of a sentence, as the name of a task. Errors: UserFacing."""
    title = loosened(left, before=_BEFORE, behind=_BEHIND, first=_LOOSE_FIRST, last=_LOOSE_LAST)
    if not title:
        raise UserFacing("I did not catch what the task is. Say it like: read 20 pages of Dune every day.")
    return title[:LONGEST_TITLE].strip()


def parts(title: str, *, unit: str = "") -> tuple[str, str]:
    """Activity and object: the activity is the first word, or the last, if we know it as one."""
    purpose = _IN_ORDER_TO.fullmatch(title)
    if purpose and purpose["verb"].casefold() in ACTIVITY_OF:
        return ACTIVITY_OF[purpose["verb"].casefold()], purpose["object"]
    going = _GOING.match(title)
    named = title[going.end() :] if going and going["verb"].casefold() in ACTIVITY_OF else title
    words = _ARTICLE.sub("", named).split()
    first, last = (ACTIVITY_OF.get(words[place].casefold(), "") if words else "" for place in (0, -1))
    if first:
        return first, " ".join(words[1:])
    if last and len(words) > 1:
        return last, " ".join(words[:-1])
    return _IMPLIED.get(unit, LIGHT), " ".join(words)


def _take_day(sentence: Sentence, pattern: re.Pattern[str], today: date) -> date | None:
    def meant(found: re.Match[str]) -> date | None:
        return parse_date(next(filter(None, found.groupdict().values())), today)

    return sentence.take(pattern, meant)


def _times(amount: Amount | None, often: Often) -> Amount | None:
    """Ten pushups three times a day are thirty a day."""
    if often.times == ONE:
        return amount
    return amount._replace(value=amount.value * often.times) if amount else Amount(often.times, REP)


def _totalled(draft: Draft) -> Draft:
    """Sessions count reps; a total in another unit than the reps cannot be counted in them."""
    amount, total = draft.amount, draft.total
    if amount is None or total is None or amount.unit == total.unit:
        return draft
    if total.unit in {"session", REP}:
        return replace(draft, total=Amount(total.value * amount.value, amount.unit))
    return replace(draft, total=None, unclear=draft.unclear or f"{counted(total.value, total.unit)} in all")


def _concluded(draft: Draft) -> Draft:
    """What needs no answer: a date makes it one thing to finish, and a thing done is done once."""
    if draft.cadence is None and draft.due is not None:
        draft = replace(draft, cadence=Cadence(Kind.ONCE))
    if draft.total and draft.total.unit == "session" and draft.amount is None:
        draft = replace(draft, amount=Amount(ONE, "session"))
    if draft.cadence is None:
        return draft
    if draft.cadence.kind is not Kind.ONCE:
        return draft if draft.amount else replace(draft, amount=Amount(ONE, REP))
    amount = draft.amount or draft.total or Amount(ONE, REP)
    return replace(draft, amount=amount, total=draft.total or amount)
