"""Plain sentences about tasks, understood without a model: a table of forms, tried in order."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from switchboard.skills.tasks.domain.dates import DATE, FULL_DATE, parse_date, parse_past_date
from switchboard.skills.tasks.language.lexicon import ACTIVITY_OF
from switchboard.skills.tasks.limits import NUMBER_DIGITS
from switchboard.skills.tasks.parsing.amounts import take_amount, take_bare
from switchboard.skills.tasks.parsing.cadences import take_often
from switchboard.skills.tasks.parsing.intent import Intent, Verb
from switchboard.skills.tasks.parsing.sentence import Sentence, loosened

Reading = Callable[[re.Match[str], date], Intent | None]

_POLITE: Final = re.compile(
    r"^\W*(?:(?:please|ok|okay|hey|hi|so|well)\b[, ]+(?=\w))+|[\s.!?,]+$", re.IGNORECASE
)
_DAY: Final = re.compile(rf"(?:\b(?:on|for) )?(?<![\w-])(?P<day>{DATE})", re.IGNORECASE)
_THIS: Final = re.compile(
    r"^(?:it|that|this|them|one|my (?:task|rep|reps|tasks)|the (?:task|rep)|all|everything|rep|reps)$",
    re.IGNORECASE,
)
_FIRST_FILLERS: Final = frozenset(
    {"of", "for", "on", "my", "the", "with", "some", "just", "already", "doing", "it"}
)
_LAST_FILLERS: Final = frozenset({"of", "for", "on", "already", "done"})
_AGAIN: Final = re.compile(r"\b(?:more|another|extra|further)\b ?", re.IGNORECASE)
_LAST_DAY: Final = re.compile(rf"(?:\bon {DATE}|(?<![\w-]){FULL_DATE})$", re.IGNORECASE)
_BY: Final = re.compile(rf"\b(?:by|before|until|due)\s+{DATE}", re.IGNORECASE)
_ENDING: Final = "\t\n ,;:.!?-"
MARKED: Final = re.compile(
    rf"#?(?P<number>\d{{1,{NUMBER_DIGITS}}})[\s:=.)-]*(?P<word>done|did|yes|y|skip|skipped|no)\b",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"(?:[\s,;.&!]|and)*")
_PAST: Final = "|".join(
    form
    for form in ACTIVITY_OF
    if form.endswith("ed") or form in {"ran", "wrote", "swam", "drew", "drank", "ate"}
)


def did(text: str, today: date) -> Intent:
    """`25 pages of Dune yesterday`, `pushups`, `pushups 30`: what was done, how much, and when."""
    sentence = Sentence(_AGAIN.sub("", text))
    day = sentence.take(_DAY, lambda found: parse_past_date(found["day"], today))
    amount = take_amount(sentence) or take_bare(sentence)
    about = _about(sentence.left)
    if amount is None:
        return Intent(Verb.DID, about, day=day)
    return Intent(Verb.DID, about, amount.value, amount.unit, day)


def skip(text: str, today: date) -> Intent:
    sentence = Sentence(text)
    day = sentence.take(_DAY, lambda found: parse_date(found["day"], today))
    return Intent(Verb.SKIP, _about(sentence.left), day=day)


def marks(text: str) -> list[tuple[int, Verb]]:
    """`1 done, 2 skip`; empty for anything else. No number is answered twice."""
    found = list(MARKED.finditer(text))
    rest = MARKED.sub("", text)
    numbers = [int(each["number"]) for each in found]
    if not _BETWEEN.fullmatch(rest) or len(set(numbers)) < len(numbers):
        return []
    return [(int(each["number"]), _marked(each["word"])) for each in found]


def understand(text: str, today: date) -> Intent | None:
    """What a sentence asks for; None for one that is not among these forms."""
    plain = _polished(text)
    if marks(plain):
        return Intent(Verb.MARKS, to=plain)
    for pattern, reading in _FORMS:
        found = pattern.fullmatch(plain)
        intent = reading(found, today) if found else None
        if intent:
            return intent
    return Intent(Verb.ADD, to=plain) if _plans(plain) else None


def _polished(text: str) -> str:
    plain = " ".join(text.split()).replace("\u2019", "'")
    while (shorter := _POLITE.sub("", plain)) != plain:
        plain = shorter
    return plain


def _plans(text: str) -> bool:
    """Whether a sentence without another form says how often, or by when."""
    return _one_day(text) or _lasts(text)


def _lasts(text: str) -> bool:
    """Whether it says how often, even if no plan can say it, or until when."""
    often = take_often(Sentence(text))
    return often.cadence is not None or often.unclear != "" or _BY.search(text) is not None


def _one_day(text: str) -> bool:
    """`call the bank tomorrow`: something to do that ends in a day."""
    first, *_ = (*text.casefold().split(), "")
    return ACTIVITY_OF.get(first) == first and _LAST_DAY.search(text) is not None


def _about(left: str) -> str:
    about = loosened(
        left.removesuffix(" of it"), before=_ENDING, behind=_ENDING, first=_FIRST_FILLERS, last=_LAST_FILLERS
    )
    return "" if _THIS.fullmatch(about) else about


def _marked(word: str) -> Verb:
    return Verb.SKIP if word.casefold().startswith(("skip", "n")) else Verb.DID


def _named(verb: Verb) -> Reading:
    return lambda found, _today: Intent(verb, _about(found["about"]))


def _changed(verb: Verb) -> Reading:
    return lambda found, _today: Intent(verb, _about(found["about"]), to=found["to"].strip(_ENDING))


def _plain(verb: Verb) -> Reading:
    return lambda _found, _today: Intent(verb)


def _added(found: re.Match[str], _today: date) -> Intent:
    return Intent(Verb.ADD, to=found["to"])


def _worked(found: re.Match[str], today: date) -> Intent | None:
    """`read 25 pages`: a past tense without a plan is something done."""
    ahead = _LAST_DAY.search(found[0])
    day = parse_date(ahead[0].removeprefix("on "), today) if ahead else None
    return None if _lasts(found[0]) or (day and day > today) else did(found["about"], today)


def _done(found: re.Match[str], today: date) -> Intent:
    return did(f"{found['about'] or ''}{found.groupdict().get('rest') or ''}", today)


def _skipped(found: re.Match[str], today: date) -> Intent:
    return skip(found["about"] or "", today)


def _either(verb: Verb) -> Reading:
    return lambda found, _today: Intent(verb, _about(found["about"] or found["other"]))


def _form(pattern: str, reading: Reading) -> tuple[re.Pattern[str], Reading]:
    return re.compile(pattern, re.IGNORECASE), reading


_IS: Final = r"(?:'s| is| are)"
_WORTH_UNDOING: Final = r"(?: (?:that|it|this|the last(?: one)?|last))?"
_NOW: Final = r"(?: (?:now|next|today))?"
_UNDO: Final = rf"(?:undo|revert|take back){_WORTH_UNDOING}|oops|scratch that"
_TODAY: Final = (
    rf"what{_IS} (?:next|due|up|left|on)(?: for)?(?: (?:today|now))?|(?:and )?next|today|to ?do"
    rf"|what (?:should|do|can) i (?:have to )?do{_NOW}"
)
_WEEK: Final = (
    r"how am i (?:doing|going)(?: (?:this week|so far|lately))?|this week"
    r"|(?:my |show (?:me )?(?:my )?)?(?:progress|week|streaks?)"
    rf"|how{_IS} (?:my week|it going|my week going)"
)
_LIST: Final = (
    r"(?:(?:show|list|what are)(?: me)? )?(?:all )?(?:my |the )?(?:tasks|habits|inventory|task list)"
)
_SHOW: Final = (
    rf"how(?:{_IS}| am i doing (?:with|on|at)| did i do (?:with|on|at)) (?P<about>.+?)"
    r"(?: (?:going|doing|coming(?: along)?))?"
    r"|(?:show|status of|progress (?:on|with|of))(?: me)? (?P<other>.+)"
)
_YES: Final = (
    r"yes|yep|yeah|yup|sure|ok|okay|y|correct|right|sounds good|do it|confirm(?:ed)?|go ahead|that works"
)
_NO: Final = r"no|nope|nah|n|cancel|never ?mind|forget it|don't"
_MOVE: Final = (
    r"(?:move|reschedule|shift|change|set|postpone|push|switch) "
    r"(?P<about>.+?) (?:to|until|till|for) (?P<to>.+)"
)
_FINISH: Final = (
    r"(?:close|i(?:'m| am) (?:done|finished) with|(?:all )?(?:done|finished) with) (?P<about>.+)"
    r"|mark (?P<other>.+?) (?:as )?(?:finished|complete|completed)"
)
_ADD: Final = r"(?:add|track|new task:?|remind me to|i want to|i need to|i'd like to|start) (?P<to>.+)"
_DID: Final = (
    r"(?:i(?:'ve| have)? )?(?:just )?(?:did|done|finished|completed|logged?|managed)(?: (?P<about>.+))?"
)
_FORMS: Final = (
    _form(_UNDO, _plain(Verb.UNDO)),
    _form(_TODAY, _plain(Verb.TODAY)),
    _form(_WEEK, _plain(Verb.WEEK)),
    _form(_LIST, _plain(Verb.LIST)),
    _form(_SHOW, _either(Verb.SHOW)),
    _form(_YES, _plain(Verb.YES)),
    _form(_NO, _plain(Verb.NO)),
    _form(rf"#?(?P<about>\d{{1,{NUMBER_DIGITS}}})", lambda found, _today: Intent(Verb.PICK, found["about"])),
    _form(_MOVE, _changed(Verb.MOVE)),
    _form(r"(?:rename|retitle|call) (?P<about>.+?) (?:to|as|into) (?P<to>.+)", _changed(Verb.RENAME)),
    _form(r"(?:pause|suspend|freeze|rest) (?P<about>.+)", _named(Verb.PAUSE)),
    _form(r"(?:resume|unpause|continue|restart|unfreeze|reopen) (?P<about>.+)", _named(Verb.RESUME)),
    _form(r"(?:archive|delete|remove|drop|stop tracking) (?P<about>.+)", _named(Verb.ARCHIVE)),
    _form(_FINISH, _either(Verb.FINISH)),
    _form(r"(?:i(?:'ll| will)? )?skip(?:ped|ping)?(?: (?P<about>.+))?", _skipped),
    _form(_ADD, _added),
    _form(_DID, _done),
    _form(r"(?P<about>.+?)(?: is| are|:)? done(?P<rest>(?: today| yesterday)?)", _done),
    _form(rf"(?:i(?:'ve| have)? )?(?:just )?(?P<about>(?:{_PAST}|read) .+|(?:{_PAST}))", _worked),
    _form(r"(?:i )?(?P<about>\d+(?:\.\d+)? .+)", _worked),
    _form(r"(?P<to>(?:learn|study|practice) .+)", _added),
)
