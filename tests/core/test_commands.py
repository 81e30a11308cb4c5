"""Commands are answered without a model, and a slash in a sentence is just a slash."""

from datetime import UTC, datetime

import pytest
from switchboard.core.errors import UserFacing
from switchboard.core.skills.commands import Commands, asked
from switchboard.core.skills.spec import Command, Toolbox, ToolContext

from tests.examples import ADA, ADAS_PHONE, prompt, text
from tests.fakes.desk import Office
from tests.fakes.model import FakeModel

CONTEXT = ToolContext(
    turn="1", person=ADA, address=ADAS_PHONE, now=datetime(2026, 11, 20, tzinfo=UTC), earlier=()
)


def echo(rest: str, context: ToolContext) -> str:
    return f"{context.person} said {rest!r}"


def refuse(_rest: str, _context: ToolContext) -> str:
    raise UserFacing("Not today.")


def commands() -> Commands:
    house = {"echo": Command("says it again", echo), "no": Command("refuses", refuse)}
    return Commands(house, {"test": Toolbox(commands={"add": Command("adds", echo)})})


def answer(said: str, *offered: str) -> str | None:
    return commands().answer(said, CONTEXT, offers=offered.__contains__)


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("/echo", ""),
        (" /Echo. ", ""),
        ("/ECHO?", ""),
        ("/echo  read 20 pages ", "read 20 pages"),
        ("/echo\na", "a"),
    ],
)
def test_a_command_takes_what_follows_its_word(said: str, rest: str) -> None:
    assert answer(said) == f"ada said {rest!r}"


@pytest.mark.parametrize(
    "said", ["usage", "what is my /usage", "/", "/ usage", "/2026", "/notes/ada", "and/or"]
)
def test_a_sentence_is_no_command(said: str) -> None:
    assert asked(said) is None
    assert answer(said) is None


def test_a_command_takes_as_much_as_a_tool_and_says_so() -> None:
    assert answer(f"/echo {'a' * 300}") == f"ada said {'a' * 300!r}"
    assert answer(f"/echo {'a' * 301}") == "/echo takes 300 characters at most; that was 301."


def test_a_command_says_in_its_own_words_why_it_refuses() -> None:
    assert answer("/no") == "Not today."


def test_help_lists_what_can_be_typed() -> None:
    told = answer("/help", "test")
    assert told == (
        "You can type:\n/add: adds\n/echo: says it again\n/help: lists what you can type\n/no: refuses"
    )


def test_an_unknown_command_is_named_and_the_known_ones_are_listed() -> None:
    told = answer("/dance") or ""
    assert told.startswith("I do not know /dance. You can type:\n/echo")


def test_a_skill_s_commands_are_known_only_where_the_skill_is_offered() -> None:
    assert answer("/add 5", "test") == "ada said '5'"
    assert (answer("/add 5") or "").startswith("I do not know /add.")


def test_no_model_is_asked_and_nothing_is_merged_into_a_command() -> None:
    office = Office(FakeModel([["Fine."]]))
    office.keep(text(1, "/help"), text(2, "hello"))
    assert office.work() == 2
    assert [turn.asked for turn in office.turns] == ["/help", "hello"]
    assert len(office.model.requests) == 1


def test_a_command_costs_no_more_than_the_page_that_answers_it() -> None:
    office = Office()
    office.keep(prompt(1, "/help"))
    office.work()
    assert office.turns[0].reservation.amount == 0
