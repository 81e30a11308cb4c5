"""One person, many channels: a code made in one is entered in another, and everything follows."""

from dataclasses import replace

import pytest
from switchboard.adapters.dynamo.linking import requests
from switchboard.core.conversation.store import StoredMessage
from switchboard.core.linking.codes import InvalidCode, LinkAttempt, LinkCode
from switchboard.core.people.address import Address, ConversationId
from switchboard.core.verification_codes import LIFETIME_MS, MOST_TRIES, shown

from tests.examples import ADAS_PAGE, ADAS_PHONE, BABBAGES_PHONE
from tests.links.town import Town
from tests.tables import PEOPLE

LOVELACES_PHONE = Address("sms", "+12065550152")
UNKNOWN = "I do not know that code"


def linked(town: Town) -> None:
    town.link(BABBAGES_PHONE, to=ADAS_PHONE)


def test_a_code_entered_elsewhere_and_confirmed_links_and_both_sides_are_told(town: Town) -> None:
    code = town.code(ADAS_PHONE)
    assert shown(code) in town.heard(ADAS_PHONE)[-1]
    assert "Link this (sms …0151) with sms …0150?" in town.say(BABBAGES_PHONE, f"/link {shown(code).lower()}")
    assert "Confirmed" in town.say(BABBAGES_PHONE, f"/confirm {shown(town.codes[-1]).lower()}")
    assert town.people.behind(BABBAGES_PHONE) == town.people.behind(ADAS_PHONE)
    for phone in (ADAS_PHONE, BABBAGES_PHONE):
        assert "Linked: sms …0150 and sms …0151 are one person now" in town.heard(phone)[-1]


def test_what_was_said_before_is_history_of_both(town: Town) -> None:
    town.say(BABBAGES_PHONE, "I am Charles")
    linked(town)
    town.say(ADAS_PHONE, "who am I")
    heir = town.people.behind(ADAS_PHONE)
    assert {"I am Charles", "/link", "who am I"} <= set(town.asked(heir))
    told = [getattr(message, "text", "") for message in town.model.requests[-1].messages]
    assert "I am Charles" in told


def test_turns_that_moved_name_where_their_parts_are_and_who_they_belong_to(town: Town) -> None:
    town.say(BABBAGES_PHONE, "hello")
    before = town.people.behind(BABBAGES_PHONE)
    linked(town)
    heir = town.people.behind(BABBAGES_PHONE)
    (hello,) = (turn for turn in town.said(heir, "TURN#") if turn["asked"] == "hello")
    assert (hello["person"], hello["home"]) == (heir, f"private-{before}")
    assert town.said(before, "TURN#") == []


def test_a_reply_after_a_link_waits_for_none_from_before_it(town: Town) -> None:
    town.say(BABBAGES_PHONE, "hello")
    linked(town)
    town.say(BABBAGES_PHONE, "again")
    moved = {turn["sk"].removeprefix("TURN#") for turn in town.items_moved(BABBAGES_PHONE)}
    ours = f"private-{town.people.behind(BABBAGES_PHONE)}"
    after = {reply.after for reply in town.replies.published if reply.conversation == ours}
    assert moved
    assert not moved & after


def test_markers_lead_from_whoever_ceased_to_whoever_is_left_and_back(town: Town) -> None:
    town.say(BABBAGES_PHONE, "hello")
    before = town.people.behind(BABBAGES_PHONE)
    linked(town)
    heir = town.people.behind(ADAS_PHONE)
    assert town.items(PEOPLE, f"PERSON#{before}", "MERGED")[0]["into"] == heir
    assert town.items(PEOPLE, f"PERSON#{heir}", f"MERGED#{before}")
    assert town.items(PEOPLE, f"PERSON#{before}", "PROFILE") == []
    assert town.items(PEOPLE, f"PERSON#{before}", "ADDRESS#") == []


def test_a_link_raises_the_version_of_the_profile(town: Town) -> None:
    town.say(ADAS_PHONE, "hello")
    before = town.links.profiles.read(town.people.behind(ADAS_PHONE)).version
    linked(town)
    profile = town.links.profiles.read(town.people.behind(ADAS_PHONE))
    assert profile.version == before + 1
    assert [link.address for link in profile.links] == [ADAS_PHONE, BABBAGES_PHONE]


