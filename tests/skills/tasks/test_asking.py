"""When a sentence could mean either, the person is asked; nothing is guessed, merged or invented."""

import pytest

from tests.skills.tasks.talk import Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.fixture
def two_books(talk: Talk) -> Talk:
    talk.say("read 20 pages of Dune every day")
    talk.say("read 20 pages of Dune Messiah every day")
    talk.say("/pick 0")
    return talk


@pytest.mark.parametrize(
    "again",
    ["Dune, twenty pages daily", "read 20 pages of the DUNE each day", "add read dune 20 pages a day"],
)
def test_the_same_task_said_twice_is_the_same_entry(talk: Talk, again: str) -> None:
    talk.say("read 20 pages of Dune every day")
    kept = talk.kept()
    assert talk.say(f"/add {again}") == "You have that already: 1 read Dune: 20 pages every day."
    assert talk.kept() == kept


def test_a_similar_task_is_asked_about_and_nothing_is_changed_before_the_answer(talk: Talk) -> None:
    talk.say("read 20 pages of Dune every day")
    kept = talk.kept()
    assert talk.say("read 25 pages of Dune every day") == (
        "Do you mean 1 read Dune: 20 pages every day? Answer 1, or 0 for a new one."
    )
    assert talk.kept() == kept


def test_the_answer_changes_the_one_that_was_meant(talk: Talk) -> None:
    talk.say("read 20 pages of Dune every day")
    talk.say("did 30 pages")
    talk.say("read 25 pages of Dune every day")
    assert talk.say("/pick 1") == "Changed 1 read Dune: 25 pages every day (was 20 pages every day)."
    assert talk.task(1).plan.amount == 25
    assert talk.task(1).done == 30


def test_a_new_one_stands_beside_the_one_that_is_like_it(two_books: Talk) -> None:
    assert two_books.say("my tasks") == (
        "1 read Dune: 20 pages every day\n2 read Dune Messiah: 20 pages every day"
    )


def test_a_rep_that_could_be_either_is_asked_about(two_books: Talk) -> None:
    question = "Which one?\n1 read Dune: 20 pages every day\n2 read Dune Messiah: 20 pages every day\n"
    assert two_books.say("did 25 pages") == question + "Answer with the number."
    assert two_books.say("/pick 2") == "2 read Dune Messiah: 25 pages. 25/20 pages. Streak 1 day."
    assert two_books.say("did 5 pages of dune") == question + "Answer with the number."
    assert two_books.say("did 5 pages of messiah").startswith("2 read Dune Messiah: 5 pages.")


def test_a_name_said_in_full_is_meant(two_books: Talk) -> None:
    assert two_books.say("did 5 pages of read dune").startswith("1 read Dune: 5 pages.")
    assert two_books.say("did 2").startswith("2 read Dune Messiah: 20 pages.")


def test_what_is_due_is_asked_about_and_zero_answers_for_all(two_books: Talk) -> None:
    assert two_books.say("skip today").endswith("Answer with the number, or 0 for all of them.")
    assert two_books.say("/pick 0") == "Skipped 1 read Dune today.\nSkipped 2 read Dune Messiah today."


@pytest.mark.parametrize("number", ["/pick 7", "/pick 0"])
def test_a_number_that_answers_nothing_is_refused(two_books: Talk, number: str) -> None:
    two_books.say("did 25 pages")
    assert two_books.say(number) == "Answer with one of 1, 2."


def test_a_question_is_answered_once(two_books: Talk) -> None:
    two_books.say("did 25 pages")
    two_books.say("/pick 1")
    assert two_books.say("/pick 2") == "I have no open question to answer with a number."


@pytest.mark.parametrize("typed", ["messia", "mesiah", "mesaiah"])
def test_a_misspelled_name_is_asked_about(two_books: Talk, typed: str) -> None:
    assert "read Dune Messiah" in two_books.say(f"did {typed}")
    assert two_books.task(2).done == 0


def test_a_name_of_which_only_a_part_is_known_is_asked_about(two_books: Talk) -> None:
    assert two_books.say("did 10 pages of read emma").startswith("Which one?")
    assert two_books.task(1).done == 0


@pytest.mark.parametrize("text", ["did quantum physics", "skip gardening", "pause gardening", "did 5 km"])
def test_what_is_like_no_task_is_said_not_to_be_found(two_books: Talk, text: str) -> None:
    kept = two_books.kept()
    assert two_books.say(text).startswith(("I find no task like", "No open task is counted in"))
    assert two_books.kept() == kept


def test_a_proposal_counts_once_it_is_confirmed(talk: Talk) -> None:
    assert "My proposal: learn Rust, 30 minutes 3 times a week." in talk.say("learn Rust")
    assert talk.kept() == {}
    assert talk.say("sounds good") == "Added 1 learn Rust: 30 minutes 3 times a week."


def test_a_proposal_that_is_refused_is_gone(talk: Talk) -> None:
    talk.say("learn Rust")
    assert talk.say("no") == "All right, learn Rust is not added. Say it again with how much and how often."
    assert talk.say("yes") == "I have no open proposal to confirm."
    assert talk.kept() == {}


