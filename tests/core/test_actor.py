"""One worker at a time answers what waits, in order, and whoever follows a crash goes on from there."""

from dataclasses import replace

import pytest
from switchboard.core.conversation.reply import GIVING_UP, Limits
from switchboard.core.conversation.store import Busy, Lease
from switchboard.core.conversation.turn import MAX_ATTEMPTS, TurnState
from switchboard.core.conversation.worker import LEASE_MS, RENEW_SECONDS
from switchboard.core.errors import LeaseLost, Permanent
from switchboard.core.model.types import User

from tests.examples import CONVERSATION, prompt, text
from tests.fakes.clock import EPOCH_MS
from tests.fakes.desk import Office, talking, watched
from tests.fakes.interruptions import Killed, die
from tests.fakes.listener import Watched
from tests.fakes.model import USAGE, FakeModel


def crashed(office: Office, *, at: str = "One") -> None:
    """A worker took what waits and died in the middle of its first sentence."""
    watched(office, **{at: die})
    with pytest.raises(Killed):
        office.work()
    office.pages.clear()
    office.clock.advance(LEASE_MS / 1000 + 1)


def asked(office: Office) -> list[str]:
    return [turn.asked for turn in office.turns]


# Taking what waits


def test_nothing_waits_nothing_happens() -> None:
    office = Office()
    assert office.work() == 0
    assert office.model.requests == []


def test_what_waits_is_answered_and_the_conversation_is_left_free() -> None:
    office = Office()
    office.keep(text(1))
    assert office.work() == 1
    assert [(reply.turn, reply.text) for reply in office.replies.published] == [(text(1).key, "Hello.")]
    assert (office.box.idle, office.box.holder) == (True, "")


def test_turns_are_answered_in_the_order_of_the_inbox() -> None:
    office = Office()
    office.keep(prompt(3), prompt(1), prompt(2))
    assert office.work() == 3
    assert [reply.turn for reply in office.replies.published] == [prompt(n).key for n in (1, 2, 3)]


def test_a_reply_goes_after_the_one_before_it_to_the_same_address() -> None:
    office = Office()
    for number in (1, 2):
        office.keep(text(number))
        office.work()
        office.keep(prompt(number))
        office.work()
    texted = [reply for reply in office.replies.published if reply.address == text(1).address]
    assert [(reply.turn, reply.after) for reply in texted] == [(text(1).key, ""), (text(2).key, text(1).key)]


def test_a_burst_of_texts_gets_one_answer() -> None:
    office = Office()
    office.keep(text(1, "Hi"), text(2, "are you there?"))
    assert office.work() == 1
    assert office.model.requests[0].messages[-1] == User("Hi\nare you there?")


def test_what_comes_while_a_turn_runs_is_the_next_turn_of_the_same_worker() -> None:
    office = Office()
    watched(office, **{"Hello.": lambda: office.keep(text(2, "And?"), text(3, "Well?"))})
    office.keep(prompt(1, "Hi"))
    assert office.work() == 2
    assert asked(office) == ["Hi", "And?\nWell?"]
    assert len(office.replies.published) == 2
    assert User("Hi") in office.model.requests[1].messages


def test_the_words_of_a_turn_reach_its_page_numbered_and_whole() -> None:
    office = Office(FakeModel([["One", " two."]]))
    office.keep(prompt(1))
    office.work()
    page = office.page()
    assert page.numbers == [1, 2, 3]
    assert page.heard[-1].text == page.words == "One two."
    assert (page.usage, page.cost) == (USAGE, "0.000015")


# The lease


def test_a_conversation_that_is_held_is_busy() -> None:
    office = Office()
    office.keep(text(1))
    office.conversations.acquire(Lease(CONVERSATION, "other"), now_ms=EPOCH_MS, until_ms=EPOCH_MS + 5_000)
    with pytest.raises(Busy) as busy:
        office.work()
    assert busy.value.until_ms == EPOCH_MS + 5_000
    assert office.model.requests == []


def test_a_worker_with_too_little_time_lets_go_and_signals() -> None:
    office = Office()
    office.keep(text(1))
    assert office.work(seconds=Limits().seconds - 1) == 0
    assert office.signals.sent == [CONVERSATION]
    assert (office.box.holder, office.model.requests) == ("", [])
    assert office.work() == 1


