"""However a turn spends, and whatever crashes: what is settled was reserved first, within every cap."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.core.conversation.turn import MAX_ATTEMPTS, turn_of
from switchboard.core.conversation.turn_cost import worst_case
from switchboard.core.errors import ModelInterrupted, ModelUnavailable
from switchboard.core.messages.keywords import keyword
from switchboard.core.model.token_estimates import request_tokens
from switchboard.core.model.types import Assistant, Finished, Request, ToolCall, Usage
from switchboard.core.skills.spec import Toolbox
from switchboard.core.spend.ledger import SpendCaps, SpendLimits, digest, micros

from tests.examples import ADA, ADAS_PHONE, prompt, text
from tests.fakes.desk import BILLED, Office
from tests.fakes.interruptions import die
from tests.fakes.ledger import EVERYBODY
from tests.fakes.model import FakeModel, FakeStream, Step
from tests.fakes.tool import library
from tests.fakes.world import World

LOTS = 10**9
CALL = ToolCall("c-1", "library", "{}")
KINDS: dict[str, tuple[Step, ...]] = {
    "answers": ("one two three four five",),
    "reads": (CALL,),
    "reads a lot": (CALL, replace(CALL, id="c-2"), replace(CALL, id="c-3")),
    "breaks off": ("It is", ModelInterrupted("cut")),
    "is down": (ModelUnavailable("down"),),
}


def each_byte(request: Request) -> int:
    """A token of each byte that a model is told: no tokenizer makes more."""
    calls = [call for each in request.messages if isinstance(each, Assistant) for call in each.tool_calls]
    told = [
        *(each.text for each in request.messages),
        *(call.id + call.name + call.arguments for call in calls),
        *(tool.name + tool.description + json.dumps(tool.parameters) for tool in request.tools),
    ]
    return len("".join(told).encode()) + 4 * len(request.messages)


COUNTS = {"by our estimate": request_tokens, "each byte": each_byte}


@dataclass
class Dear(FakeModel):
    """Each call is counted `by` somebody as all that was asked, and as all that might have been written."""

    kinds: list[str] = field(default_factory=lambda: ["answers"])
    by: Callable[[Request], int] = request_tokens

    def stream(self, request: Request) -> FakeStream:
        kind = self.kinds[len(self.requests) % len(self.kinds)]
        self.requests.append(request)
        used = Usage("grammar", self.by(request), 0, request.max_tokens)
        return FakeStream([*KINDS[kind], Finished(used, "stop")])


def world(
    kinds: list[str],
    person: int = LOTS,
    everybody: int = LOTS,
    *,
    exempt: bool = False,
    counted: str = "by our estimate",
) -> World:
    """Ada may spend so much a day, and everybody together."""
    named = frozenset({digest(f"sms:{ADAS_PHONE.value}")} if exempt else ())
    limits = SpendLimits(SpendCaps(person, LOTS), SpendCaps(everybody, LOTS), exempt=named)
    office = Office(
        Dear(kinds=kinds, by=COUNTS[counted]),
        skills={"test": Toolbox(tools=[library()])},
        sms=BILLED,
        spend=limits,
    )
    return World(office=office)


def say(made: World, words: str) -> None:
    """As receiving does it; what begins with ">" is typed on the page."""
    make = prompt if words.startswith(">") else text
    message = make(next(made.numbers), words.removeprefix(">"))
    made.office.keep(replace(message, keyword=keyword(message.text)))
    made.queue.signal("")


WORST = worst_case(turn_of([text(1)]), spec=BILLED, engine=world([]).office.engine)
THOUGHT = WORST.turn - WORST.notice


def check(made: World) -> None:
    """Keywords are answered whatever the person has spent, never beyond everybody's cap."""
    limits, sheets = made.office.spend, made.office.ledger.sheets
    for turn in made.office.turns:
        assert turn.finished
        assert micros(turn.cost) <= turn.reservation.amount
    owed = sum(micros(turn.cost) for turn in made.office.turns if turn.keyword)
    spent = sum(micros(turn.cost) for turn in made.office.turns)
    own, everybody = (
        sum(sum(sheet.committed.values()) for (who, _), sheet in sheets.items() if who == whose)
        for whose in (ADA, EVERYBODY)
    )
    assert own == sum(sum(sheet.settled.values()) for (who, _), sheet in sheets.items() if who == ADA)
    assert own == spent
    if not limits.exempt:
        assert spent <= everybody <= limits.deployment.day
        assert spent - owed <= limits.person.day


# One turn, and workers that vanish


@pytest.mark.parametrize("counted", COUNTS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("deaths", range(1, MAX_ATTEMPTS + 2))
def test_however_many_workers_vanish_no_more_is_settled_than_was_reserved(
    kind: str, deaths: int, counted: str
) -> None:
    alone = world([kind], counted=counted)
    say(alone, "Hi")
    steps = alone.work()
    for step in range(1, steps + 1):
        made = world([kind], counted=counted)
        say(made, "Hi")
        for _ in range(deaths):
            if made.queue.pending:
                made.work({step: die})
                made.expire()
        made.settle()
        check(made)


# Everything a person may say, whatever happens to whoever answers

happenings = st.dictionaries(
    st.integers(min_value=1, max_value=40),
    st.sampled_from(["die", "expire", "overtake", "text", "prompt"]),
    max_size=3,
)
sayings = st.sampled_from(
    ["Hi", ">Hi", "tell me " * 30, "/usage", ">/usage", "more", "STOP", "HELP", "START"]
)
caps = st.sampled_from([0, WORST.notice, WORST.turn, WORST.turn + THOUGHT, 3 * WORST.turn, 9 * WORST.turn])
purses = st.tuples(caps, caps, st.booleans())
lives = st.lists(happenings, min_size=1, max_size=5)
kinds = st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4)


@settings(max_examples=200, deadline=None)
@given(st.lists(sayings, min_size=1, max_size=5), kinds, lives, purses, st.sampled_from(sorted(COUNTS)))
def test_what_is_settled_was_reserved_within_every_cap(
    said: list[str],
    kinds: list[str],
    lives: list[dict[int, str]],
    pool: tuple[int, int, bool],
    counted: str,
) -> None:
    person, everybody, exempt = pool
    made, later = world(kinds, person, everybody, exempt=exempt, counted=counted), list(lives)

    def life() -> dict[int, Callable[[], None]]:
        happens: dict[str, Callable[[], None]] = {
            "die": die,
            "expire": made.expire,
            "overtake": lambda: made.overtake(life()),
            "text": lambda: say(made, "And"),
            "prompt": lambda: say(made, ">And"),
        }
        return {step: happens[kind] for step, kind in (later.pop() if later else {}).items()}

    for words in said:
        say(made, words)
    while later and made.queue.pending:
        made.work(life())
    made.settle()
    check(made)
