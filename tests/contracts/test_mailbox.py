"""A mailbox keeps each message once and in order, and its owner reaches a turn wherever it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from switchboard.core.conversation.store import LeaseState, StoredMessage
from switchboard.core.conversation.turn import turn_of
from switchboard.core.people.address import ConversationId

from tests.contracts.conversing import MINE, NOW, UNTIL, Both, acquired, begun, closed
from tests.examples import ADAS_PAGE, BABBAGES_PHONE, CONVERSATION, prompt, text


def test_a_message_is_kept_once_however_often_it_comes(both: Both) -> None:
    first, again = text(1), replace(text(1), at_ms=text(9).at_ms)
    assert both.box.keep(CONVERSATION, first) == StoredMessage(first.key, CONVERSATION, new=True)
    assert both.box.keep(CONVERSATION, again) == StoredMessage(first.key, CONVERSATION, new=False)
    assert acquired(both) == LeaseState(waiting=1)


def test_a_message_stays_claimed_after_it_was_answered(both: Both) -> None:
    closed(both, text(1))
    assert both.box.keep(CONVERSATION, text(1)) == StoredMessage(text(1).key, CONVERSATION, new=False)
    assert both.desk.acquire(MINE, now_ms=NOW, until_ms=UNTIL) is None


def test_the_same_id_on_another_channel_is_another_message(both: Both) -> None:
    both.box.keep(CONVERSATION, text(1))
    assert both.box.keep(CONVERSATION, text(1, address=ADAS_PAGE)).new


def test_a_message_is_found_by_its_channels_id_in_its_own_conversation_only(both: Both) -> None:
    both.box.keep(CONVERSATION, prompt(1))
    assert both.box.find(CONVERSATION, "web", "prompt-1") == StoredMessage(
        prompt(1).key, CONVERSATION, new=False
    )
    assert both.box.find(CONVERSATION, "sms", "prompt-1") is None
    assert both.box.find(ConversationId("private-babbage"), "web", "prompt-1") is None


def test_what_waits_is_read_oldest_first_exactly_as_it_was_kept(both: Both) -> None:
    kept = [text(2, "second 😀"), prompt(3), text(1, address=BABBAGES_PHONE)]
    for message in kept:
        both.box.keep(CONVERSATION, message)
    view = both.desk.read(MINE, acquired(both))
    assert view.waiting == [kept[2], kept[0], kept[1]]
    assert list(view.turns) == []


def test_messages_that_come_after_the_lease_was_taken_hide_nothing(both: Both) -> None:
    closed(both, text(1))
    both.box.keep(CONVERSATION, text(2))
    held = acquired(both)
    for number in range(3, 40):
        both.box.keep(CONVERSATION, text(number))
    view = both.desk.read(MINE, held)
    assert view.waiting[0] == text(2)
    assert [turn.id for turn in view.turns] == [text(1).key]


def test_a_wish_to_stop_reaches_the_holder_at_its_next_checkpoint(both: Both) -> None:
    turn = begun(both, prompt(1))
    assert both.box.stop(CONVERSATION, turn.id)
    assert both.desk.checkpoint(MINE, turn).stop


def test_a_wish_to_stop_reaches_a_prompt_that_still_waits(both: Both) -> None:
    both.box.keep(CONVERSATION, prompt(1))
    assert both.box.stop(CONVERSATION, prompt(1).key)
    assert both.desk.read(MINE, acquired(both)).waiting == [replace(prompt(1), stop=True)]


def test_a_finished_turn_cannot_be_stopped(both: Both) -> None:
    assert not both.box.stop(CONVERSATION, closed(both, prompt(1)).id)


def test_a_page_that_reconnects_takes_the_words_with_it(both: Both) -> None:
    turn = begun(both, prompt(1))
    assert both.box.redirect(CONVERSATION, turn.id, stream="socket-2", after=7) is None
    stored = both.desk.checkpoint(MINE, turn)
    assert (stored.stream, stored.resume_after, stored.redirects) == ("socket-2", 7, 1)


def test_a_prompt_that_still_waits_follows_its_page(both: Both) -> None:
    both.box.keep(CONVERSATION, prompt(1))
    assert both.box.redirect(CONVERSATION, prompt(1).key, stream="socket-2", after=0) is None
    assert both.desk.read(MINE, acquired(both)).waiting == [prompt(1, stream="socket-2")]


def test_a_finished_turn_comes_back_for_replay_and_is_left_as_it_is(both: Both) -> None:
    done = closed(both, prompt(1))
    assert both.box.redirect(CONVERSATION, done.id, stream="socket-2", after=0) == done


@pytest.mark.parametrize("wish", ["stop", "redirect"])
def test_a_wish_that_comes_between_reading_and_taking_is_not_lost(both: Both, wish: str) -> None:
    both.box.keep(CONVERSATION, prompt(1))
    waiting = both.desk.read(MINE, acquired(both)).waiting
    if wish == "stop":
        both.box.stop(CONVERSATION, prompt(1).key)
    else:
        both.box.redirect(CONVERSATION, prompt(1).key, stream="socket-2", after=0)
    turn = turn_of(waiting)
    assert not both.desk.begin(MINE, turn, waiting)
    again = both.desk.read(MINE, LeaseState(waiting=1)).waiting
    assert both.desk.begin(MINE, turn_of(again), again)
    stored = both.desk.checkpoint(MINE, turn)
    assert stored.stop if wish == "stop" else stored.stream == "socket-2"