def test_people_who_were_linked_before_come_along(town: Town) -> None:
    linked(town)
    town.link(ADAS_PHONE, to=LOVELACES_PHONE)
    people = {town.people.behind(each) for each in (ADAS_PHONE, BABBAGES_PHONE, LOVELACES_PHONE)}
    assert len(people) == 1
    assert "hello" in (town.say(BABBAGES_PHONE, "hello"), *town.asked(people.pop()))


def test_a_code_is_good_once(town: Town) -> None:
    code = town.code(ADAS_PHONE)
    town.say(BABBAGES_PHONE, f"/link {code}")
    assert UNKNOWN in town.say(LOVELACES_PHONE, f"/link {code}")
    assert town.people.behind(LOVELACES_PHONE) != town.people.behind(ADAS_PHONE)


def test_a_code_expires_after_ten_minutes(town: Town) -> None:
    code = town.code(ADAS_PHONE)
    town.clock.advance(LIFETIME_MS / 1000)
    assert UNKNOWN in town.say(BABBAGES_PHONE, f"/link {code}")


def test_a_new_code_voids_the_one_before(town: Town) -> None:
    first, second = town.code(ADAS_PHONE), town.code(ADAS_PHONE)
    assert UNKNOWN in town.say(BABBAGES_PHONE, f"/link {first}")
    assert "/confirm" in town.say(BABBAGES_PHONE, f"/link {second}")


def test_a_code_of_somebody_who_was_linked_to_another_since_is_void(town: Town) -> None:
    code = town.code(ADAS_PHONE)
    town.link(ADAS_PHONE, to=LOVELACES_PHONE)
    assert UNKNOWN in town.say(BABBAGES_PHONE, f"/link {code}")


def test_a_code_entered_where_it_was_made_says_so_and_stays_good(town: Town) -> None:
    code = town.code(ADAS_PHONE)
    assert "made right here" in town.say(ADAS_PHONE, f"/link {code}")
    assert "/confirm" in town.say(BABBAGES_PHONE, f"/link {code}")


def test_a_code_of_the_same_person_says_that_it_is_linked(town: Town) -> None:
    linked(town)
    assert "linked already" in town.say(BABBAGES_PHONE, f"/link {town.code(ADAS_PHONE)}")


def test_what_is_no_code_is_said_to_be_none_and_counts_as_no_try(town: Town) -> None:
    for _ in range(MOST_TRIES + 1):
        assert "no code of mine" in town.say(BABBAGES_PHONE, "/link my page")
    linked(town)


def test_after_five_codes_even_a_right_one_has_to_wait(town: Town) -> None:
    code = town.code(ADAS_PHONE)
    for number in range(MOST_TRIES):
        assert UNKNOWN in town.say(BABBAGES_PHONE, f"/link ZZZZ-ZZZ{number}")
    assert "too many wrong codes. Please wait 10 min" in town.say(BABBAGES_PHONE, f"/link {code}")
    town.clock.advance(LIFETIME_MS / 1000)
    linked(town)


def test_somebody_elses_wrong_codes_are_not_counted(town: Town) -> None:
    for _ in range(MOST_TRIES):
        town.say(LOVELACES_PHONE, "/link ZZZZ-ZZZZ")
    linked(town)


def test_the_table_never_holds_a_code_that_could_be_entered(town: Town) -> None:
    code = town.code(ADAS_PHONE)
    held = str(town.dynamodb.scan(TableName=PEOPLE)["Items"])
    assert code not in held
    assert shown(code) not in held


def test_a_person_has_no_more_than_so_many_channels(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "MOST_ADDRESSES", 2)
    linked(town)
    assert "over 10 linked channels" in town.say(LOVELACES_PHONE, f"/link {town.code(ADAS_PHONE)}")


