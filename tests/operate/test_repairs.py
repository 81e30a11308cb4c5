"""A part is sent again, a turn asked again, either is closed; on what does not wait nothing is changed."""

import pytest
from switchboard.core.channels.delivery import PartKey, PartState
from switchboard.core.conversation.turn import Turn, TurnState
from switchboard.core.operations.repairs import AuditStamp

from tests.examples import CONVERSATION
from tests.operate.conftest import Stage, Terminal, ago


def in_doubt(stage: Stage) -> Turn:
    """An answered turn whose reply may or may not have left."""
    turn = stage.turn(1, minutes=20, state=TurnState.ANSWERED)
    stage.part(PartState.UNKNOWN_AFTER_SEND, minutes=19, turn=turn.id)
    return turn


def named(kind: str, turn: Turn) -> str:
    return f"{kind}/{CONVERSATION}/{turn.id}"


def test_a_part_goes_out_again_with_its_stored_page(stage: Stage, terminal: Terminal) -> None:
    turn = in_doubt(stage)
    said = terminal.run(f"resend {named('part', turn)}")
    assert (said.code, said.out) == (0, f"{named('part', turn)}: goes out again.")
    (reply,) = stage.heard_by("replies")
    assert (reply["turn"], reply["text"], reply["address"]["value"]) == (
        turn.id,
        turn.page,
        turn.address.value,
    )
    (told,) = terminal.run(f"show {named('part', turn)} --json").json
    assert told["part_state"] == "withdrawn"
    assert told["resent_by"].startswith("arn:aws:sts::")


@pytest.mark.parametrize("state", [PartState.SENT, PartState.UNDELIVERABLE])
def test_a_part_whose_fate_is_known_is_not_sent_again(
    stage: Stage, terminal: Terminal, state: PartState
) -> None:
    turn = stage.turn(1, minutes=20, state=TurnState.ANSWERED)
    stage.part(state, minutes=19, turn=turn.id)
    assert terminal.run(f"resend {named('part', turn)}").code == 4
    assert stage.heard_by("replies") == []


def test_a_failed_turn_is_asked_again_and_closed(stage: Stage, terminal: Terminal) -> None:
    turn = stage.turn(1, minutes=20, state=TurnState.FAILED)
    said = terminal.run(f"rerun {named('turn', turn)}")
    assert said.code == 0
    assert [signal["conversation"] for signal in stage.heard_by("turns")] == [CONVERSATION]
    again = said.out.rpartition("/")[2].rstrip(".")
    waiting = stage.account.repairs.item(CONVERSATION, f"WAIT#{again}")
    assert (waiting["text"], waiting["address"]["value"]) == (turn.asked, turn.address.value)
    (told,) = terminal.run(f"show {named('turn', turn)} --json").json
    assert told["rerun_as"] == again
    assert terminal.run("stuck").out == "Nothing is stuck."


def test_asking_again_twice_asks_once(stage: Stage, terminal: Terminal) -> None:
    turn = stage.turn(1, minutes=20, state=TurnState.FAILED)
    codes = [terminal.run(f"rerun {named('turn', turn)}").code for _ in range(2)]
    assert codes == [0, 4]
    assert stage.account.repairs.item(CONVERSATION, "STATE")["came"] == 2


def test_a_turn_of_a_page_is_not_asked_again(stage: Stage, terminal: Terminal) -> None:
    turn = stage.turn(1, minutes=20, state=TurnState.FAILED, stream="socket-1")
    said = terminal.run(f"rerun {named('turn', turn)}")
    assert said.code == 4
    assert "page" in said.error
    assert stage.heard_by("turns") == []


def test_who_waits_is_signalled_for(stage: Stage, terminal: Terminal) -> None:
    stage.keep(1, minutes=10)
    assert terminal.run(f"rerun conversation/{CONVERSATION}").code == 0
    assert [signal["conversation"] for signal in stage.heard_by("turns")] == [CONVERSATION]
    assert terminal.run("rerun conversation/nobody").code == 3


@pytest.mark.parametrize("kind", ["part", "turn"])
def test_what_is_closed_is_stuck_no_longer(stage: Stage, terminal: Terminal, kind: str) -> None:
    turn = stage.turn(1, minutes=20, state=TurnState.FAILED if kind == "turn" else TurnState.ANSWERED)
    if kind == "part":
        stage.part(PartState.WITHDRAWN, minutes=19, turn=turn.id)
    assert [terminal.run(f"close {named(kind, turn)}").code for _ in range(2)] == [0, 4]
    assert terminal.run("stuck").out == "Nothing is stuck."
    (told,) = terminal.run(f"show {named(kind, turn)} --json").json
    assert told["closed_by"].startswith("arn:aws:sts::")
    assert told["closed_at"].endswith("Z")


def test_after_an_outage_all_failed_turns_are_dealt_with_at_once(stage: Stage, terminal: Terminal) -> None:
    for number in range(3):
        stage.turn(number, minutes=20 - number, state=TurnState.FAILED)
    stage.part(PartState.UNKNOWN_AFTER_SEND, minutes=19)
    assert len(terminal.run("rerun turns --json").json) == 3
    assert [each["id"] for each in terminal.run("stuck --json").json] == [f"part/{CONVERSATION}/turn-1"]
    assert len(terminal.run("close parts --json").json) == 1


@pytest.mark.parametrize(
    "line",
    [
        f"resend turn/{CONVERSATION}/x",
        "resend letters/turns",
        f"rerun part/{CONVERSATION}/x",
        "rerun letters/turns",
        f"close conversation/{CONVERSATION}",
    ],
)
def test_a_repair_that_a_thing_does_not_know_is_refused(stage: Stage, terminal: Terminal, line: str) -> None:
    said = terminal.run(line)
    assert (said.code, said.out) == (2, "")
    assert said.error


def test_a_part_that_may_be_on_its_way_is_left_alone(stage: Stage) -> None:
    stage.part(PartState.INTENDED, minutes=0)
    assert not stage.account.repairs.withdraw(PartKey(CONVERSATION, "turn-1"), AuditStamp("me", ago(0)))
