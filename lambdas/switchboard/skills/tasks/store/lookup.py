"""Which task somebody means: by its number, its words, its unit; never by a guess."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.domain.similarity import LIKELY, name_words
from switchboard.skills.tasks.domain.task import LIVE, State, Task, TaskId
from switchboard.skills.tasks.language.lexicon import ACTIVITY_OF
from switchboard.skills.tasks.language.normalize import words
from switchboard.skills.tasks.limits import NUMBER_DIGITS
from switchboard.skills.tasks.store import keys
from switchboard.skills.tasks.store.repository import alike, loaded, numbered
from switchboard.skills.tasks.store.unit_of_work import Work

MOST_WORDS: Final = 4
WORD_PAGE: Final = 12
MOST_READ: Final = 6
_NUMBER: Final = re.compile(
    rf"(?:task |number |no\.? ?|nr\.? ?|#)?(?P<number>\d{{1,{NUMBER_DIGITS}}})", re.IGNORECASE
)
_SAYS_NOTHING: Final = frozenset({"task", "habit", "rep", "goal", "today", "with", "it", "thing"})


class Found(NamedTuple):
    """`sure` when the words can only mean the one task."""

    tasks: Sequence[Task]
    sure: bool


class _Shelf(NamedTuple):
    """The tasks with a word in their name; `whole` when these are all of them."""

    tasks: tuple[TaskId, ...]
    whole: bool


def find(work: Work, about: str, *, unit: str = "", states: Collection[State] = LIVE) -> Found:
    """Errors: UserFacing for a number that no task has, and for words that are like no task's."""
    number = _NUMBER.fullmatch(about.strip())
    if number:
        return Found([numbered(work, int(number["number"]))], sure=True)
    name = tuple(word for word in words(about) if word not in _SAYS_NOTHING)
    found = _by_words(work, name, unit, states) if name else Found((), sure=False)
    if not found.tasks and name:
        found = Found(alike(work, name, least=LIKELY), sure=False)
    if not found.tasks:
        raise UserFacing(f'I find no task like "{about.strip()[:40]}". /tasks lists them.')
    return found


def with_unit(work: Work, unit: str) -> Found:
    """Those that are counted in a unit."""
    shelf = _shelf(work, keys.unit_key(unit), MOST_READ)
    tasks = [task for task in loaded(work, shelf.tasks) if task.state is State.OPEN]
    return Found(tasks, sure=shelf.whole and len(tasks) == 1)


def _by_words(work: Work, name: Sequence[str], unit: str, states: Collection[State]) -> Found:
    """Those with all of the words; failing that, those with some, of which nobody can be sure."""
    asked = sorted(set(name), key=lambda word: (word in ACTIVITY_OF, -len(word), word))[:MOST_WORDS]
    shelves = [_shelf(work, keys.name_key(word), WORD_PAGE) for word in asked]
    ranked = _ranked(shelves)
    tasks = [task for task in loaded(work, ranked[:MOST_READ]) if task.state in states]
    full = [task for task in tasks if set(name) <= set(name_words(task.plan))]
    if not full:
        return Found(tasks[:3], sure=False)
    seen_all = any(shelf.whole for shelf in shelves) and len(ranked) <= MOST_READ
    return _surest(full, name, unit, seen_all=seen_all)


def _surest(full: list[Task], name: Sequence[str], unit: str, *, seen_all: bool) -> Found:
    """A task whose whole name was said is meant, even if others have longer ones."""
    measured = [task for task in full if unit and task.plan.unit == unit] or full
    exact = [task for task in measured if set(name_words(task.plan)) == set(name)]
    if len(exact) == 1:
        return Found(exact, sure=True)
    return Found(measured[:MOST_READ], sure=seen_all and len(measured) == 1)


def _shelf(work: Work, prefix: str, limit: int) -> _Shelf:
    found = work.find(prefix, limit=limit)
    return _Shelf(tuple(keys.last_part(record.key) for record in found.records), not found.next)


def _ranked(shelves: Sequence[_Shelf]) -> list[TaskId]:
    """Those on every shelf that is whole; failing that, those on the most shelves."""
    counts = Counter(task for shelf in shelves for task in shelf.tasks)
    whole = [set(shelf.tasks) for shelf in shelves if shelf.whole]
    common = set.intersection(*whole) if whole else set()
    best = max(counts.values(), default=0)
    return [task for task, count in counts.most_common() if task in common or (not common and count == best)]
