"""Settled never exceeds reserved: each step of a call may crash, come again, and cost all that it can."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.core.errors import ModelUnavailable
from switchboard.core.model.names import listed
from switchboard.core.model.token_estimates import request_tokens
from switchboard.core.model.types import Completion, Request, Role, Usage
from switchboard.core.spend.prices import TokenPrice
from switchboard.skills.calls.analysis.planning import Budget
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.profiles.builtin import STANDARD as PROFILE
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.workflow.analyze import Task, abandoned, answer, finish, prepare
from switchboard.skills.calls.workflow.context import fail
from switchboard.skills.calls.workflow.transcribe import look, start, transcribe

from tests.fakes.containers import opus, pcm, variable_mp3
from tests.skills.calls.examples import ADA, PRICES, World, call, elevenlabs
from tests.skills.calls.fakes import FakeBlobs
from tests.skills.calls.uploading import arrived, sent, uploaded

T = TypeVar("T")
STANDARD = (
    '{"summary": "x", "topics": [], "sentiment": [], "action_items": [], "scorecard": [], "quotes": []}'
)
NAMES = {Role.SMALL: ("reader",), Role.LARGE: ("scholar",)}
DEAR = TokenPrice(Decimal(10), Decimal(10), Decimal(10))
DEARER = replace(PRICES, models={**PRICES.models, "scholar": DEAR})
SMALL = Budget(request=6_000, answer=400, overlap=50)
TRIES = 4


class Crash(Exception):
    """The function died there."""


@dataclass
class Luck:
    """What goes wrong next, as it was drawn; when that is used up nothing does."""

    drawn: list[bool]

    def strikes(self) -> bool:
        return bool(self.drawn) and self.drawn.pop()


@dataclass
class Greedy:
    """Models that take all that a request allows; what they say fits or does not, and they may be away."""

    luck: Luck
    fits: Luck

    def complete(self, request: Request) -> Completion:
        if self.luck.strikes():
            raise ModelUnavailable("away")
        model = request.model or NAMES[request.role][0]
        usage = Usage(model, prompt=request_tokens(request), completion=request.max_tokens)
        return Completion("nonsense" if self.fits.strikes() else STANDARD, usage=usage)


@dataclass
class Fragile(FakeBlobs):
    """A write of ours may be the last thing that a function does, made or not; an upload is not ours."""

    crashes: list[bool] = field(default_factory=list)
    luck: Luck = field(default_factory=lambda: Luck([]))

    def upload(self, key: str, version: str, content: bytes) -> None:
        super().upload(key, version, content)
        self.luck = Luck(self.crashes)

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        if self.luck.strikes():
            raise Crash
        super().put(key, content, content_type=content_type)
        if self.luck.strikes():
            raise Crash


def insisted(step: Callable[[], T]) -> T:
    """As the machine does: what may succeed later is tried again."""
    for _ in range(TRIES):
        try:
            return step()
        except (Crash, ModelUnavailable):
            continue
    raise CallFailed(Reason.INTERNAL)


def worked_on(world: World, content: bytes, said: list[str], claimed: float) -> None:
    """From its upload to its end, whichever that is."""
    made = uploaded(world, replace(call(), size=len(content)), content)
    started = start(world.desk, arrived(made, size=len(content)))
    if started is None:
        return
    task = Task(made.id, "a1", "", 0, 0)
    try:
        insisted(lambda: transcribe(world.desk, made.id, token="t", longest=started.longest_ms))
        result = {**elevenlabs(*said), "audio_duration_secs": claimed}
        world.transcriber.results["job-1"] = result
        insisted(lambda: sent(world, made, result))
        insisted(lambda: look(world.desk, made.id))
        task = insisted(lambda: prepare(world.desk, made.id, analysis="a1"))
        for number in range(task.works):
            insisted(lambda number=number: answer(world.desk, task, number))  # type: ignore[misc]
        insisted(lambda: finish(world.desk, task))
    except CallFailed as error:
        for _ in range(2):
            fail(world.desk, made.id, error.reason, spent=abandoned(world.desk, task))


def analysing_by(model: str) -> World:
    """Where a profile that asks for this model is preferred."""
    world = World(budget=SMALL)
    world.desk = replace(world.desk, prices=DEARER, models=NAMES)
    book = ProfileBook(world.records, ADA, listed(NAMES))
    book.publish("mine", book.save(replace(PROFILE, id="mine", model=model)).version)
    book.prefer("mine")
    return world


strikes = st.lists(st.booleans(), max_size=12)
lines = st.lists(
    st.builds(lambda who, words: f"{who}: {'word ' * words}", st.sampled_from("ab"), st.integers(1, 120)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(
    content=st.sampled_from([pcm(3), pcm(0.1), opus(36_000), opus(60) + bytes(90_000), variable_mp3(2)]),
    said=lines,
    claimed=st.floats(0, 36_000),
    model=st.sampled_from(["small", "large", "scholar"]),
    away=strikes,
    unfit=strikes,
    crashes=strikes,
)
def test_settled_never_exceeds_reserved(
    content: bytes,
    said: list[str],
    claimed: float,
    model: str,
    away: list[bool],
    unfit: list[bool],
    crashes: list[bool],
) -> None:
    world = analysing_by(model)
    world.blobs = Fragile(crashes=crashes)
    world.desk = replace(world.desk, blobs=world.blobs, model=Greedy(Luck(away), Luck(unfit)))
    worked_on(world, content, said, claimed)
    for name, paid in world.till.settled.items():
        assert paid <= world.till.reserved[name], name
    assert world.till.settled.keys() == world.till.reserved.keys()
