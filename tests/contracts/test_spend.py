"""A reservation is written with its turn, kept to its terms, and settled with the turn's end, once."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.adapters.dynamo.spend.ledger import DynamoLedger, overdrawn, reserving, settling
from switchboard.adapters.dynamo.table.items import unpack
from switchboard.core.conversation.store import LeaseState
from switchboard.core.conversation.turn import Turn, turn_of
from switchboard.core.errors import LeaseLost
from switchboard.core.people.address import PersonId
from switchboard.core.spend.ledger import (
    BudgetExceeded,
    Reservation,
    ReservationLimits,
    SpendCaps,
    SpendStatus,
    SpendTotals,
    Verdict,
)

from tests.contracts.conversing import MINE, THEIRS, UNTIL, Both, acquired, answered
from tests.examples import ADA, CONVERSATION, prompt, text
from tests.fakes.ledger import FakeLedger
from tests.tables import PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from switchboard.core.messages.message import Inbound

TODAY, TOMORROW, NEXT_MONTH = "2026-11-29", "2026-11-30", "2026-12-01"
AMPLE = SpendCaps(1_000, 1_000)
WIDE = ReservationLimits(SpendCaps(1_000, 2_000), SpendCaps(1_000, 2_000))


def opened(
    both: Both, message: Inbound, reservation: Reservation, terms: ReservationLimits | None = WIDE
) -> Turn:
    both.box.keep(CONVERSATION, message)
    acquired(both)
    turn = replace(turn_of([message]), reservation=reservation)
    assert both.desk.begin(MINE, turn, [message], terms)
    return turn


def finished(both: Both, turn: Turn, cost: str = "0.000040") -> Turn:
    done = both.desk.finish(MINE, replace(answered(turn), cost=cost))
    assert both.desk.release(MINE) is None
    return done


def sums(both: Both, day: str = TODAY) -> tuple[tuple[int, int], tuple[int, int]]:
    standing = both.ledger.standing(ADA, day)
    return (
        (standing.day.committed, standing.day.settled),
        (standing.month.committed, standing.month.settled),
    )


def test_whoever_spent_nothing_stands_at_nothing(both: Both) -> None:
    assert both.ledger.standing(ADA, TODAY) == SpendStatus()


def test_what_a_turn_may_cost_is_committed_when_it_begins_and_settled_when_it_ends(both: Both) -> None:
    turn = opened(both, text(1), Reservation(TODAY, 100))
    assert sums(both) == ((100, 0), (100, 0))
    finished(both, turn)
    assert sums(both) == ((40, 40), (40, 40))


def test_the_reservation_is_kept_on_the_turn(both: Both) -> None:
    reservation = Reservation(TODAY, 100, Verdict.REFUSED, TOMORROW)
    turn = opened(both, text(1), reservation)
    (stored,) = both.desk.read(MINE, LeaseState(waiting=0, open_turn=turn.id)).turns
    assert stored.reservation == reservation


def test_a_turn_that_cost_more_than_was_reserved_is_settled_all_the_same(both: Both) -> None:
    finished(both, opened(both, text(1), Reservation(TODAY, 10)))
    assert sums(both) == ((40, 40), (40, 40))


def test_what_was_not_reserved_is_settled_too(both: Both) -> None:
    finished(both, opened(both, text(1), Reservation(TODAY)))
    assert sums(both) == ((40, 40), (40, 40))


def test_what_costs_nothing_leaves_no_trace_of_a_person(both: Both, kind: str) -> None:
    finished(both, opened(both, text(1), Reservation(TODAY)), cost="0.000000")
    assert both.ledger.standing(ADA, TODAY) == SpendStatus()
    if isinstance(both.ledger, DynamoLedger):
        items = both.ledger.client.scan(TableName=PEOPLE)["Items"]
        assert {item["pk"]["S"] for item in items} <= {"DEPLOYMENT"}


@pytest.mark.parametrize(
    "room", [SpendCaps(39, 1_000), SpendCaps(1_000, 39)], ids=["the day is full", "the month is full"]
)
def test_a_turn_without_room_does_not_begin_and_its_message_waits_on(both: Both, room: SpendCaps) -> None:
    finished(both, opened(both, text(1), Reservation(TODAY, 100)))
    both.box.keep(CONVERSATION, text(2))
    held = acquired(both)
    turn = replace(turn_of([text(2)]), reservation=Reservation(TODAY, 1))
    with pytest.raises(BudgetExceeded) as refused:
        both.desk.begin(MINE, turn, [text(2)], ReservationLimits(room, AMPLE))
    assert refused.value.standing.day == SpendTotals(40, 40)
    assert both.desk.read(MINE, held).waiting == [text(2)]
    assert sums(both) == ((40, 40), (40, 40))
    assert both.desk.begin(MINE, turn, [text(2)], ReservationLimits(SpendCaps(40, 40), AMPLE))


def test_without_terms_there_is_always_room(both: Both) -> None:
    opened(both, text(1), Reservation(TODAY, 10**9), None)
    assert sums(both) == ((10**9, 0), (10**9, 0))


@pytest.mark.parametrize("warn", [SpendCaps(40, 1_000), SpendCaps(1_000, 40)])
def test_beyond_the_line_a_turn_begins_with_a_warning_and_the_next_not(both: Both, warn: SpendCaps) -> None:
    finished(both, opened(both, text(1), Reservation(TODAY, 100)))
    terms = ReservationLimits(WIDE.room, warn)
    both.box.keep(CONVERSATION, text(2))
    acquired(both)
    plain = replace(turn_of([text(2)]), reservation=Reservation(TODAY, 50))
    with pytest.raises(BudgetExceeded):
        both.desk.begin(MINE, plain, [text(2)], terms)
    warned = replace(plain, reservation=Reservation(TODAY, 50, Verdict.WARNED))
    assert both.desk.begin(MINE, warned, [text(2)], terms)
    assert both.ledger.standing(ADA, TODAY).warned == TODAY
    finished(both, warned)
    opened(both, text(3), Reservation(TODAY, 50), terms)


def test_a_refusal_is_paid_for_once_a_day(both: Both) -> None:
    refused = Reservation(TODAY, 10, Verdict.REFUSED)
    finished(both, opened(both, text(1), refused))
    both.box.keep(CONVERSATION, text(2))
    acquired(both)
    for verdict in (Verdict.REFUSED, Verdict.CLOSED):
        again = replace(turn_of([text(2)]), reservation=replace(refused, verdict=verdict))
        with pytest.raises(BudgetExceeded):
            both.desk.begin(MINE, again, [text(2)], WIDE)
    tomorrow = replace(turn_of([text(2)]), reservation=replace(refused, day=TOMORROW))
    assert both.desk.begin(MINE, tomorrow, [text(2)], WIDE)


def test_a_turn_is_settled_on_the_day_it_was_reserved_on(both: Both) -> None:
    finished(both, opened(both, text(1), Reservation(TODAY, 100)))
    finished(both, opened(both, text(2), Reservation(TOMORROW, 100)))
    finished(both, opened(both, text(3), Reservation(NEXT_MONTH, 100)))
    assert sums(both, TODAY) == ((40, 40), (80, 80))
    assert sums(both, TOMORROW) == ((40, 40), (80, 80))
    assert sums(both, NEXT_MONTH) == ((40, 40), (40, 40))


def test_a_turn_that_is_finished_twice_is_settled_once(both: Both) -> None:
    turn = opened(both, text(1), Reservation(TODAY, 100))
    done = both.desk.finish(MINE, answered(turn))
    again = both.desk.finish(MINE, replace(answered(turn), text="Something else.", cost="0.000099"))
    assert again == done
    assert sums(both) == ((10, 10), (10, 10))


def test_whoever_adopts_a_turn_settles_it_and_its_first_holder_cannot(both: Both) -> None:
    turn = opened(both, text(1), Reservation(TODAY, 100))
    acquired(both, THEIRS, now_ms=UNTIL + 1)
    adopted = both.desk.adopt(THEIRS, turn, Reservation(TODAY, 160), WIDE)
    with pytest.raises(LeaseLost):
        both.desk.finish(MINE, answered(turn))
    assert sums(both) == ((160, 0), (160, 0))
    both.desk.finish(THEIRS, answered(adopted))
    assert sums(both) == ((10, 10), (10, 10))


def test_an_adoption_writes_what_is_reserved_more_on_the_turn_and_on_its_person(both: Both) -> None:
    turn = opened(both, text(1), Reservation(TODAY, 100))
    held = acquired(both, THEIRS, now_ms=UNTIL + 1)
    more = Reservation(TODAY, 160, Verdict.WARNED)
    adopted = both.desk.adopt(THEIRS, turn, more, ReservationLimits(SpendCaps(100, 100), SpendCaps(0, 0)))
    assert adopted == both.desk.read(THEIRS, held).turns[0] == replace(turn, attempts=2, reservation=more)
    assert both.ledger.standing(ADA, TODAY) == SpendStatus(SpendTotals(160), SpendTotals(160), warned=TODAY)


def test_an_adoption_without_room_changes_nothing(both: Both) -> None:
    turn = opened(both, text(1), Reservation(TODAY, 100))
    held = acquired(both, THEIRS, now_ms=UNTIL + 1)
    with pytest.raises(BudgetExceeded) as refused:
        both.desk.adopt(THEIRS, turn, Reservation(TODAY, 160), ReservationLimits(SpendCaps(99, 99), AMPLE))
    assert refused.value.standing.day == SpendTotals(100)
    assert both.desk.read(THEIRS, held).turns == [turn]
    assert sums(both) == ((100, 0), (100, 0))
    ended = Reservation(TODAY, 100, Verdict.ABANDONED, TOMORROW)
    assert both.desk.adopt(THEIRS, turn, ended).reservation == ended
    assert sums(both) == ((100, 0), (100, 0))


def test_a_slow_holder_that_finishes_before_it_is_adopted_has_settled(both: Both) -> None:
    turn = opened(both, text(1), Reservation(TODAY, 100))
    held = acquired(both, THEIRS, now_ms=UNTIL + 1)
    seen = both.desk.read(THEIRS, held).turns[0]
    done = both.desk.finish(MINE, answered(turn))
    assert both.desk.adopt(THEIRS, seen, Reservation(TODAY, 160), WIDE) == done
    assert sums(both) == ((10, 10), (10, 10))


def test_a_page_that_moves_while_its_turn_is_finished_is_followed(both: Both) -> None:
    turn = opened(both, prompt(1), Reservation(TODAY, 100))
    for socket in ("socket-2", "socket-3"):
        both.box.redirect(CONVERSATION, turn.id, stream=socket, after=7)
    done = both.desk.finish(MINE, answered(turn))
    assert (done.stream, done.redirects, done.text) == ("socket-3", 2, "Hello Ada.")
    assert sums(both) == ((10, 10), (10, 10))


# Everybody's


def test_everybodys_money_is_drawn_while_there_is_room(both: Both) -> None:
    both.ledger.draw(60, TODAY, room=SpendCaps(0, 0))
    both.ledger.draw(40, TODAY, room=SpendCaps(60, 60))
    with pytest.raises(BudgetExceeded) as refused:
        both.ledger.draw(1, TODAY, room=SpendCaps(99, 1_000))
    assert refused.value.standing.day.committed == 100


def test_everybodys_month_has_a_cap_of_its_own(both: Both) -> None:
    both.ledger.draw(60, TODAY, room=WIDE.room)
    both.ledger.draw(60, TOMORROW, room=SpendCaps(0, 60))
    with pytest.raises(BudgetExceeded) as refused:
        both.ledger.draw(1, TOMORROW, room=SpendCaps(1_000, 119))
    assert refused.value.standing.month.committed == 120
    both.ledger.draw(60, NEXT_MONTH, room=SpendCaps(0, 0))


def test_what_was_spent_is_forgotten_after_a_year(dynamodb: DynamoDBClient) -> None:
    DynamoLedger(dynamodb, PEOPLE).draw(60, "2026-11-21", room=SpendCaps(0, 0))
    (item,) = dynamodb.scan(TableName=PEOPLE)["Items"]
    assert unpack(item)["expires"] == 1_829_779_200
    assert unpack(item)["sk"] == "SPEND#2026-11"


# The fake and the table, write by write

days = st.sampled_from([TODAY, TOMORROW, NEXT_MONTH])
amounts = st.integers(min_value=1, max_value=60)
caps = st.builds(SpendCaps, st.integers(min_value=0, max_value=150), st.integers(min_value=0, max_value=200))
reservations = st.builds(Reservation, days, amounts, st.sampled_from(Verdict))
reserve = st.tuples(st.just("reserve"), reservations, st.none() | st.builds(ReservationLimits, caps, caps))
settle = st.tuples(st.just("settle"), reservations, amounts)
Write = tuple[str, Reservation, object]
writes = st.lists(st.one_of(reserve, settle), max_size=12)


def try_table(client: DynamoDBClient, person: PersonId, write: Write) -> SpendStatus | None:
    kind, reservation, rest = write
    if kind == "settle":
        assert isinstance(rest, int)
        item = settling(PEOPLE, person, reservation, rest)
    else:
        assert rest is None or isinstance(rest, ReservationLimits)
        item = reserving(PEOPLE, person, reservation, rest)
    try:
        client.transact_write_items(TransactItems=[item])  # type: ignore[list-item]
    except client.exceptions.TransactionCanceledException as error:
        return overdrawn(error.response["CancellationReasons"][0], reservation.day).standing
    return None


def try_fake(ledger: FakeLedger, person: PersonId, write: Write) -> SpendStatus | None:
    _, reservation, rest = write
    try:
        if isinstance(rest, int):
            ledger.settle(person, reservation, rest)
        else:
            assert rest is None or isinstance(rest, ReservationLimits)
            ledger.reserve(person, reservation, rest)
    except BudgetExceeded as error:
        return error.standing
    return None


def test_the_fake_and_the_table_agree_on_every_write(dynamodb: DynamoDBClient) -> None:
    numbers, fake, table = count(), FakeLedger(), DynamoLedger(dynamodb, PEOPLE)

    @settings(max_examples=50, deadline=None)
    @given(writes)
    def agree(script: list[Write]) -> None:
        person = PersonId(f"person-{next(numbers)}")
        for write in script:
            assert try_table(dynamodb, person, write) == try_fake(fake, person, write)
            day = write[1].day
            assert table.standing(person, day) == fake.standing(person, day)

    agree()
