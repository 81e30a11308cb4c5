"""What is stuck is listed, and what only takes its time is not."""

import json

import pytest
from switchboard.core.channels.delivery import PartState
from switchboard.core.conversation.turn import TurnState

from tests.examples import CONVERSATION
from tests.operate.conftest import Stage, Terminal

SIGNAL = json.dumps({"conversation": CONVERSATION})


def ids(terminal: Terminal) -> list[str]:
    said = terminal.run("stuck --json")
    assert said.code == 0
    return [each["id"] for each in said.json]


def test_where_nothing_is_stuck_it_says_so(stage: Stage, terminal: Terminal) -> None:
    assert terminal.run("stuck").out == "Nothing is stuck."
    assert ids(terminal) == []


def test_dead_letters_are_counted_and_left_where_they_are(stage: Stage, terminal: Terminal) -> None:
    stage.bury("turns", *[SIGNAL] * 3)
    stage.bury("sweep", "{}")
    for _ in range(2):
        found = terminal.run("stuck --json").json
        assert [(each["id"], each["count"]) for each in found] == [("letters/turns", 3), ("letters/sweep", 1)]


@pytest.mark.parametrize(
    ("state", "minutes", "listed"),
    [
        (PartState.UNKNOWN_AFTER_SEND, 0, True),
        (PartState.INTENDED, 14, False),
        (PartState.INTENDED, 16, True),
        (PartState.WITHDRAWN, 14, False),
        (PartState.WITHDRAWN, 16, True),
        (PartState.SENT, 16, False),
        (PartState.UNDELIVERABLE, 16, False),
    ],
)
def test_a_part_is_stuck_when_nobody_will_find_out_by_himself(
    stage: Stage, terminal: Terminal, state: PartState, minutes: int, *, listed: bool
) -> None:
    stage.part(state, minutes=minutes)
    assert ids(terminal) == ([f"part/{CONVERSATION}/turn-1"] if listed else [])


def test_failed_turns_are_stuck_and_answered_ones_are_not(stage: Stage, terminal: Terminal) -> None:
    failed = stage.turn(1, minutes=5, state=TurnState.FAILED)
    stage.turn(2, minutes=4, state=TurnState.ANSWERED)
    assert ids(terminal) == [f"turn/{CONVERSATION}/{failed.id}"]


@pytest.mark.parametrize(("stream", "can"), [("", "rerun, or close"), ("connection-1", "close ID=turn/")])
def test_a_failed_turn_is_run_again_unless_its_page_was_told(
    stage: Stage, terminal: Terminal, stream: str, can: str
) -> None:
    stage.turn(1, minutes=5, state=TurnState.FAILED, stream=stream)
    assert can in terminal.run("stuck").out


@pytest.mark.parametrize(("minutes", "listed"), [(2, False), (4, True)])
def test_a_conversation_that_waits_too_long_is_stuck(
    stage: Stage, terminal: Terminal, minutes: int, *, listed: bool
) -> None:
    stage.keep(1, minutes=minutes)
    assert ids(terminal) == ([f"conversation/{CONVERSATION}"] if listed else [])


@pytest.mark.parametrize(("minutes", "listed"), [(0, False), (1, True)])
def test_a_turn_whose_holder_vanished_is_noticed_when_its_lease_runs_out(
    stage: Stage, terminal: Terminal, minutes: int, *, listed: bool
) -> None:
    stage.turn(1, minutes=minutes)
    found = terminal.run("stuck --json").json
    assert [each["state"] for each in found] == (["open turn, holder vanished"] if listed else [])


def test_the_table_has_what_waits_longest_first_and_says_what_to_do(stage: Stage, terminal: Terminal) -> None:
    stage.bury("sms-replies", "{}")
    stage.part(PartState.UNKNOWN_AFTER_SEND, minutes=90)
    stage.turn(1, minutes=3 * 24 * 60, state=TurnState.FAILED)
    head, letters, turn, part = terminal.run("stuck").out.splitlines()
    assert head.split() == ["id", "state", "since", "next:", "make", "…"]
    assert letters.endswith("redrive QUEUE=sms-replies")
    assert "failed" in turn
    assert "3 days" in turn
    assert "unknown_after_send" in part
    assert "1 h" in part
