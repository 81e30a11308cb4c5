"""A command or a tool that takes long keeps its lease: nobody does it a second time beside it."""

import time
from collections.abc import Callable

import pytest
from switchboard.core.conversation.reply import Limits
from switchboard.core.conversation.store import Busy, Lease
from switchboard.core.conversation.turn import TurnState
from switchboard.core.conversation.worker import LEASE_MS, RENEW_SECONDS
from switchboard.core.errors import LeaseLost
from switchboard.core.model.types import ToolCall
from switchboard.core.skills.spec import Command, Toolbox

from tests.examples import CONVERSATION, prompt
from tests.fakes.desk import Office
from tests.fakes.interruptions import Killed, die
from tests.fakes.model import FakeModel
from tests.fakes.tool import FakeTool

LONG_SECONDS = 3 * LEASE_MS / 1000
STEP_SECONDS = 5.0
PATIENCE_SECONDS = 3.0
OTHER = Lease(CONVERSATION, "other")

Work = Callable[[Office], object]


def by_command(work: Work) -> Office:
    """Ada asks for it herself."""
    office = Office()

    def run(_rest: str, _context: object) -> str:
        work(office)
        return "It is done."

    office.skills = {"test": Toolbox(commands={"slow": Command("takes long", run)})}
    office.keep(prompt(1, "/slow"))
    return office


def by_tool(work: Work) -> Office:
    """The model asks for it."""
    model = FakeModel([[ToolCall("c1", "slow", "{}")], ["It is done."]])
    office = Office(model, limits=Limits(seconds=2 * LONG_SECONDS))

    def run(_arguments: str) -> str:
        work(office)
        return "done"

    office.skills = {"test": Toolbox(tools=(FakeTool(run, name="slow"),))}
    office.keep(prompt(1, "Please do the slow thing."))
    return office


BOTH_WAYS = pytest.mark.parametrize("asked_for", [by_command, by_tool])


def takes_long(office: Office) -> None:
    """Time passes, and another worker tries to take the conversation all the while."""
    while office.clock.seconds < LONG_SECONDS:
        office.clock.advance(STEP_SECONDS)
        _wait_for(lambda: office.box.held_until >= office.clock.now_ms() + LEASE_MS - RENEW_SECONDS * 1000)
        with pytest.raises(Busy):
            office.conversations.acquire(OTHER, now_ms=office.clock.now_ms(), until_ms=0)


def is_overtaken(office: Office) -> None:
    """As if this process had stood still for longer than its lease."""
    office.box.holder = OTHER.token
    (turn,) = office.turns
    office.conversations.adopt(OTHER, turn, turn.reservation)
    office.clock.advance(LEASE_MS / 1000 + 1)


def _wait_for(condition: Callable[[], bool]) -> None:
    began = time.monotonic()
    while not condition() and time.monotonic() - began < PATIENCE_SECONDS:
        time.sleep(0.001)


@BOTH_WAYS
def test_what_takes_three_leases_time_is_never_adopted_by_another(
    asked_for: Callable[[Work], Office],
) -> None:
    done: list[float] = []

    def work(office: Office) -> None:
        takes_long(office)
        done.append(office.clock.seconds)

    office = asked_for(work)
    assert office.work() == 1
    assert len(done) == 1
    assert (office.turns[0].text, office.turns[0].attempts) == ("It is done.", 1)


@BOTH_WAYS
def test_after_a_lost_lease_nothing_more_is_said(asked_for: Callable[[Work], Office]) -> None:
    office = asked_for(is_overtaken)
    with pytest.raises(LeaseLost):
        office.work()
    assert office.box.holder == OTHER.token
    assert office.replies.published == []
    assert {"delta", "done"}.isdisjoint(office.page().kinds)
    assert office.turns[0].state is TurnState.THINKING


def test_what_was_begun_is_waited_for_when_the_lease_is_lost_meanwhile() -> None:
    """Nothing of it goes on beside whatever this process does next."""
    ended: list[bool] = []

    def work(office: Office) -> None:
        is_overtaken(office)
        time.sleep(0.2)
        ended.append(True)

    with pytest.raises(LeaseLost):
        by_command(work).work()
    assert ended == [True]


def test_a_page_that_reconnects_during_a_long_command_hears_its_words() -> None:
    def work(office: Office) -> None:
        office.conversations.redirect(CONVERSATION, prompt(1).key, stream="socket-2", after=0)
        takes_long(office)

    office = by_command(work)
    office.work()
    assert office.page("socket-2").words == "It is done."


@BOTH_WAYS
def test_whoever_dies_in_the_middle_is_followed_by_another(asked_for: Callable[[Work], Office]) -> None:
    deaths = [die]

    def work(_office: Office) -> None:
        if deaths:
            deaths.pop()()

    office = asked_for(work)
    with pytest.raises(Killed):
        office.work()
    office.clock.advance(LEASE_MS / 1000 + 1)
    office.model.requests.clear()
    assert office.work() == 1
    assert (office.turns[0].text, office.turns[0].attempts) == ("It is done.", 2)
