"""A person's tasks as they are stored: every look-up is a key or a bounded page, however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple

from switchboard.core.errors import UserFacing
from switchboard.skills.tasks.domain.similarity import ALIKE, bands, digest, name_words, similarity
from switchboard.skills.tasks.domain.task import LIVE, Plan, State, Task, TaskId
from switchboard.skills.tasks.store import keys
from switchboard.skills.tasks.store.codec import task_body, task_of
from switchboard.skills.tasks.store.unit_of_work import Work

PAGE: Final = 8
BUCKET_PAGE: Final = 6
MOST_ALIKE: Final = 3
LONGEST_CHAIN: Final = 20


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of the inventory as a whole; `week_starts` counts from Monday 0."""

    next: int = 1
    week_starts: int = 0
    open: int = 0
    paused: int = 0
    finished: int = 0
    archived: int = 0


class TaskPage(NamedTuple):
    """`after` is the number after which the next page begins, 0 when there is none."""

    tasks: Sequence[Task]
    after: int


def head_of(work: Work) -> Head:
    return Head(**(work.get(keys.HEAD) or {}))


def set_week_start(work: Work, day: int) -> None:
    work.put(keys.HEAD, _body(replace(head_of(work), week_starts=day)))


def load(work: Work, task: str) -> Task | None:
    key = keys.task_key(task)
    body = work.get(key)
    return replace(task_of(body), version=work.version(key)) if body else None


def loaded(work: Work, tasks: Iterable[str]) -> list[Task]:
    return [found for each in tasks if (found := load(work, each))]


def numbered(work: Work, number: int) -> Task:
    """Errors: UserFacing when there is no such task."""
    entry = work.get(keys.number_key(number))
    task = load(work, entry["task"]) if entry else None
    if task is None:
        raise UserFacing(f"There is no task {number}. /tasks lists them.")
    return task


def create(work: Work, plan: Plan, today: date) -> Task:
    """A task of its own, whatever others there are: those of the same metrics form a chain."""
    head = head_of(work)
    task = Task(_free_id(work, digest(plan)), head.next, plan, since=today, counted_from=today)
    work.concern(task.id)
    work.put(keys.HEAD, _body(_counted(replace(head, next=head.next + 1), task.state, 1)))
    work.put(keys.number_key(task.number), {"task": task.id})
    work.put(keys.task_key(task.id), task_body(task))
    work.reindex(frozenset(), keys.entries(task))
    return task


def save(work: Work, old: Task, new: Task) -> Task:
    work.concern(new.id)
    work.put(keys.task_key(new.id), task_body(new))
    work.reindex(keys.entries(old), keys.entries(new))
    if old.state is not new.state:
        head = _counted(_counted(head_of(work), old.state, -1), new.state, 1)
        work.put(keys.HEAD, _body(head))
    return new


def remove(work: Work, task: Task) -> None:
    """With all entries by which it is found; its months and reps are left."""
    work.delete(keys.task_key(task.id))
    work.delete(keys.number_key(task.number))
    work.reindex(keys.entries(task), frozenset())
    work.put(keys.HEAD, _body(_counted(head_of(work), task.state, -1)))


def page(work: Work, state: State, *, after: int = 0, limit: int = PAGE) -> TaskPage:
    """In the order of their numbers."""
    begin = keys.listed_key(state, after + 1) if after else ""
    found = work.find(keys.listed_key(state), limit=limit, after=begin)
    tasks = loaded(work, (keys.last_part(record.key) for record in found.records))
    return TaskPage(tasks, tasks[-1].number if found.next and tasks else 0)


def same(work: Work, plan: Plan) -> list[Task]:
    """The chain of those with the same metrics, whatever became of them."""
    found = work.find(keys.same_key(digest(plan)), limit=LONGEST_CHAIN)
    return loaded(work, (keys.last_part(record.key) for record in found.records))


def alike(work: Work, name: Sequence[str], *, least: float = ALIKE) -> list[Task]:
    """Live tasks with a similar name, the most similar first, found by the buckets they share."""
    shared: dict[TaskId, int] = {}
    for bucket in bands(name):
        for record in work.find(keys.bucket_key(bucket), limit=BUCKET_PAGE).records:
            task = keys.last_part(record.key)
            shared[task] = shared.get(task, 0) + 1
    closest = sorted(shared, key=lambda task: (-shared[task], task))[: 2 * MOST_ALIKE]
    ranked = [(similarity(name, name_words(task.plan)), task) for task in loaded(work, closest)]
    kept = [(near, task) for near, task in ranked if near >= least and task.state in LIVE]
    return [task for _, task in sorted(kept, key=lambda each: (-each[0], each[1].number))[:MOST_ALIKE]]


def _free_id(work: Work, base: str) -> TaskId:
    place, name = 1, base
    while work.get(keys.task_key(name)) is not None:
        place += 1
        name = f"{base}.{place}"
    return TaskId(name)


def _counted(head: Head, state: State, by: int) -> Head:
    counts: dict[str, int] = {state.value: getattr(head, state.value) + by}
    return replace(head, **counts)


def _body(head: Head) -> dict[str, Any]:
    return {name: getattr(head, name) for name in Head.__slots__}
