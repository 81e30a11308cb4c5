"""How well the rep hash tells tasks apart, and what an inventory costs: `python -m bench.reps`."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from switchboard.core.errors import UserFacing
from switchboard.core.people.address import Address, PersonId
from switchboard.core.skills.spec import SkillDeps, ToolContext
from switchboard.skills.tasks.actions.suggest import completed
from switchboard.skills.tasks.chat.toolbox import toolbox
from switchboard.skills.tasks.domain.similarity import (
    ALIKE,
    LIKELY,
    SHAPE,
    Shape,
    bands,
    digest,
    name_words,
    similarity,
)
from switchboard.skills.tasks.domain.task import Plan
from switchboard.skills.tasks.language.normalize import words
from switchboard.skills.tasks.parsing.draft import plan_of, read
from switchboard.skills.tasks.store.keys import owner_of
from switchboard.skills.tasks.store.repository import create, set_week_start
from switchboard.skills.tasks.store.unit_of_work import UNDOABLE, Work

from tests.fakes.records import CountingRecords, FakeRecords

CORPUS = Path(__file__).parents[1] / "tests" / "skills" / "tasks" / "corpus"
TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
OWNER = owner_of(PersonId("ada"))
SHAPES = [Shape(*shape) for shape in ((8, 1), (16, 1), (8, 2), (12, 2), (16, 2), (24, 2), (16, 3), (24, 3))]
FEW, MANY = 10, 10_000
ASKED = {
    "add": "/add play 20 minutes of chess daily",
    "add one alike": "/add read 20 pages of volume zero every day",
    "add it again": "/add read 20 pages of volume 3 every day",
    "log by number": "/did 5 pages of 3",
    "log by name": "/did 5 pages of volume 3",
    "find nothing": "/did quantum physics",
    "skip": "/skip 4",
    "move": "/move 5 to 30 pages",
    "today": "/today",
    "next": "/task what's next",
    "week": "/week",
    "tasks": "/tasks",
    "one task": "/task 7",
    "undo": "/undo",
}


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of sentences: `exact` are one entry, `asked` are noticed and asked about, `lost` are neither."""

    groups: int
    sentences: int
    exact: int
    asked: int
    lost: int
    false_merges: int
    questions: int
    strangers: int
    misspelled: int
    found_misspelled: int

    @property
    def pairs(self) -> int:
        return self.exact + self.asked + self.lost


def corpus(name: str) -> list[list[str]]:
    """The groups of a file: blocks of lines, without its comments."""
    lines = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    return [block.split("\n") for block in text.strip().split("\n\n")]


def plan_from(sentence: str) -> Plan:
    return plan_of(completed(read(sentence, TODAY)))


class Known(NamedTuple):
    """A sentence as the hash sees it."""

    sentence: str
    digest: str
    name: tuple[str, ...]
    buckets: frozenset[str]


def known(sentence: str) -> Known:
    plan = plan_from(sentence)
    name = name_words(plan)
    return Known(sentence, digest(plan), name, frozenset(bands(name)))


def noticed(one: Known, other: Known) -> bool:
    """Whether adding one, the other being there, would ask."""
    return not one.buckets.isdisjoint(other.buckets) and similarity(one.name, other.name) >= ALIKE


@cache
def scored(name: str) -> Score:
    return score(corpus(name))


def score(groups: Sequence[Sequence[str]]) -> Score:
    said = [[known(sentence) for sentence in group] for group in groups]
    together = [pair for group in said for pair in combinations(group, 2)]
    apart = [(one, other) for left, right in combinations(said, 2) for one in left for other in right]
    exact = sum(one.digest == other.digest for one, other in together)
    asked_about = sum(one.digest != other.digest and noticed(one, other) for one, other in together)
    typos = list(misspellings([plan_from(group[0]) for group in groups]))
    return Score(
        groups=len(groups),
        sentences=sum(map(len, groups)),
        exact=exact,
        asked=asked_about,
        lost=len(together) - exact - asked_about,
        false_merges=sum(one.digest == other.digest for one, other in apart),
        questions=sum(noticed(one, other) for one, other in apart),
        strangers=len(apart),
        misspelled=len(typos),
        found_misspelled=sum(_is_found(*typo) for typo in typos),
    )