@pytest.mark.parametrize(
    ("rather", "plan"),
    [
        ("no, 20 minutes every day", "20 minutes every day"),
        ("actually every day", "30 minutes every day"),
        ("/add an hour", "1 hour 3 times a week"),
        ("/add 10 pages on weekends.", "10 pages on weekends"),
    ],
)
def test_a_proposal_is_answered_by_what_the_person_would_rather(talk: Talk, rather: str, plan: str) -> None:
    talk.say("learn Rust")
    assert talk.say(rather) == f"Added 1 learn Rust: {plan}."
    assert talk.say("yes") == "I have no open proposal to confirm."


def test_another_task_is_not_taken_for_an_answer_to_a_proposal(talk: Talk) -> None:
    talk.say("learn Rust")
    assert talk.say("stretch every day") == "Added 1 stretch: every day."
    assert talk.say("yes") == "Added 2 learn Rust: 30 minutes 3 times a week."


def test_a_plan_changes_by_a_number_alone(talk: Talk) -> None:
    talk.say("30 pushups every day")
    assert talk.say("move pushups to 40") == "Changed 1 pushups: 40x every day (was 30x every day)."


def test_what_no_plan_can_say_is_admitted(talk: Talk) -> None:
    assert talk.say("/add water the plants every other day") == (
        'I cannot plan "every other day". My proposal: water the plants, 3 times a week. '
        "Say yes, or say it again your way."
    )


def test_a_later_end_of_the_same_task_is_a_change_of_it(talk: Talk) -> None:
    talk.say("finish the tax return by April 12, about six sessions")
    assert talk.say("finish the tax return by April 20, about six sessions") == (
        "Changed: 1 finish the tax return: 6 sessions by Apr 20 2027."
    )


def test_an_archived_task_comes_back_and_a_finished_one_begins_anew(talk: Talk) -> None:
    talk.say("call the bank tomorrow")
    talk.say("archive bank")
    assert talk.say("call the bank tomorrow") == "Back in the inventory: 1 call the bank: by tomorrow."
    assert talk.say("done bank") == "1 call the bank: 1x. That is all of it: 1/1. Finished!"
    assert talk.say("call the bank tomorrow") == "Added 2 call the bank: by tomorrow."
    assert talk.task(2).id == f"{talk.task(1).id}.2"


def test_another_unit_is_not_mixed_in(talk: Talk) -> None:
    talk.say("read 20 pages of Dune every day")
    assert talk.say("did 30 minutes of dune") == "1 read Dune is counted in pages, not in minutes."
    assert talk.say("move dune to 30 minutes") == "read Dune is counted in pages, not in minutes."
    talk.say("read 30 minutes of Dune every day")
    assert talk.say("/pick 1") == "1 read Dune is counted in pages. Answer 0 to add a new task."
    assert talk.say("/pick 0") == "Added 2 read Dune: 30 minutes every day."


def test_hours_and_minutes_are_the_same_unit(talk: Talk) -> None:
    talk.say("learn Rust 30 minutes 3 times a week")
    assert talk.say("did 2 hours of rust").startswith("1 learn Rust: 120 minutes.")


def test_names_and_numbers_that_are_taken_are_not_given_again(two_books: Talk) -> None:
    assert two_books.say("rename 2 to read Dune") == "You have that already: 1 read Dune: 20 pages every day."
    assert (
        two_books.say("rename 2 to Children of Dune")
        == "Renamed 2 read Dune Messiah: it is Children of Dune now."
    )
    assert two_books.say("did messiah").startswith("I find no task like")
    assert two_books.say("did children of dune").startswith("2 Children of Dune: 20 pages.")


def test_a_repeating_task_is_not_moved_to_a_single_day(two_books: Talk) -> None:
    assert (
        two_books.say("move 1 to friday") == 'read Dune repeats every day. Say the days, like "every friday".'
    )
    assert (
        two_books.say("move 1 to every friday")
        == "Changed 1 read Dune: 20 pages on Fri (was 20 pages every day)."
    )
    assert two_books.say("move 1 to somewhere").startswith('I cannot tell what "somewhere" changes.')


def test_a_task_rests_and_comes_back(two_books: Talk) -> None:
    assert two_books.say("pause 1") == "Paused 1 read Dune. /resume 1 takes it up again."
    assert two_books.say("did 1") == "1 read Dune is paused. /resume 1 takes it up again."
    assert two_books.say("what's next") == "Next: 2 read Dune Messiah 20 pages."
    assert two_books.say("my tasks") == "2 read Dune Messiah: 20 pages every day\nAlso 1 paused."
    assert two_books.say("resume 1") == "Back to 1 read Dune: 20 pages every day."
    assert two_books.say("resume 1") == "1 read Dune is not paused."


def test_a_sharp_in_a_name_is_part_of_it(talk: Talk) -> None:
    talk.say("learn C# 30 minutes every day")
    assert talk.say("did C#").startswith("1 learn C#: 30 minutes.")
    assert talk.say("did C++").startswith(("I find no task", "Do you mean 1 learn C#"))
    assert talk.task(1).times == 1


def test_people_see_only_their_own_tasks(two_books: Talk) -> None:
    other = Talk(records=two_books.records, person=type(two_books.person)("bea"))
    assert other.say("my tasks").startswith("You have no open tasks.")
    assert other.say("did 1") == "There is no task 1. /tasks lists them."
