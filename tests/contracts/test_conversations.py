"""A lease lets one worker at a time take from a mailbox, and fences off whoever was only slow."""

from __future__ import annotations

from dataclasses import replace

import pytest
from switchboard.core.conversation.store import Busy, LeaseState
from switchboard.core.conversation.turn import turn_of
from switchboard.core.errors import LeaseLost

from tests.contracts.conversing import MINE, NOW, THEIRS, UNTIL, Both, acquired, answered, begun, closed
from tests.examples import CONVERSATION, text


def test_nothing_waits_in_a_conversation_that_nobody_wrote_to(both: Both) -> None:
    assert both.desk.acquire(MINE, now_ms=NOW, until_ms=UNTIL) is None


def test_one_worker_holds_a_conversation_until_the_lease_runs_out(both: Both) -> None:
    both.box.keep(CONVERSATION, text(1))
    acquired(both)
    with pytest.raises(Busy) as busy:
        both.desk.acquire(THEIRS, now_ms=UNTIL, until_ms=UNTIL + 1)
    assert busy.value.until_ms == UNTIL
    assert acquired(both, THEIRS, now_ms=UNTIL + 1) == LeaseState(waiting=1)


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
        lambda: both.desk.adopt(MINE, turn, turn.reservation),
        lambda: both.desk.release(MINE),
        lambda: both.desk.let_go(MINE),
    ):
        with pytest.raises(LeaseLost):
            write()


def test_once_a_turn_is_adopted_its_first_holder_cannot_write_it(both: Both) -> None:
    turn = begun(both, text(1))
    acquired(both, THEIRS, now_ms=UNTIL + 1)
    both.desk.adopt(THEIRS, turn, turn.reservation)
    with pytest.raises(LeaseLost):
        both.desk.checkpoint(MINE, answered(turn))


def test_a_holder_that_lets_go_leaves_everything_as_it_is(both: Both) -> None:
    turn = begun(both, text(1))
    both.box.keep(CONVERSATION, text(2))
    both.desk.let_go(MINE)
    held = acquired(both, THEIRS)
    assert held == LeaseState(waiting=1, open_turn=turn.id)
    assert [each.id for each in both.desk.read(THEIRS, held).turns] == [turn.id]


def test_what_is_taken_waits_no_longer_and_opens_a_turn(both: Both) -> None:
    turn = begun(both, text(1), text(2))
    view = both.desk.read(MINE, LeaseState(waiting=0, open_turn=turn.id))
    assert (list(view.waiting), list(view.turns)) == ([], [turn])


def test_a_message_is_taken_once(both: Both) -> None:
    begun(both, text(1))
    assert not both.desk.begin(MINE, replace(turn_of([text(1)]), id="another"), [text(1)])


def test_a_turn_comes_back_from_the_store_as_it_was_written(both: Both) -> None:
    done = answered(begun(both, text(1)))
    assert both.desk.checkpoint(MINE, done) == done
    assert both.desk.read(MINE, LeaseState(waiting=0)).turns == [done]


def test_turns_are_read_newest_first_and_no_more_than_a_page_of_them(both: Both) -> None:
    for number in range(1, 24):
        closed(both, text(number))
    both.box.keep(CONVERSATION, text(99))
    view = both.desk.read(MINE, acquired(both))
    assert [turn.id for turn in view.turns] == [text(number).key for number in range(23, 13, -1)]


def test_an_open_turn_is_always_read_however_old_its_message_is(both: Both) -> None:
    for number in range(2, 14):
        closed(both, text(number))
    turn = begun(both, text(1))
    both.desk.let_go(MINE)
    held = acquired(both, THEIRS)
    assert turn.id in [each.id for each in both.desk.read(THEIRS, held).turns]


def test_an_adopted_turn_counts_the_attempt(both: Both) -> None:
    turn = begun(both, text(1))
    acquired(both, THEIRS, now_ms=UNTIL + 1)
    assert both.desk.adopt(THEIRS, turn, turn.reservation).attempts == 2
    assert both.desk.read(THEIRS, LeaseState(waiting=0, open_turn=turn.id)).turns[0].attempts == 2


def test_a_turn_that_its_slow_holder_finished_after_all_is_not_answered_twice(both: Both) -> None:
    turn = begun(both, text(1))
    held = acquired(both, THEIRS, now_ms=UNTIL + 1)
    seen = both.desk.read(THEIRS, held).turns[0]
    done = both.desk.checkpoint(MINE, answered(turn))
    assert both.desk.adopt(THEIRS, seen, seen.reservation) == done


def test_a_conversation_is_released_when_everything_was_taken(both: Both) -> None:
    closed(both, text(1))
    assert both.desk.acquire(THEIRS, now_ms=NOW, until_ms=UNTIL) is None
    both.box.keep(CONVERSATION, text(2))
    assert acquired(both, THEIRS) == LeaseState(waiting=1)


def test_what_came_meanwhile_is_told_at_release_and_the_lease_is_kept(both: Both) -> None:
    both.desk.checkpoint(MINE, answered(begun(both, text(1))))
    both.box.keep(CONVERSATION, text(2))
    assert both.desk.release(MINE) == LeaseState(waiting=1)
    with pytest.raises(Busy):
        both.desk.acquire(THEIRS, now_ms=NOW, until_ms=UNTIL)