def test_of_two_who_enter_one_code_at_once_one_wins(town: Town) -> None:
    code = town.code(ADAS_PHONE)
    for phone in (BABBAGES_PHONE, LOVELACES_PHONE):
        town.say(phone, "hello")
    entry = LinkAttempt(code, BABBAGES_PHONE, "turn-1", town.clock.now_ms())
    rival = replace(entry, address=LOVELACES_PHONE, turn="turn-2")
    requests = town.links.requests
    town.befall({1: lambda: wins(requests.ask(rival, "11111111"))})
    with pytest.raises(InvalidCode):
        requests.ask(entry, "22222222")
    assert "nothing to confirm" in town.say(BABBAGES_PHONE, "/confirm 2222-2222")
    assert "Confirmed" in town.say(LOVELACES_PHONE, "/confirm 1111-1111")


def wins(maker: Address) -> None:
    assert maker == ADAS_PHONE


def test_of_two_codes_made_at_once_one_is_good(town: Town) -> None:
    person, links = town.people.behind(ADAS_PHONE), town.links.links
    offer = LinkCode(person, ADAS_PHONE, town.clock.now_ms() + LIFETIME_MS)
    town.befall({1: lambda: links.offer("22222222", offer)})
    links.offer("11111111", offer)
    good = [
        code for code in ("11111111", "22222222") if "/confirm" in town.say(BABBAGES_PHONE, f"/link {code}")
    ]
    assert good == ["11111111"]


def test_me_shows_what_is_linked_and_the_time_zone(town: Town) -> None:
    linked(town)
    told = town.say(BABBAGES_PHONE, "/me")
    assert "1. sms …0150\n2. sms …0151 (here)" in told
    assert "UTC" in told
    assert "+1206" not in told


@pytest.mark.parametrize("spelled", ["Europe/Oslo", "europe/oslo", " EUROPE/OSLO."])
def test_a_time_zone_is_set_for_the_person_and_told_to_the_conversation(town: Town, spelled: str) -> None:
    assert "Europe/Oslo now" in town.say(ADAS_PHONE, f"/zone {spelled}")
    person = town.people.behind(ADAS_PHONE)
    assert town.links.profiles.read(person).zone == town.state(person)["zone"] == "Europe/Oslo"
    assert "Europe/Oslo" in town.say(ADAS_PHONE, "/zone")


def test_a_time_zone_that_is_none_is_not_set(town: Town) -> None:
    assert "no such time zone" in town.say(ADAS_PHONE, "/zone Atlantis")


def test_a_page_that_was_open_before_a_link_writes_into_what_the_person_has_become(town: Town) -> None:
    before = town.people.behind(ADAS_PAGE)
    town.prompt(before, ADAS_PAGE, "hello", name="m-1")
    town.rest()
    town.link_page(ADAS_PAGE, to=ADAS_PHONE)
    kept = town.prompt(before, ADAS_PAGE, "still here", name="m-3")
    town.rest()
    heir = town.people.behind(ADAS_PAGE)
    assert kept.conversation == f"private-{heir}" != f"private-{before}"
    assert town.pages["socket-m-3"].heard[-1].text == "Answer 1."
    assert {"hello", "still here"} <= set(town.asked(heir))


def test_a_page_that_comes_back_after_a_link_finds_what_it_asked_before(town: Town) -> None:
    before = town.people.behind(ADAS_PAGE)
    asked = town.prompt(before, ADAS_PAGE, "hello", name="m-1")
    town.rest()
    town.link_page(ADAS_PAGE, to=ADAS_PHONE)
    heir = town.people.behind(ADAS_PAGE)
    found = town.mailbox.find(ConversationId(f"private-{heir}"), "web", "m-1")
    assert found == StoredMessage(asked.key, asked.conversation, new=False)
    turn = town.mailbox.redirect(found.conversation, found.key, stream="socket-9", after=0)
    assert turn is not None
    assert (turn.asked, turn.finished) == ("hello", True)


def test_a_page_that_becomes_somebody_else_hears_of_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its socket has moved before anybody is told that they are linked."""
    before, signal = town.people.behind(ADAS_PAGE), town.signal
    town.open_page(before, ADAS_PAGE, "socket-1")
    pages: list[int] = []

    def watched(conversation: ConversationId) -> None:
        heir = town.people.behind(ADAS_PAGE)
        if heir != before:
            pages.append(len(town.said(heir, "SOCKET#")))
        signal(conversation)

    monkeypatch.setattr(town, "signal", watched)
    town.link_page(ADAS_PAGE, to=ADAS_PHONE)
    assert set(pages) == {1}
