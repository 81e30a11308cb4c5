"""What was joined by a link is separated again when the link is taken back."""

from collections.abc import Callable

import pytest

from tests.account import Account
from tests.examples import ADAS_PHONE, BABBAGES_PHONE
from tests.fakes.interruptions import die
from tests.links.beginning import Beginning
from tests.links.test_following import LOVELACES_PHONE, keep, once, things
from tests.links.town import Town


@pytest.fixture(scope="module")
def once_linked(account: Account) -> Beginning:
    """Each has said and kept something before, and something since."""
    account.empty()
    town = Town(account.dynamodb)
    for phone, words in ((ADAS_PHONE, "hers"), (BABBAGES_PHONE, "his")):
        town.say(phone, words)
        keep(town, phone, words)
    town.link(BABBAGES_PHONE, to=ADAS_PHONE)
    town.say(BABBAGES_PHONE, "since")
    keep(town, BABBAGES_PHONE, "since")
    return Beginning.of(account, town)


@pytest.fixture
def linked(once_linked: Beginning) -> Town:
    return once_linked.again()


def apart(town: Town) -> None:
    """Everybody has what they had, and what came since is with whoever kept the link."""
    ada, babbage = (town.people.behind(phone) for phone in (ADAS_PHONE, BABBAGES_PHONE))
    assert said(town, BABBAGES_PHONE) == ["his"]
    assert said(town, ADAS_PHONE) == ["hers", "since"]
    assert (things(town, ada), things(town, babbage)) == ({"hers", "since"}, {"his"})


def said(town: Town, phone: object) -> list[str]:
    asked = town.asked(town.people.behind(phone))  # type: ignore[arg-type]
    return sorted(each for each in asked if each in {"hers", "his", "since"})


def test_what_came_with_an_address_goes_with_it(linked: Town) -> None:
    assert "What came with it goes with it again" in linked.say(ADAS_PHONE, "/unlink 2")
    apart(linked)
    linked.say(BABBAGES_PHONE, "and now")
    told = [getattr(message, "text", "") for message in linked.model.requests[-1].messages]
    assert "his" in told
    assert not {"hers", "since"} & {*told}


@pytest.mark.parametrize("step", range(2, 40, 3))
def test_a_crash_at_any_step_changes_nothing_in_the_end(linked: Town, step: int) -> None:
    linked.text(ADAS_PHONE, "/unlink 2")
    linked.befall({step: die})
    linked.rest()
    apart(linked)


def test_the_address_that_the_code_was_made_at_brought_nothing(linked: Town) -> None:
    linked.say(BABBAGES_PHONE, "/unlink 1")
    assert said(linked, ADAS_PHONE) == []
    assert said(linked, BABBAGES_PHONE) == ["hers", "his", "since"]


def test_it_is_found_with_whoever_they_have_become_since(linked: Town) -> None:
    linked.link(ADAS_PHONE, to=LOVELACES_PHONE)
    told = linked.say(LOVELACES_PHONE, "/unlink")
    number = next(line for line in told.splitlines() if "0151" in line).partition(".")[0]
    linked.say(LOVELACES_PHONE, f"/unlink {number}")
    assert said(linked, BABBAGES_PHONE) == ["his"]
    assert said(linked, LOVELACES_PHONE) == ["hers", "since"]


def test_it_may_be_linked_and_unlinked_again(linked: Town) -> None:
    linked.say(ADAS_PHONE, "/unlink 2")
    linked.link(BABBAGES_PHONE, to=ADAS_PHONE)
    assert said(linked, ADAS_PHONE) == ["hers", "his", "since"]
    linked.say(ADAS_PHONE, "/unlink 2")
    apart(linked)


def test_an_unlink_while_a_link_is_still_being_made_ends_apart(town: Town) -> None:
    town.say(BABBAGES_PHONE, "his")
    town.say(BABBAGES_PHONE, f"/link {town.code(ADAS_PHONE)}")
    town.text(BABBAGES_PHONE, f"/confirm {town.codes[-1]}")
    unlink: Callable[[], None] = once(lambda: town.text(ADAS_PHONE, "/unlink 2"))
    town.befall(dict.fromkeys(range(30, 60, 4), unlink))
    town.rest()
    if town.people.behind(ADAS_PHONE) == town.people.behind(BABBAGES_PHONE):
        town.say(ADAS_PHONE, "/unlink 2")
    assert said(town, BABBAGES_PHONE) == ["his"]
    assert said(town, ADAS_PHONE) == []
