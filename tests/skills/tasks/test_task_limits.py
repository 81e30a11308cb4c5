"""What the tools of tasks do not take, the commands do not either, and they say why."""

import pytest
from switchboard.skills.tasks.limits import LARGEST_AMOUNT, LARGEST_NUMBER, LONGEST_EFFORT, LONGEST_TITLE

from tests.skills.tasks.talk import Talk


@pytest.fixture
def talk() -> Talk:
    made = Talk()
    made.say("/add read 20 pages of Dune every day")
    return made


def test_a_name_has_as_many_characters_whoever_gives_it(talk: Talk) -> None:
    longest, longer = "x" * LONGEST_TITLE, "x" * (LONGEST_TITLE + 1)
    assert f"it is {longest} now" in talk.say(f"/rename 1 to {longest}")
    assert "at most" in talk.say(f"/rename 1 to {longer}")
    assert "at most" in talk.call("change_task", task="1", change="rename", to=longer)
    assert talk.task(1).plan.title == longest


def test_a_rep_takes_a_day_at_most(talk: Talk) -> None:
    assert talk.say(f"/add write, {LONGEST_EFFORT} minutes each, every monday").startswith("Added 2")
    assert "a whole day" in talk.say(f"/add paint, {LONGEST_EFFORT + 1} minutes each, every monday")
    assert "a whole day" in talk.say("/add draw, 1000000 hours each, every monday")


def test_an_amount_that_rounds_to_nothing_is_not_logged(talk: Talk) -> None:
    assert "log_rep was not run" in talk.call("log_rep", what="Dune", amount=0.004, unit="page", day=None)
    assert talk.task(1).done == 0


def test_more_than_the_largest_amount_is_not_logged(talk: Talk) -> None:
    assert "log_rep was not run" in talk.call(
        "log_rep", what="Dune", amount=float(LARGEST_AMOUNT) + 1, unit="page", day=None
    )


def test_a_number_to_choose_has_an_end(talk: Talk) -> None:
    assert "Answer with a number" in talk.say(f"/pick {LARGEST_NUMBER + 1}")
    assert "answer_question was not run" in talk.call("answer_question", number=LARGEST_NUMBER + 1)
