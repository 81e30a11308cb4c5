"""Two people with tasks who become one: what they hold, whether it is sound, and what befalls the merge."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import Change, Record
from switchboard.skills.tasks.domain.similarity import digest
from switchboard.skills.tasks.domain.task import State, Task, TaskId
from switchboard.skills.tasks.store import keys
from switchboard.skills.tasks.store.codec import task_of
from switchboard.skills.tasks.store.keys import owner_of
from switchboard.skills.tasks.store.merge_people import join
from switchboard.skills.tasks.store.repository import Head

from tests.fakes.interruptions import Killed
from tests.fakes.records import FakeRecords
from tests.skills.tasks.talk import ADA, Talk
from tests.skills.tasks.test_undo import TEXTS

BABBAGE, LOVELACE = PersonId("babbage"), PersonId("lovelace")
Done = Counter[tuple[str, date]]
Said = tuple[int, str, int]
SAID = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from([*TEXTS, "finish 1", "undo"]), st.integers(0, 2)),
    max_size=24,
)


@dataclass
class Eventful(FakeRecords):
    """Something happens before a write, by its number; writing on is the next process's affair."""

    happens: dict[int, Callable[[], None]] = field(default_factory=dict)
    writes: int = 0

    def write(self, *changes: Change) -> None:
        self.writes += 1
        self.happens.pop(self.writes, lambda: None)()
        super().write(*changes)


@dataclass
class Couple:
    """Ada and Babbage talk to the same store, and Babbage becomes Ada."""

    records: Eventful = field(default_factory=Eventful)

    def __post_init__(self) -> None:
        self.ada = Talk(records=self.records, person=ADA)
        self.babbage = Talk(records=self.records, person=BABBAGE)

    def join(self) -> None:
        join(self.records, BABBAGE, ADA)

    def befall(self, happens: Mapping[int, Callable[[], None]]) -> None:
        """Counted from now on."""
        self.records.happens, self.records.writes = dict(happens), 0

    def survive(self) -> None:
        """The errand comes again until it ends."""
        for _ in range(20):
            try:
                return self.join()
            except Killed:
                continue
        raise AssertionError("it never ends")

    def bodies(self, person: PersonId = ADA) -> dict[str, object]:
        return self.records.bodies(owner_of(person))


def talked(said: Sequence[Said]) -> Couple:
    """Who said what, and how many days after the text before."""
    couple = Couple()
    for who, text, days in said:
        talk = (couple.ada, couple.babbage)[who]
        for each in (couple.ada, couple.babbage):
            each.day += timedelta(days=days)
        talk.say(text)
    return couple


def tasks(records: FakeRecords, person: PersonId) -> list[Task]:
    return [task_of(record.body) for record in _of(records, person, keys.TASKS)]


def done(records: FakeRecords, *people: PersonId) -> Done:
    """How much of each task on each day, by the months."""
    found: Done = Counter()
    for person in people:
        digests = {task.id: digest(task.plan) for task in tasks(records, person)}
        for record in _of(records, person, keys.MONTHS):
            _, name, month = record.key.split("#")
            for day, amount in record.body.items():
                found[digests[TaskId(name)], date.fromisoformat(f"{month}-{day}")] += _cents(amount)
    return found


def check_sound(records: FakeRecords, person: PersonId) -> None:
    """Every entry, count and sum is what the tasks themselves say it is."""
    held = tasks(records, person)
    for task in held:
        reps = [record.body for record in _of(records, person, f"{keys.REPS}{task.id}#")]
        assert (
            sum(_cents(rep["amount"]) for rep in reps)
            == _cents(str(task.done))
            == _worked(records, person, task)
        )
        assert len(reps) <= task.times
        assert sum(rest.last is None for rest in task.rests) == (task.state is State.PAUSED)
    numbers = {keys.number_key(task.number) for task in held}
    indexed = {key for task in held for key in keys.entries(task)}
    touched = {keys.touched_key(day, task.id) for task in held for day in _days(records, person, task)}
    kinds = ("LIST#", "SAME#", "NAME#", "BUCKET#", "UNIT#", "PLAN#", "DAY#", "NUMBER#")
    assert {
        record.key for kind in kinds for record in _of(records, person, kind)
    } == indexed | touched | numbers
    assert len(numbers) == len(held)
    _check_counts(records, person, held)


def _check_counts(records: FakeRecords, person: PersonId, held: list[Task]) -> None:
    record = records.get(owner_of(person), keys.HEAD)
    head = Head(**record.body) if record else Head()
    assert {state.value: getattr(head, state.value) for state in State} == {
        state.value: sum(task.state is state for task in held) for state in State
    }
    assert all(task.number < head.next for task in held)


def _worked(records: FakeRecords, person: PersonId, task: Task) -> int:
    months = _of(records, person, keys.month_prefix(task.id))
    return sum(_cents(amount) for month in months for amount in month.body.values())


def _days(records: FakeRecords, person: PersonId, task: Task) -> Iterator[date]:
    for month in _of(records, person, keys.month_prefix(task.id)):
        begin = month.key.rpartition("#")[2]
        yield from (date.fromisoformat(f"{begin}-{day}") for day in month.body)


def _of(records: FakeRecords, person: PersonId, prefix: str) -> list[Record]:
    return [
        record
        for key, record in sorted(records.kept.get(owner_of(person), {}).items())
        if key.startswith(prefix)
    ]


def _cents(amount: str) -> int:
    return int(Decimal(amount) * 100)
