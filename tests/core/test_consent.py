"""Opted out means silence: one confirmation, and then nothing until START."""

from dataclasses import replace

from switchboard.core.conversation.turn import TurnState
from switchboard.core.messages.keywords import Keyword
from switchboard.core.messages.message import Inbound

from tests.examples import ADAS_PHONE, prompt, text
from tests.fakes.desk import TEXTING, Office


def says(number: int, words: str, keyword: Keyword | None = None) -> Inbound:
    return replace(text(number, words), keyword=keyword)


def after(*messages: Inbound) -> Office:
    """Everything was said, and answered, one after the other."""
    office = Office()
    for message in messages:
        office.keep(message)
        office.work()
    return office


def replies(office: Office) -> list[str]:
    return [reply.text for reply in office.replies.published]


def test_a_stop_is_confirmed_once_and_without_the_model() -> None:
    office = after(says(1, "STOP", Keyword.STOP), says(2, "stop", Keyword.STOP))
    assert len(replies(office)) == 1
    assert "opted out" in replies(office)[0]
    assert office.replies.published[0].always
    assert not office.model.requests


def test_after_a_stop_nothing_is_answered_and_nothing_is_asked_of_the_model() -> None:
    office = after(says(1, "STOP", Keyword.STOP), text(2, "Are you there?"), text(3, "/usage"))
    assert len(replies(office)) == 1
    assert not office.model.requests
    assert [turn.state for turn in office.turns] == [TurnState.ANSWERED] * 3


def test_a_start_brings_the_assistant_back() -> None:
    office = after(says(1, "STOP", Keyword.STOP), says(2, "START", Keyword.START), text(3, "Hello"))
    assert replies(office)[1].startswith("Welcome back")
    assert replies(office)[2] == "Hello."


def test_a_second_stop_after_a_start_is_confirmed_again() -> None:
    stop, start = says(1, "STOP", Keyword.STOP), says(2, "START", Keyword.START)
    assert len(replies(after(stop, start, says(3, "STOP", Keyword.STOP)))) == 3


def test_help_is_answered_even_to_somebody_who_opted_out() -> None:
    office = after(says(1, "STOP", Keyword.STOP), says(2, "HELP", Keyword.HELP))
    assert "automated" in replies(office)[1]
    assert office.replies.published[1].always


def test_the_first_reply_says_that_this_is_automated_and_how_to_stop_it() -> None:
    office = Office()
    office.box.greeted.clear()
    for number in (1, 2):
        office.keep(text(number))
        office.work()
    assert replies(office) == [f"{TEXTING.disclosure}\n\nHello.", "Hello."]
    assert office.box.greeted == {str(ADAS_PHONE)}


def test_a_page_needs_no_greeting_and_knows_no_stop() -> None:
    office = Office()
    office.box.opted_out.add(str(prompt(1).address))
    office.keep(prompt(1, "stop"))
    office.work()
    assert office.page().words == "Hello."


def test_what_waited_before_a_stop_is_not_merged_with_it() -> None:
    office = Office()
    office.keep(text(1), says(2, "STOP", Keyword.STOP), text(3))
    office.work()
    assert [turn.asked for turn in office.turns] == ["text 1", "STOP", "text 3"]
    assert ["opted out" in reply for reply in replies(office)] == [True]