def test_a_long_turn_renews_its_lease() -> None:
    office = talking("One", " two", " three")
    office.keep(prompt(1))
    leases = []

    def look() -> None:
        leases.append(office.box.held_until)
        office.clock.advance(RENEW_SECONDS)

    watched(office, **{"One": look, " two": look, " three": look})
    office.work()
    granted = EPOCH_MS + LEASE_MS
    assert leases[0] == granted
    assert leases[1] >= granted + 8_000
    assert leases[2] >= granted + 16_000


def test_a_worker_that_lost_its_lease_says_nothing_more() -> None:
    office = Office(FakeModel([["One", " two"]]))
    office.keep(prompt(1))

    def overtake() -> None:
        office.clock.advance(LEASE_MS / 1000 + 1)
        other = Lease(CONVERSATION, "other")
        now = office.clock.now_ms()
        office.conversations.acquire(other, now_ms=now, until_ms=now + LEASE_MS)
        office.conversations.adopt(other, office.turns[0], office.turns[0].reservation)

    watched(office, One=overtake)
    with pytest.raises(LeaseLost):
        office.work()
    assert office.box.holder == "other"
    assert office.replies.published == []
    assert "done" not in office.page().kinds


def test_a_worker_that_fails_lets_go_before_it_says_so() -> None:
    office = Office()
    office.keep(prompt(1))

    def fail() -> None:
        raise ZeroDivisionError

    watched(office, **{"Hello.": fail})
    with pytest.raises(ZeroDivisionError):
        office.work()
    assert office.box.holder == ""
    assert office.work() == 1
    assert office.turns[0].attempts == 2


def test_a_conversation_that_counts_more_than_it_has_is_not_worked_on_forever() -> None:
    office = Office()
    office.keep(text(1))
    office.box.waiting.clear()
    with pytest.raises(Permanent):
        office.work()
    assert office.box.holder == ""


# After a crash


def test_an_open_turn_is_adopted_and_its_page_told_that_it_begins_again() -> None:
    office = Office(FakeModel([["One", " two"], ["Hello."]]))
    office.keep(prompt(1), prompt(2))
    crashed(office)
    assert office.work() == 2
    assert office.page().kinds == ["restarted", "delta", "done", "delta", "done"]
    assert office.page().heard[2].text == "Hello."
    assert [turn.attempts for turn in office.turns] == [2, 1]
    assert [reply.turn for reply in office.replies.published] == [prompt(1).key, prompt(2).key]


def test_what_came_during_the_crash_waits_for_the_adopted_turn() -> None:
    office = Office(FakeModel([["One", " two"], ["Hello."]]))
    office.keep(prompt(1))
    crashed(office)
    office.keep(text(2))
    assert office.work() == 2
    assert asked(office) == ["prompt 1", "text 2"]


def test_after_three_attempts_the_person_is_told_and_the_next_message_has_its_turn() -> None:
    office = Office(FakeModel([["One", " two"]]))
    office.keep(prompt(1))
    for _ in range(MAX_ATTEMPTS):
        crashed(office)
    office.keep(prompt(2))
    office.model = FakeModel()
    assert office.work() == 2
    assert [(turn.text, turn.state) for turn in office.turns] == [
        (GIVING_UP, TurnState.FAILED),
        ("Hello.", TurnState.ANSWERED),
    ]
    assert len(office.model.requests) == 1


def test_a_reply_that_was_stored_but_not_published_is_published_without_asking_the_model() -> None:
    office = Office()
    office.keep(prompt(1))

    office.pages["socket-1"] = Watched(at_the_end=die)
    with pytest.raises(Killed):
        office.work()
    office.pages.clear()
    office.clock.advance(LEASE_MS / 1000 + 1)
    assert office.work() == 1
    assert [reply.text for reply in office.replies.published] == ["Hello."]
    assert len(office.model.requests) == 1
    assert [(kind, text) for kind, _, text in office.page().heard] == [("done", "Hello.")]


def test_a_turn_knows_nothing_of_those_that_came_after_it() -> None:
    office = Office()
    office.keep(text(5, "Later"))
    office.work()
    office.keep(replace(text(1, "Earlier"), message_id="late"))
    office.work()
    assert User("Later") not in office.model.requests[1].messages
