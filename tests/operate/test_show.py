"""One thing is told in full, except for what people said and where they are: that has to be asked for."""

import json

import pytest
from switchboard.core.channels.delivery import PartState
from switchboard.core.conversation.turn import TurnState

from tests.examples import ADAS_PHONE, CONVERSATION
from tests.operate.conftest import Stage, Terminal

SIGNAL = json.dumps({"conversation": CONVERSATION, "turn": "turn-9", "text": "Secret words"})


def failed(stage: Stage) -> str:
    """A failed turn whose reply is in doubt."""
    turn = stage.turn(1, minutes=20, state=TurnState.FAILED)
    stage.part(PartState.UNKNOWN_AFTER_SEND, minutes=19, turn=turn.id)
    return turn.id


def test_a_turn_is_told_with_its_state_and_its_part(stage: Stage, terminal: Terminal) -> None:
    name = f"turn/{CONVERSATION}/{failed(stage)}"
    (told,) = terminal.run(f"show {name} --json").json
    assert (told["id"], told["state"], told["part"]) == (name, "failed", "unknown_after_send")
    assert (told["attempts"], told["message_id"], told["channel"]) == (1, "text-1", "sms")
    assert (told["asked"], told["to"]) == ("9 characters", "…0150")


def test_a_part_is_told_with_where_it_goes(stage: Stage, terminal: Terminal) -> None:
    name = f"part/{CONVERSATION}/{failed(stage)}"
    (told,) = terminal.run(f"show {name} --json").json
    assert (told["id"], told["part_state"], told["detail"]) == (name, "unknown_after_send", "no answer")
    assert (told["channel"], told["to"], told["page"]) == ("sms", "…0150", "11 characters")
    assert told["at"].endswith("Z")


@pytest.mark.parametrize("kind", ["turn", "part"])
def test_what_was_said_is_shown_only_when_asked_for(stage: Stage, terminal: Terminal, kind: str) -> None:
    name = f"{kind}/{CONVERSATION}/{failed(stage)}"
    discreet, all_of_it = terminal.run(f"show {name}").out, terminal.run(f"show {name} --text").out
    assert "Sorry, Ada." not in discreet
    assert ADAS_PHONE.value not in discreet
    assert "Sorry, Ada." in all_of_it
    assert ADAS_PHONE.value in all_of_it


def test_a_part_of_a_turn_that_is_gone_is_told_nevertheless(stage: Stage, terminal: Terminal) -> None:
    stage.part(PartState.INTENDED, minutes=20)
    (told,) = terminal.run(f"show part/{CONVERSATION}/turn-1 --json").json
    assert told["part_state"] == "intended"


def test_a_conversation_is_told_with_its_counts_and_its_lease(stage: Stage, terminal: Terminal) -> None:
    turn = stage.turn(1, minutes=5)
    stage.keep(2, minutes=1)
    (told,) = terminal.run(f"show conversation/{CONVERSATION} --json").json
    assert (told["came"], told["taken"], told["open_turn"], told["held"]) == (2, 1, turn.id, False)


def test_dead_letters_are_told_with_the_ids_in_them(stage: Stage, terminal: Terminal) -> None:
    stage.bury("turns", SIGNAL, "[", "7")
    told = terminal.run("show letters/turns --json").json
    (ours,) = (each for each in told if "turn" in each)
    assert (ours["conversation"], ours["turn"]) == (CONVERSATION, "turn-9")
    assert ours["body"] == f"{len(SIGNAL)} characters"
    assert len(told) == 3
    one = terminal.run(f"show letters/turns/{ours['message']} --text --json").json
    assert [each["body"] for each in one] == [SIGNAL]


@pytest.mark.parametrize(
    "name",
    ["turn/private-x/y", "part/private-x/y", "conversation/x", "letters/turns", "letters/nowhere"],
)
def test_what_does_not_exist_is_said_not_to(stage: Stage, terminal: Terminal, name: str) -> None:
    said = terminal.run(f"show {name}")
    assert (said.code, said.out) == (3, "")
    assert said.error.startswith("There ")


@pytest.mark.parametrize("name", ["", "turn", "turn/a", "turn/a/b/c", "people/a", "letters/"])
def test_what_names_nothing_is_refused_with_what_a_name_looks_like(
    stage: Stage, terminal: Terminal, name: str
) -> None:
    said = terminal.run(f"show {name}")
    assert said.code == 2
    assert said.error
