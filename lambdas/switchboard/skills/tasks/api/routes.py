"""Tasks and their reps: the board, what is said about them, and what one taps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Path, Query, Response
from pydantic import AfterValidator, BaseModel, Field

from switchboard.core.errors import UserFacing
from switchboard.core.idempotency import Made
from switchboard.core.pages import BadPosition
from switchboard.core.people.tickets import Principal
from switchboard.core.skills.spec import LONGEST_WORDS
from switchboard.rest.auth import Asking, Given
from switchboard.rest.etags import ETAG, IfMatch, etag, version_of
from switchboard.rest.idempotency import Creating, Creation
from switchboard.rest.pages import Cursor, Limit, position
from switchboard.rest.problems import Problem, refuses
from switchboard.skills.tasks.api.models import (
    EXAMPLE_ID,
    Board,
    Card,
    Logged,
    OwnDay,
    Report,
    TaskState,
    Told,
    Undone,
)
from switchboard.skills.tasks.api.ports import Tasks, TaskWish, tasks_of
from switchboard.skills.tasks.limits import AMOUNT, LONGEST_TITLE, NUMBER_DIGITS

router = APIRouter(prefix="/tasks", tags=["tasks"])

NO_SUCH_TASK = "None of your tasks is called so."

Answer = TypeVar("Answer", bound=BaseModel)

TaskId = Annotated[
    str,
    Path(
        pattern=r"^trp[0-9]{1,3}_[a-z0-9]{1,64}(\.[0-9]{1,6})?$",
        description="A card's `id`",
        examples=[EXAMPLE_ID],
    ),
]
State = Annotated[TaskState, Query(description="Which tasks")]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS)]


class Sentence(BaseModel):
    """As one would say it to the assistant."""

    sentence: Words = Field(examples=["read 20 pages of Dune every day"])


class Said(BaseModel):
    """Yes, no, the number of a task, or what one would rather have."""

    text: Words = Field(examples=["yes"])


class Rep(BaseModel):
    """`amount` is in the task's own unit; without one it is a whole rep, or the rest of today's."""

    amount: str | None = Field(default=None, pattern=f"^{AMOUNT}$", examples=["25", None])


def _real(day: str) -> str:
    return date.fromisoformat(day).isoformat()


RealDay = Annotated[OwnDay, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_real)]


class Wish(BaseModel):
    """What the task shall be; whatever is left out stays."""

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)] | None = Field(
        default=None, examples=["Dune Messiah"]
    )
    due: RealDay | None = None
    state: Literal["open", "paused", "archived"] | None = Field(default=None, examples=["paused"])


@router.get("", responses=refuses(401, 422))
def list_tasks(
    asking: Asking, ports: Given, state: State = "open", limit: Limit = 20, cursor_: Cursor = ""
) -> Board:
    """A page of cards, in the order of their numbers."""
    return tasks_of(ports).board(asking, state=state, after=_number(position(cursor_)), limit=limit)


@router.post("", status_code=201, responses=refuses(400, 401, 404, 409, 413, 422))
def add_task(sentence: Sentence, creating: Creating) -> Told:
    """Add what a sentence says; what it leaves open is proposed, and what is like another is asked about."""
    with _unreadable():
        return _once(creating, Told, lambda tasks, who, key: tasks.add(who, sentence.sentence, key))


@router.post("/answers", responses=refuses(400, 401, 404, 409, 413, 422))
def answer_question(said: Said, creating: Creating) -> Told:
    """The answer to what the assistant asked or proposed last."""
    return _once(creating, Told, lambda tasks, who, key: tasks.answer(who, said.text, key))


@router.post("/undo", responses=refuses(401, 404, 409, 422))
def undo(creating: Creating) -> Undone:
    """Take the last change back."""
    return _once(creating, Undone, lambda tasks, who, key: tasks.undo(who, key))


@router.get("/{task}", responses=ETAG | refuses(401, 404, 422))
def read_task(task: TaskId, asking: Asking, response: Response, ports: Given) -> Report:
    """One task, with a year of days."""
    report = _there(tasks_of(ports).report(asking, task))
    response.headers["etag"] = etag(report.card.version)
    return report


@router.patch("/{task}", responses=ETAG | refuses(400, 401, 404, 412, 413, 422, 428))
def change_task(
    task: TaskId, wish: Wish, asking: Asking, response: Response, ports: Given, if_match: IfMatch = None
) -> Card:
    """Rename, pause, take up again, put away, or give another end: the task as it was read."""
    tasks = tasks_of(ports)
    version = version_of(if_match, now=lambda: _there(tasks.report(asking, task)).card.version)
    with _unreadable():
        card = _there(tasks.change(asking, task, _meant(wish), version=version))
    response.headers["etag"] = etag(card.version)
    return card


@router.post("/{task}/reps", status_code=201, responses=refuses(400, 401, 404, 409, 413, 422))
def log_rep(task: TaskId, rep: Rep, creating: Creating) -> Logged:
    """Something was done today."""
    amount = None if rep.amount is None else Decimal(rep.amount)
    return _once(creating, Logged, lambda tasks, who, key: _there(tasks.rep(who, task, amount, key)))


@router.post("/{task}/skips", status_code=201, responses=refuses(401, 404, 409, 422))
def skip_rep(task: TaskId, creating: Creating) -> Logged:
    """Today's rep is skipped on purpose, which breaks no streak."""
    return _once(creating, Logged, lambda tasks, who, key: _there(tasks.skip(who, task, key)))


def _meant(wish: Wish) -> TaskWish:
    return TaskWish(wish.title, date.fromisoformat(wish.due) if wish.due else None, wish.state)


def _once(
    creating: Creation, kind: type[Answer], act: Callable[[Tasks, Principal, str | None], Answer]
) -> Answer:
    """Under an Idempotency-Key it is done once and answered the same, even after a crash in between."""

    def make() -> Made:
        made = act(tasks_of(creating.ports), creating.asking, creating.key)
        return Made(made.model_dump_json())

    return kind.model_validate_json(creating.once(make).answer)


def _there(found: Answer | None) -> Answer:
    if found is None:
        raise Problem(404, NO_SUCH_TASK)
    return found


@contextmanager
def _unreadable() -> Iterator[None]:
    """What cannot be made of the words is their fault."""
    try:
        yield
    except UserFacing as error:
        if type(error) is not UserFacing:
            raise
        raise Problem(422, str(error)) from error


def _number(position_: str) -> int:
    if not position_:
        return 0
    if not (position_.isdecimal() and len(position_) <= NUMBER_DIGITS):
        raise BadPosition
    return int(position_)
