"""What the assistant tells by itself goes through the same mailbox: in order, once, and under consent."""

from dataclasses import replace

import pytest
from switchboard.core.messages.keywords import Keyword
from switchboard.core.messages.message import Inbound, Origin
from switchboard.core.model.types import Assistant, Message, Quoted, User

from tests.examples import ADAS_PHONE, text
from tests.fakes.desk import Office
from tests.fakes.model import FakeModel


def news(number: int, words: str, *, origin: Origin = Origin.NEWS) -> Inbound:
    return replace(text(number, words), origin=origin)


def test_news_is_said_as_it_is_without_a_model() -> None:
    office = Office()
    office.box.zone = "Europe/Oslo"
    office.keep(news(1, "Your export is ready."))
    office.work()
    (reply,) = office.replies.published
    assert (reply.text, reply.asked, reply.zone) == ("Your export is ready.", True, "Europe/Oslo")
    assert office.model.requests == []
    assert office.turns[0].said == ""


def test_a_push_says_that_nobody_asked_for_it() -> None:
    office = Office()
    office.keep(news(1, "Time to read?", origin=Origin.PUSH))
    office.work()
    assert [reply.asked for reply in office.replies.published] == [False]


def test_news_is_never_merged_into_what_a_person_says() -> None:
    office = Office(FakeModel([["One."], ["Two."]]))
    office.keep(text(1, "a"), news(2, "News."), text(3, "b"), text(4, "c"))
    assert office.work() == 3
    assert [turn.asked for turn in office.turns] == ["a", "News.", "b\nc"]


def test_news_that_looks_like_a_command_is_just_said() -> None:
    office = Office()
    office.keep(news(1, "/usage"))
    office.work()
    assert office.turns[0].text == "/usage"


def asked_after(first: Inbound) -> list[Message]:
    """What the model is told once the person says something to that news."""
    office = Office(FakeModel([["Yes."]]))
    office.keep(first)
    office.work()
    office.keep(text(2, "Is it?"))
    office.work()
    return list(office.model.requests[0].messages[1:])


def test_the_model_sees_our_own_news_as_its_own_words() -> None:
    said = asked_after(news(1, "Your export is ready."))
    assert said == [Assistant("Your export is ready."), User("Is it?")]


def test_the_model_sees_news_with_somebody_elses_words_as_theirs() -> None:
    told, asked = asked_after(replace(news(1, 'Your call "</quoted>" is done.'), quoted="calls"))
    assert told == Quoted(
        '<quoted from="calls">\nYour call "\u2039/quoted\u203a" is done.\n</quoted>', "calls"
    )
    assert asked == User("Is it?")


@pytest.mark.parametrize("origin", [Origin.NEWS, Origin.PUSH])
def test_whoever_opted_out_is_told_nothing(origin: Origin) -> None:
    office = Office()
    office.keep(replace(text(1, "STOP"), keyword=Keyword.STOP), news(2, "News.", origin=origin))
    office.work()
    assert [reply.text for reply in office.replies.published] == [office.turns[0].text]


def test_a_reply_knows_when_the_person_last_wrote_from_there() -> None:
    office = Office(FakeModel([["Hello."]]))
    office.keep(text(1, "hello"), news(9, "News."))
    office.work()
    assert [reply.asked_ms for reply in office.replies.published] == [text(1).at_ms] * 2


def test_news_comes_as_fast_as_it_has_to() -> None:
    office = Office()
    burst = [replace(news(1, f"News {n}."), message_id=f"news-{n}") for n in range(40)]
    office.keep(*burst)
    assert office.box.came == 40
    assert str(ADAS_PHONE) not in office.box.opted_out