def misspellings(plans: Sequence[Plan]) -> Iterator[tuple[tuple[str, ...], Plan]]:
    """The object of each task with its longest word short of one letter."""
    for plan in plans:
        name = words(plan.object)
        longest = max(name, key=len, default="")
        if len(longest) < 5:
            continue
        short = longest[:2] + longest[3:]
        yield tuple(short if word == longest else word for word in name), plan


def _is_found(typed: tuple[str, ...], plan: Plan) -> bool:
    name = name_words(plan)
    return similarity(typed, name) >= LIKELY and not set(bands(typed)).isdisjoint(bands(name))


class Cost(NamedTuple):
    """Calls of the store, and bytes read and written."""

    calls: int
    read: int
    written: int


def inventory(size: int) -> FakeRecords:
    """So many tasks of one person, all alike, and as many changes to undo as are ever kept."""
    records = FakeRecords()
    for number in range(1, size + 1):
        work = Work(records, OWNER)
        create(work, plan_from(f"read 20 pages of volume {number} every day"), TODAY)
        work.commit(f"add {number}", "added")
    for number in range(UNDOABLE):
        work = Work(records, OWNER)
        set_week_start(work, (number + 1) % 2)
        work.commit(f"change {number}", "changed")
    return records


def costs(records: FakeRecords) -> dict[str, Cost]:
    """What each thing that can be asked costs, every time on the same inventory."""
    return {name: _cost(records.copy(), text) for name, text in ASKED.items()}


def _cost(records: FakeRecords, text: str) -> Cost:
    counting = CountingRecords(records)
    word, _, rest = text.removeprefix("/").partition(" ")
    context = ToolContext("turn", PersonId("ada"), Address("web", "ada"), NOON, ())
    with suppress(UserFacing):
        toolbox(SkillDeps(records=counting)).commands[word].run(rest, context)
    return Cost(counting.calls, counting.read, counting.written)


def rows() -> Iterator[str]:
    yield from recognized()
    yield from shapes()
    yield from _costs()


def _costs() -> Iterator[str]:
    few, many = (costs(inventory(size)) for size in (FEW, MANY))
    for name in ASKED:
        one, other = few[name], many[name]
        yield (
            f"{name:18} {one.calls:3} calls, {one.read + one.written:6} bytes with {FEW} tasks; "
            f"{other.calls:3} calls, {other.read + other.written:6} bytes with {MANY}"
        )


def shapes() -> Iterator[str]:
    """What other shapes would find among the tuned groups; a bucket that strangers share is read in vain."""
    groups = corpus("tuned")
    names = [{name_words(plan_from(sentence)) for sentence in group} for group in groups]
    strangers = [(a, b) for one, other in combinations(names, 2) for a in one for b in other if a != b]
    alike = [pair for pair in strangers if similarity(*pair) >= ALIKE]
    typos = list(misspellings([plan_from(group[0]) for group in groups]))
    for shape in SHAPES:
        cut = {name: frozenset(bands(name, shape)) for group in names for name in group}
        met = sum(not cut[a].isdisjoint(cut[b]) for a, b in strangers)
        close = sum(not cut[a].isdisjoint(cut[b]) for a, b in alike)
        found = sum(not cut[name_words(plan)].isdisjoint(bands(typed, shape)) for typed, plan in typos)
        yield (
            f"{shape.bands:2} bands of {shape.rows}: {close}/{len(alike)} look-alikes met, "
            f"{found}/{len(typos)} misspelled names met, {met / len(strangers):.1%} of strangers met in vain"
        )


def recognized() -> Iterator[str]:
    yield f"{SHAPE.bands} bands of {SHAPE.rows}: {SHAPE.bands} buckets are read a look-up"
    for name in ("tuned", "held_out"):
        found = scored(name)
        yield (
            f"{name}: {found.groups} tasks in {found.sentences} sentences, {found.pairs} pairs: "
            f"{found.exact / found.pairs:.1%} one entry, {found.asked / found.pairs:.1%} asked about, "
            f"{found.lost / found.pairs:.1%} lost; {found.false_merges} false merges and "
            f"{found.questions} questions about look-alikes in {found.strangers} pairs of strangers; "
            f"{found.found_misspelled} of {found.misspelled} misspelled names found"
        )


if __name__ == "__main__":
    for row in rows():
        print(row)
