"""A mailbox keeps each message once and in order; a lease lets one worker at a time take from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from switchboard.adapters.dynamo.conversations import DynamoConversations
from switchboard.adapters.dynamo.mailbox import DynamoMailbox
from switchboard.core.conversations import Busy, Conversations, Held, Kept, Lease, Mailbox
from switchboard.core.errors import LeaseLost
from switchboard.core.model import Usage
from switchboard.core.people import ConversationId
from switchboard.core.turns import Turn, TurnState, turn_of

from tests.examples import ADAS_PAGE, BABBAGES_PHONE, CONVERSATION, prompt, text
from tests.fakes.conversations import FakeConversations
from tests.tables import CONVERSATIONS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from switchboard.core.messages import Inbound

MINE, THEIRS = Lease(CONVERSATION, "mine"), Lease(CONVERSATION, "theirs")
NOW, UNTIL = 1_000, 31_000


@dataclass
class Both:
    """The two sides of one conversation."""

    box: Mailbox
    desk: Conversations


@pytest.fixture
def both(kind: str, dynamodb: DynamoDBClient) -> Both:
    if kind == "fake":
        fake = FakeConversations()
        return Both(fake, fake)
    return Both(DynamoMailbox(dynamodb, CONVERSATIONS), DynamoConversations(dynamodb, CONVERSATIONS))


def acquired(both: Both, lease: Lease = MINE, *, now_ms: int = NOW, until_ms: int = UNTIL) -> Held:
    held = both.desk.acquire(lease, now_ms=now_ms, until_ms=until_ms)
    assert held is not None
    return held


def begun(both: Both, *messages: Inbound) -> Turn:
    """Messages kept, the lease taken, and a turn opened with all of them."""
    for message in messages:
        both.box.keep(CONVERSATION, message)
    acquired(both)
    turn = turn_of(messages)
    both.desk.begin(MINE, turn, messages)
    return turn


def answered(turn: Turn) -> Turn:
    return replace(
        turn,
        state=TurnState.ANSWERED,
        text="Hello Ada.",
        page="Hello",
        rest="Ada.",
        beats=(5, "current_time", 5),
        usage=Usage("grammar", 3, 1, 2),
        cost="0.000010",
    )


def closed(both: Both, *messages: Inbound) -> Turn:
    done = both.desk.checkpoint(MINE, answered(begun(both, *messages)))
    assert both.desk.release(MINE) is None
    return done


# Bringing messages


def test_a_message_is_kept_once_however_often_it_comes(both: Both) -> None:
    first, again = text(1), replace(text(1), at_ms=text(9).at_ms)
    assert both.box.keep(CONVERSATION, first) == Kept(first.key, new=True)
    assert both.box.keep(CONVERSATION, again) == Kept(first.key, new=False)
    assert acquired(both) == Held(waiting=1)


def test_a_message_stays_claimed_after_it_was_answered(both: Both) -> None:
    closed(both, text(1))
    assert both.box.keep(CONVERSATION, text(1)) == Kept(text(1).key, new=False)
    assert both.desk.acquire(MINE, now_ms=NOW, until_ms=UNTIL) is None


def test_the_same_id_on_another_channel_is_another_message(both: Both) -> None:
    both.box.keep(CONVERSATION, text(1))
    assert both.box.keep(CONVERSATION, text(1, address=ADAS_PAGE)).new


def test_a_message_is_found_by_its_channels_id_in_its_own_conversation_only(both: Both) -> None:
    both.box.keep(CONVERSATION, prompt(1))
    assert both.box.key_of(CONVERSATION, "web", "prompt-1") == prompt(1).key
    assert both.box.key_of(CONVERSATION, "sms", "prompt-1") is None
    assert both.box.key_of(ConversationId("private-babbage"), "web", "prompt-1") is None


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


# Holding the lease


def test_nothing_waits_in_a_conversation_that_nobody_wrote_to(both: Both) -> None:
    assert both.desk.acquire(MINE, now_ms=NOW, until_ms=UNTIL) is None


def test_one_worker_holds_a_conversation_until_the_lease_runs_out(both: Both) -> None:
    both.box.keep(CONVERSATION, text(1))
    acquired(both)
    with pytest.raises(Busy) as busy:
        both.desk.acquire(THEIRS, now_ms=UNTIL, until_ms=UNTIL + 1)
    assert busy.value.until_ms == UNTIL
    assert acquired(both, THEIRS, now_ms=UNTIL + 1) == Held(waiting=1)


def test_taking_ones_own_lease_again_is_no_conflict(both: Both) -> None:
    both.box.keep(CONVERSATION, text(1))
    assert acquired(both) == acquired(both)


def test_a_renewed_lease_lasts_longer(both: Both) -> None:
    both.box.keep(CONVERSATION, text(1))
    acquired(both)
    both.desk.renew(MINE, until_ms=UNTIL + 500)
    with pytest.raises(Busy) as busy:
        both.desk.acquire(THEIRS, now_ms=UNTIL + 500, until_ms=UNTIL * 2)
    assert busy.value.until_ms == UNTIL + 500


def test_a_holder_that_was_only_slow_is_fenced_off(both: Both) -> None:
    turn = begun(both, text(1))
    acquired(both, THEIRS, now_ms=UNTIL + 1)
    for write in (
        lambda: both.desk.renew(MINE, until_ms=UNTIL),
        lambda: both.desk.begin(MINE, turn_of([text(2)]), [text(2)]),
        lambda: both.desk.adopt(MINE, turn),
        lambda: both.desk.release(MINE),
        lambda: both.desk.let_go(MINE),
    ):
        with pytest.raises(LeaseLost):
            write()


def test_once_a_turn_is_adopted_its_first_holder_cannot_write_it(both: Both) -> None:
    turn = begun(both, text(1))
    acquired(both, THEIRS, now_ms=UNTIL + 1)
    both.desk.adopt(THEIRS, turn)
    with pytest.raises(LeaseLost):
        both.desk.checkpoint(MINE, answered(turn))


def test_a_holder_that_lets_go_leaves_everything_as_it_is(both: Both) -> None:
    turn = begun(both, text(1))
    both.box.keep(CONVERSATION, text(2))
    both.desk.let_go(MINE)
    held = acquired(both, THEIRS)
    assert held == Held(waiting=1, open_turn=turn.id)
    assert [each.id for each in both.desk.read(THEIRS, held).turns] == [turn.id]


# Turns


def test_what_is_taken_waits_no_longer_and_opens_a_turn(both: Both) -> None:
    turn = begun(both, text(1), text(2))
    view = both.desk.read(MINE, Held(waiting=0, open_turn=turn.id))
    assert (list(view.waiting), list(view.turns)) == ([], [turn])


def test_a_message_is_taken_once(both: Both) -> None:
    begun(both, text(1))
    assert not both.desk.begin(MINE, replace(turn_of([text(1)]), id="another"), [text(1)])


def test_a_turn_comes_back_from_the_store_as_it_was_written(both: Both) -> None:
    done = answered(begun(both, text(1)))
    assert both.desk.checkpoint(MINE, done) == done
    assert both.desk.read(MINE, Held(waiting=0)).turns == [done]


def test_turns_are_read_newest_first_and_no_more_than_a_page_of_them(both: Both) -> None:
    for number in range(1, 24):
        closed(both, text(number))
    both.box.keep(CONVERSATION, text(99))
    view = both.desk.read(MINE, acquired(both))
    assert [turn.id for turn in view.turns] == [text(number).key for number in range(23, 13, -1)]


def test_an_open_turn_is_always_read_however_old_its_message_is(both: Both) -> None:
    for number in range(2, 25):
        closed(both, text(number))
    turn = begun(both, text(1))
    both.desk.let_go(MINE)
    held = acquired(both, THEIRS)
    assert turn.id in [each.id for each in both.desk.read(THEIRS, held).turns]


def test_an_adopted_turn_counts_the_attempt(both: Both) -> None:
    turn = begun(both, text(1))
    acquired(both, THEIRS, now_ms=UNTIL + 1)
    assert both.desk.adopt(THEIRS, turn).attempts == 2
    assert both.desk.read(THEIRS, Held(waiting=0, open_turn=turn.id)).turns[0].attempts == 2


def test_a_turn_that_its_slow_holder_finished_after_all_is_not_answered_twice(both: Both) -> None:
    turn = begun(both, text(1))
    held = acquired(both, THEIRS, now_ms=UNTIL + 1)
    seen = both.desk.read(THEIRS, held).turns[0]
    done = both.desk.checkpoint(MINE, answered(turn))
    assert both.desk.adopt(THEIRS, seen) == done


def test_a_conversation_is_released_when_everything_was_taken(both: Both) -> None:
    closed(both, text(1))
    assert both.desk.acquire(THEIRS, now_ms=NOW, until_ms=UNTIL) is None
    both.box.keep(CONVERSATION, text(2))
    assert acquired(both, THEIRS) == Held(waiting=1)


def test_what_came_meanwhile_is_told_at_release_and_the_lease_is_kept(both: Both) -> None:
    both.desk.checkpoint(MINE, answered(begun(both, text(1))))
    both.box.keep(CONVERSATION, text(2))
    assert both.desk.release(MINE) == Held(waiting=1)
    with pytest.raises(Busy):
        both.desk.acquire(THEIRS, now_ms=NOW, until_ms=UNTIL)


# Reaching a turn from outside


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
    again = both.desk.read(MINE, Held(waiting=1)).waiting
    assert both.desk.begin(MINE, turn_of(again), again)
    stored = both.desk.checkpoint(MINE, turn)
    assert stored.stop if wish == "stop" else stored.stream == "socket-2"
