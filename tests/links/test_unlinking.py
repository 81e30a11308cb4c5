"""A link is taken back: the address is somebody of its own, with its consent, and nobody is left alone."""

import pytest
from switchboard.core.linking.codes import NotYours, UnlinkRequest
from switchboard.core.people.address import Address

from tests.account import Account
from tests.examples import ADAS_PAGE, ADAS_PHONE, BABBAGES_PHONE
from tests.fakes.interruptions import die
from tests.links.beginning import Beginning
from tests.links.town import Town
from tests.tables import PEOPLE


@pytest.fixture(scope="module")
def linked(account: Account) -> Beginning:
    account.empty()
    town = Town(account.dynamodb)
    town.link(BABBAGES_PHONE, to=ADAS_PHONE)
    return Beginning.of(account, town)


@pytest.fixture
def town(linked: Beginning) -> Town:
    return linked.again()


def together(town: Town) -> bool:
    return town.people.behind(ADAS_PHONE) == town.people.behind(BABBAGES_PHONE)


def test_the_list_has_numbers_and_says_where_one_is(town: Town) -> None:
    told = town.say(ADAS_PHONE, "/unlink")
    assert told == "1. sms …0150 (here)\n2. sms …0151\nSend /unlink and a number."


def test_an_unlinked_phone_is_somebody_new_and_both_sides_are_told(town: Town) -> None:
    assert "No longer linked: sms …0151" in town.say(ADAS_PHONE, "/unlink 2")
    assert not together(town)
    assert "no longer linked to your other channels" in town.heard(BABBAGES_PHONE)[-1]
    town.say(BABBAGES_PHONE, "hello")
    assert town.asked(town.people.behind(BABBAGES_PHONE))[-1] == "hello"
    assert "hello" not in town.asked(town.people.behind(ADAS_PHONE))


def test_what_was_said_while_they_were_linked_stays(town: Town) -> None:
    town.say(BABBAGES_PHONE, "hello")
    town.say(ADAS_PHONE, "/unlink 2")
    assert "hello" in town.asked(town.people.behind(ADAS_PHONE))
    town.say(BABBAGES_PHONE, "and now")
    told = [getattr(message, "text", "") for message in town.model.requests[-1].messages]
    assert "hello" not in told


def test_nobody_unlinks_where_they_write_from(town: Town) -> None:
    assert "writing from" in town.say(ADAS_PHONE, "/unlink 1")
    assert together(town)


@pytest.mark.parametrize("number", ["0", "3", "-1", "two", "²", "1 2"])
def test_a_number_that_is_not_on_the_list_unlinks_nothing(town: Town, number: str) -> None:
    assert "None of your channels" in town.say(ADAS_PHONE, f"/unlink {number}")
    assert together(town)


def test_the_last_one_is_never_unlinked(town: Town) -> None:
    town.say(ADAS_PHONE, "/unlink 2")
    assert "Nothing else is linked" in town.say(ADAS_PHONE, "/unlink")
    person = town.people.behind(ADAS_PHONE)
    with pytest.raises(NotYours):
        town.links.part(UnlinkRequest(person, ADAS_PHONE, "turn", town.clock.now_ms()))


def test_of_two_who_unlink_each_other_at_once_one_is_left(town: Town) -> None:
    person, links = town.people.behind(ADAS_PHONE), town.links.links
    now = town.clock.now_ms()
    town.befall({1: lambda: links.part(UnlinkRequest(person, ADAS_PHONE, "turn-1", now))})
    with pytest.raises(NotYours):
        links.part(UnlinkRequest(person, BABBAGES_PHONE, "turn-2", now))
    assert town.people.behind(BABBAGES_PHONE) == person


def test_a_turn_that_is_taken_up_again_unlinks_the_same_one(town: Town) -> None:
    """The list is shorter by then: its second line would be somebody else."""
    lovelaces_phone = Address("sms", "+12065550152")
    town.link(lovelaces_phone, to=ADAS_PHONE)
    town.text(ADAS_PHONE, "/unlink 2")
    town.befall({12: die})
    town.rest()
    assert not together(town)
    assert town.people.behind(lovelaces_phone) == town.people.behind(ADAS_PHONE)


@pytest.mark.parametrize("step", range(2, 22, 2))
def test_a_crash_at_any_step_of_an_unlink_changes_nothing_in_the_end(town: Town, step: int) -> None:
    town.text(ADAS_PHONE, "/unlink 2")
    town.befall({step: die})
    town.rest()
    assert not together(town)
    assert "No longer linked" in town.heard(ADAS_PHONE)[-1]
    assert sum("kept apart" in told for told in town.heard(BABBAGES_PHONE)) == 1


def test_a_page_that_was_open_when_it_was_unlinked_writes_into_a_conversation_of_its_own(town: Town) -> None:
    before = town.people.behind(ADAS_PAGE)
    shared = town.link_page(ADAS_PAGE, to=ADAS_PHONE)
    assert "No longer linked: web" in town.say(ADAS_PHONE, "/unlink 3")
    for bearer, name in ((before, "m-2"), (shared, "m-3")):
        kept = town.prompt(bearer, ADAS_PAGE, "hello", name=name)
        assert kept.conversation == f"private-{town.people.behind(ADAS_PAGE)}" != f"private-{shared}"


def test_an_unlinked_page_hears_no_news_of_the_person_it_left(town: Town) -> None:
    shared = town.link_page(ADAS_PAGE, to=ADAS_PHONE)
    town.open_page(shared, ADAS_PAGE, "socket-1")
    town.say(ADAS_PHONE, "/unlink 3")
    assert town.said(shared, "SOCKET#") == []
    assert [each["sk"] for each in town.said(town.people.behind(ADAS_PAGE), "SOCKET#")] == ["SOCKET#socket-1"]


def test_a_text_that_is_delivered_again_after_an_unlink_is_answered_once(town: Town) -> None:
    town.text(BABBAGES_PHONE, "only once", name="text-x")
    town.rest()
    town.say(ADAS_PHONE, "/unlink 2")
    again = town.text(BABBAGES_PHONE, "only once", name="text-x")
    town.rest()
    assert again is not None
    assert not again.new
    assert "only once" not in town.asked(town.people.behind(BABBAGES_PHONE))


def test_an_unlinked_phone_can_be_linked_again(town: Town) -> None:
    town.say(ADAS_PHONE, "/unlink 2")
    town.say(BABBAGES_PHONE, "in between")
    town.link(BABBAGES_PHONE, to=ADAS_PHONE)
    town.say(BABBAGES_PHONE, "together again")
    assert together(town)
    assert {"in between", "together again"} <= set(town.asked(town.people.behind(ADAS_PHONE)))


def test_nothing_of_an_unlinked_address_is_left_with_the_person(town: Town) -> None:
    town.say(ADAS_PHONE, "/unlink 2")
    person = town.people.behind(ADAS_PHONE)
    assert len(town.items(PEOPLE, f"PERSON#{person}", "ADDRESS#")) == 1
