"""Who is let in, who is warned, who is refused, and how often they are told."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.conversation.budget import BudgetDeps, WorstCaseCost, admit
from switchboard.core.conversation.turn import Turn
from switchboard.core.errors import LeaseLost
from switchboard.core.messages.keywords import Keyword
from switchboard.core.people.address import PersonId
from switchboard.core.spend.budget_pool import BudgetPool
from switchboard.core.spend.ledger import (
    Reservation,
    ReservationLimits,
    SpendCaps,
    SpendLimits,
    Verdict,
    digest,
)

from tests.examples import ADA, ADAS_PAGE, turn
from tests.fakes.clock import EPOCH_MS
from tests.fakes.ledger import EVERYBODY, FakeLedger
from tests.fakes.throttle import FakeThrottle

TODAY = "2026-11-29"
BILLED, FREE = WorstCaseCost(turn=100, notice=20), WorstCaseCost(turn=100, notice=0)
ROOMY = SpendCaps(10**9, 10**9)


@dataclass
class Till:
    """One person and everybody, one process, and the turns that are open."""

    person: SpendCaps = ROOMY
    deployment: SpendCaps = ROOMY
    exempt: frozenset[str] = frozenset()
    ledger: FakeLedger = field(default_factory=FakeLedger)
    open: list[Turn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.new_process()

    def new_process(self) -> None:
        limits = SpendLimits(self.person, self.deployment, exempt=self.exempt)
        self.spending = BudgetDeps(
            limits, self.ledger, BudgetPool(self.ledger, self.deployment), FakeThrottle()
        )

    def begin(self, turn: Turn, terms: ReservationLimits | None) -> bool:
        self.ledger.reserve(turn.person, turn.reservation, terms)
        return True

    def admit(self, costs: WorstCaseCost = BILLED, *, asks: Turn | None = None, day: str = TODAY) -> Turn:
        found = admit(asks or turn(1), costs, day=day, spending=self.spending, begin=self.begin)
        assert found is not None
        self.open.append(found)
        return found

    def settle(self, actual: int) -> None:
        done = self.open.pop(0)
        self.ledger.settle(done.person, done.reservation, actual)
        self.spending.pool.give(done.reservation.amount - actual, done.reservation.day)

    def verdicts(self, count: int, costs: WorstCaseCost = BILLED) -> list[Verdict]:
        return [self.admit(costs).reservation.verdict for _ in range(count)]

    def committed(self, who: PersonId = ADA, day: str = TODAY) -> int:
        return self.ledger.standing(who, day).day.committed


def test_a_turn_is_let_in_with_its_worst_case_set_aside() -> None:
    till = Till()
    assert till.admit().reservation == Reservation(TODAY, 100)
    assert till.committed() == 100


def test_what_costs_nothing_asks_nobody() -> None:
    till = Till(person=SpendCaps(0, 0), deployment=SpendCaps(0, 0))
    assert till.admit(WorstCaseCost(0, 0)).reservation == Reservation(TODAY)


def test_from_80_percent_on_one_reply_a_day_carries_a_warning() -> None:
    till = Till(person=SpendCaps(1_000, 10**9))
    till.ledger.settle(ADA, Reservation(TODAY), 799)
    assert till.admit().reservation.verdict is Verdict.GRANTED
    till.settle(1)
    assert till.admit().reservation.verdict is Verdict.WARNED
    till.settle(1)
    assert till.admit().reservation.verdict is Verdict.GRANTED


def test_a_month_that_is_nearly_spent_is_warned_of_every_day() -> None:
    till = Till(person=SpendCaps(10**9, 10_000))
    till.ledger.settle(ADA, Reservation(TODAY), 8_500)
    days = ("2026-11-29", "2026-11-29", "2026-11-30")
    found = [till.admit(day=day).reservation.verdict for day in days]
    assert found == [Verdict.WARNED, Verdict.GRANTED, Verdict.WARNED]


def test_where_a_page_costs_something_a_refusal_is_said_once_a_day() -> None:
    till = Till(person=SpendCaps(120, 10**9))
    turns = [till.admit() for _ in range(4)]
    assert [each.reservation.verdict for each in turns] == [Verdict.GRANTED, *[Verdict.REFUSED] * 3]
    assert [each.silent for each in turns] == [False, False, True, True]
    assert till.committed() == 120


def test_where_a_page_costs_nothing_a_refusal_is_said_each_time() -> None:
    till = Till(person=SpendCaps(120, 10**9))
    turns = [till.admit(FREE) for _ in range(3)]
    assert [each.silent for each in turns] == [False] * 3
    assert turns[2].reservation == Reservation(TODAY, 0, Verdict.REFUSED, "2026-11-30")


def test_a_refusal_says_when_the_month_begins_if_it_was_the_months_cap() -> None:
    till = Till(person=SpendCaps(10**9, 120))
    till.admit()
    assert till.admit().reservation.resets == "2026-12-01"


def test_somebody_whose_cap_holds_no_turn_at_all_is_refused_kindly() -> None:
    till = Till(person=SpendCaps(50, 10**9))
    told = till.admit()
    assert (told.reservation, told.silent) == (
        Reservation(TODAY, 20, Verdict.REFUSED, "2026-11-30"),
        False,
    )


def test_when_everybodys_money_is_spent_nobody_is_let_in() -> None:
    till = Till(deployment=SpendCaps(1_000, 10**9))
    assert till.verdicts(11)[8:] == [Verdict.GRANTED, Verdict.CLOSED, Verdict.CLOSED]
    assert till.committed(EVERYBODY) <= 1_000


def test_a_person_who_is_refused_takes_from_everybody_no_more_than_one_try() -> None:
    till = Till(person=SpendCaps(120, 10**9), deployment=SpendCaps(1_000, 10**9))
    till.verdicts(30)
    assert till.committed(EVERYBODY) == 220


def test_who_is_exempt_is_neither_warned_nor_refused_but_counted() -> None:
    till = Till(SpendCaps(1, 1), SpendCaps(1, 1), exempt=frozenset({digest("sms:+12065550150")}))
    assert till.verdicts(3) == [Verdict.GRANTED] * 3
    assert till.committed() == 300
    assert till.committed(EVERYBODY) == 0


def test_silence_is_never_refused() -> None:
    till, asks = Till(SpendCaps(0, 0), SpendCaps(0, 0)), replace(turn(1), silent=True)
    assert till.admit(asks=asks) == replace(asks, reservation=Reservation(TODAY))


def keyword(said: Keyword, *, at_ms: int = EPOCH_MS) -> Turn:
    return replace(turn(1), keyword=said, at_ms=at_ms)


def test_a_keyword_is_answered_whatever_the_person_spent_out_of_everybodys_cap() -> None:
    till, asks = Till(person=SpendCaps(0, 0), deployment=SpendCaps(1_000, 1_000)), keyword(Keyword.STOP)
    assert till.admit(asks=asks) == replace(asks, reservation=Reservation(TODAY, BILLED.notice))
    assert till.committed(EVERYBODY) >= BILLED.notice


def test_a_keyword_is_heard_in_silence_when_everybodys_cap_has_no_room() -> None:
    till, asks = Till(deployment=SpendCaps(19, 19)), keyword(Keyword.HELP)
    assert till.admit(asks=asks) == replace(asks, reservation=Reservation(TODAY), silent=True)
    assert till.committed(EVERYBODY) == 0


@pytest.mark.parametrize("said", list(Keyword))
def test_each_keyword_is_answered_three_times_and_then_every_twenty_minutes(said: Keyword) -> None:
    till, minute = Till(), 60_000
    asked = [keyword(said, at_ms=EPOCH_MS + at * minute) for at in (0, 0, 0, 0, 19, 21, 22)]
    answered = [not till.admit(asks=each).silent for each in asked]
    assert answered == [True, True, True, False, False, True, False]


def test_who_has_had_enough_answers_takes_none_from_another_keyword_or_address() -> None:
    till = Till()
    for _ in range(5):
        till.admit(asks=keyword(Keyword.HELP))
    assert not till.admit(asks=keyword(Keyword.STOP)).silent
    assert not till.admit(asks=replace(keyword(Keyword.HELP), address=ADAS_PAGE)).silent


@pytest.mark.parametrize("outcome", [LeaseLost("gone"), None])
def test_a_turn_that_was_not_opened_gives_back_what_it_drew(outcome: LeaseLost | None) -> None:
    till = Till(deployment=SpendCaps(200, 200))

    def fail(_turn: Turn, _terms: ReservationLimits | None) -> bool:
        if outcome:
            raise outcome
        return False

    for _ in range(5):
        try:
            assert admit(turn(1), BILLED, day=TODAY, spending=till.spending, begin=fail) is None
        except LeaseLost:
            continue
    assert till.committed(EVERYBODY) == 100
    assert till.admit().reservation.verdict is Verdict.GRANTED
    assert till.committed(EVERYBODY) == 100


def test_a_turn_that_may_have_been_opened_gives_nothing_back() -> None:
    till = Till(deployment=SpendCaps(200, 200))

    def unheard(_turn: Turn, _terms: ReservationLimits | None) -> bool:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        admit(turn(1), BILLED, day=TODAY, spending=till.spending, begin=unheard)
    assert till.admit().reservation.verdict is Verdict.CLOSED


# Whatever happens in whichever order

costs = st.builds(
    lambda model, notice: WorstCaseCost(model + notice, notice),
    st.integers(min_value=0, max_value=200),
    st.sampled_from([0, 20]),
)
asks = st.tuples(st.just("ask"), costs, st.sampled_from(["ada", "babbage", "carol"]))
ends = st.tuples(st.just("end"), st.integers(min_value=0, max_value=100), st.none())
dies = st.tuples(st.just("die"), st.none(), st.none())
caps = st.builds(SpendCaps, st.integers(min_value=0, max_value=600), st.integers(min_value=0, max_value=900))


@given(st.lists(st.one_of(asks, ends, dies), max_size=60), caps, caps)
def test_no_cap_is_ever_overshot_and_everything_that_ends_is_settled(
    script: list[tuple[str, object, str | None]], person: SpendCaps, deployment: SpendCaps
) -> None:
    till = Till(person, deployment)
    spent = 0
    for kind, what, who in script:
        if isinstance(what, WorstCaseCost):
            till.admit(what, asks=replace(turn(1), person=PersonId(str(who))))
        elif isinstance(what, int) and till.open:
            actual = till.open[0].reservation.amount * what // 100
            spent += actual
            till.settle(actual)
        elif kind == "die":
            till.new_process()
        check(till)
    for each in list(till.open):
        spent += each.reservation.amount
        till.settle(each.reservation.amount)
    own = [till.ledger.standing(PersonId(who), TODAY).day for who in ("ada", "babbage", "carol")]
    assert all(each.committed == each.settled for each in own)
    assert sum(each.settled for each in own) == spent <= till.committed(EVERYBODY)


def check(till: Till) -> None:
    people = [PersonId(who) for who in ("ada", "babbage", "carol")]
    for who, cap in [*((who, till.person) for who in people), (EVERYBODY, till.deployment)]:
        standing = till.ledger.standing(who, TODAY)
        assert standing.day.committed <= cap.day
        assert standing.month.committed <= cap.month
    assert sum(map(till.committed, people)) <= till.committed(EVERYBODY)


@given(st.integers(min_value=1, max_value=500), caps)
def test_whoever_is_refused_for_the_first_time_is_always_told(worst: int, person: SpendCaps) -> None:
    person = SpendCaps(person.day + 20, person.month + 20)
    till = Till(person)
    turns = [till.admit(WorstCaseCost(worst + 20, 20)) for _ in range(40)]
    refused = [each for each in turns if each.reservation.refused]
    assert [each.silent for each in refused] == [False, *[True] * (len(refused) - 1)][: len(refused)]


def test_a_share_of_the_caps_is_kept_for_telling_people() -> None:
    till = Till(deployment=SpendCaps(1_000, 1_000), person=ROOMY)
    turns = [till.admit(asks=replace(turn(1), person=PersonId(f"p{n}"))) for n in range(14)]
    assert [each.reservation.verdict for each in turns].count(Verdict.GRANTED) == 9
    told = [each for each in turns if each.reservation.verdict is Verdict.CLOSED and not each.silent]
    assert len(told) == 5
    assert Decimal(till.committed(EVERYBODY)) <= 1_000
