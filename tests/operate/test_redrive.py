"""Dead letters go back to work: all of them, as they were, and safe to cut short."""

from typing import Any

import pytest
from switchboard.adapters.operations import dead_letters

from tests.operate.conftest import Stage, Terminal

BODIES = [f'{{"conversation": "{number}"}}' for number in range(12)]


def test_letters_go_back_to_the_queue_they_came_from(stage: Stage, terminal: Terminal) -> None:
    stage.bury("turns", *BODIES)
    said = terminal.run("redrive turns")
    assert (said.code, said.out) == (0, "letters/turns: 12 sent back.")
    assert "turns: 12 of 12" in said.error
    back = [*stage.lying_in("Turns"), *stage.lying_in("Turns")]
    assert sorted(message["Body"] for message in back) == sorted(BODIES)
    assert terminal.run("stuck").out == "Nothing is stuck."


def test_they_keep_their_attributes(stage: Stage, terminal: Terminal) -> None:
    stage.bury("turns", BODIES[0])
    terminal.run("redrive turns")
    (message,) = stage.lying_in("Turns")
    assert message["MessageAttributes"]["channel"]["StringValue"] == "sms"


def test_all_are_those_that_have_somewhere_to_go(stage: Stage, terminal: Terminal) -> None:
    fed = ("turns", "sms-replies", "errands", "uploads")
    for name in (*fed, "sweep"):
        stage.bury(name, BODIES[0])
    done = terminal.run("redrive all --json").json
    assert done == [{"id": f"letters/{name}", "outcome": "1 sent back"} for name in fed]
    assert "letters/sweep" in terminal.run("stuck").out


def test_letters_that_came_from_no_queue_are_refused_with_what_to_do(
    stage: Stage, terminal: Terminal
) -> None:
    stage.bury("sweep", "{}")
    said = terminal.run("redrive sweep")
    assert said.code == 4
    assert "close" in said.error


def test_whoever_cuts_it_short_loses_nothing(
    stage: Stage, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.bury("turns", *BODIES[:3])
    monkeypatch.setattr(dead_letters, "OUT_OF_SIGHT_SECONDS", 0)
    delete = dead_letters._delete

    def interrupt(*_arguments: Any) -> None:  # noqa: ANN401 - as it is called
        raise KeyboardInterrupt

    monkeypatch.setattr(dead_letters, "_delete", interrupt)
    said = terminal.run("redrive turns")
    assert (said.code, said.out) == (130, "")
    assert "the rest is where it was" in said.error
    monkeypatch.setattr(dead_letters, "_delete", delete)
    terminal.run("redrive turns")
    assert {message["Body"] for message in stage.lying_in("Turns")} == set(BODIES[:3])


def test_what_fails_again_meanwhile_is_not_sent_round_in_circles(stage: Stage) -> None:
    """As many are moved as there were, and no more."""
    stage.bury("turns", *BODIES[:2])
    queue = stage.account.dead_letters["turns"]

    def come_back(_done: int, _total: int) -> None:
        stage.bury("turns", "again")

    assert dead_letters.redrive(stage.account.sqs, queue, progress=come_back) == 2


@pytest.mark.parametrize(("name", "thrown"), [("letters/sweep", 2), ("letters/sweep/{one}", 1)])
def test_letters_can_be_thrown_away(stage: Stage, terminal: Terminal, name: str, thrown: int) -> None:
    stage.bury("sweep", "{}", "{}")
    one = terminal.run("show letters/sweep --json").json[0]["message"]
    assert terminal.run(f"close {name.format(one=one)}").out.endswith(f"{thrown} thrown away.")
    left = terminal.run("stuck --json").json
    assert sum(each["count"] for each in left) == 2 - thrown


def test_a_letter_that_is_not_there_is_not_thrown_away(stage: Stage, terminal: Terminal) -> None:
    stage.bury("sweep", "{}")
    assert terminal.run("close letters/sweep/nowhere").code == 3
    assert terminal.run("stuck --json").json[0]["count"] == 1
