"""A page can stop a turn or come back to it, and a phone can ask for the rest."""

from switchboard.core.conversation.worker import CHECKPOINT_SECONDS

from tests.examples import CONVERSATION, prompt, text
from tests.fakes.desk import PAGED, Office, talking, watched
from tests.fakes.listener import Heard
from tests.fakes.model import FakeModel


def test_a_page_that_stops_gets_what_was_said_until_then() -> None:
    office = talking("One", " two", " three")
    office.keep(prompt(1))

    def stop() -> None:
        office.conversations.stop(CONVERSATION, prompt(1).key)
        office.clock.advance(CHECKPOINT_SECONDS)

    watched(office, **{" two": stop})
    office.work()
    assert office.turns[0].text == "One two"
    assert office.page().heard[-1] == Heard("done", 3, "One two")


def test_a_prompt_stopped_while_it_waits_costs_nothing() -> None:
    office = Office()
    office.keep(prompt(1))
    office.conversations.stop(CONVERSATION, prompt(1).key)
    assert office.work() == 1
    assert office.model.requests == []
    assert office.page().kinds == ["done"]


def test_a_page_that_reconnects_hears_what_it_missed_and_the_rest() -> None:
    office = talking("One", " two", " three", " four")
    office.keep(prompt(1))

    def reconnect() -> None:
        office.conversations.redirect(CONVERSATION, prompt(1).key, stream="socket-2", after=1)
        office.clock.advance(CHECKPOINT_SECONDS)

    watched(office, **{" two": reconnect})
    office.work()
    old, new = office.page("socket-1"), office.page("socket-2")
    assert "done" not in old.kinds
    assert new.numbers == list(range(2, len(office.turns[0].beats) + 2))
    assert f"One{new.words}" == new.heard[-1].text == "One two three four"


def test_a_page_that_reconnects_at_the_very_end_still_hears_it() -> None:
    office = Office(FakeModel([["One"]]))
    office.keep(prompt(1))
    watched(
        office,
        One=lambda: office.conversations.redirect(CONVERSATION, prompt(1).key, stream="socket-2", after=0),
    )
    office.work()
    assert office.page("socket-2").kinds == ["delta", "done"]


def test_more_brings_the_rest_page_by_page_without_the_model() -> None:
    office = Office(FakeModel([["one two three four five"]]), sms=PAGED)
    for number, words in ((1, "Count"), (2, "MORE"), (3, " more. ")):
        office.keep(text(number, words))
        office.work()
    assert [reply.text for reply in office.replies.published] == ["one two", "three four", "five"]
    assert len(office.model.requests) == 1


def test_more_with_nothing_left_is_a_question_like_any_other() -> None:
    office = Office(FakeModel([["one two three"], ["Of what?"]]), sms=PAGED)
    for number, words in ((1, "Count"), (2, "MORE"), (3, "MORE")):
        office.keep(text(number, words))
        office.work()
    assert [reply.text for reply in office.replies.published] == ["one two", "three", "Of what?"]


def test_another_question_drops_the_rest() -> None:
    office = Office(FakeModel([["one two three"], ["Hello."], ["Of what?"]]), sms=PAGED)
    for number, words in ((1, "Count"), (2, "Hi"), (3, "MORE")):
        office.keep(text(number, words))
        office.work()
    assert [reply.text for reply in office.replies.published] == ["one two", "Hello.", "Of what?"]
