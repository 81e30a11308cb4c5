"""Work on calls is paid from the ledger that turns are paid from: kept to its caps, and each step once."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from switchboard.adapters.dynamo.table.items import pack, unpack
from switchboard.core.errors import Retryable
from switchboard.core.people.address import PersonId
from switchboard.core.spend.daily_totals import span_to
from switchboard.core.spend.ledger import BudgetExceeded, SpendCaps, SpendLimits, SpendTotals, day_of
from switchboard.skills.calls.wiring.billing import LedgerTill

from tests.calls.conftest import Town
from tests.skills.calls.examples import call
from tests.tables import PEOPLE

if TYPE_CHECKING:
    from switchboard.skills.calls.domain.call import Call

LIMITS = SpendLimits(person=SpendCaps(1_000, 10_000), deployment=SpendCaps(5_000, 50_000))


def till(town: Town, limits: SpendLimits = LIMITS) -> LedgerTill:
    return LedgerTill(town.bills, limits, town.clock)


def hers(town: Town, number: int = 1) -> Call:
    return replace(call(number), person=town.ada)


def stands(town: Town, person: PersonId | None = None) -> SpendTotals:
    return town.ledger.standing(person or town.ada, day_of(town.clock.now_ms())).day


def everybody(town: Town) -> int:
    month = day_of(town.clock.now_ms())[:7]
    key = pack({"pk": "DEPLOYMENT", "sk": f"SPEND#{month}"})
    return int(unpack(town.dynamodb.get_item(TableName=PEOPLE, Key=key).get("Item", {})).get("committed", 0))


def test_the_worst_case_is_set_aside_and_the_actual_takes_its_place(town: Town) -> None:
    till(town).reserve(hers(town), 400, under="v1")
    assert (stands(town), everybody(town)) == (SpendTotals(400, 0), 400)
    till(town).settle(hers(town), 120, under="v1")
    assert (stands(town), everybody(town)) == (SpendTotals(120, 120), 120)


def test_each_happens_once_under_its_name_however_often_a_step_runs(town: Town) -> None:
    for _ in range(3):
        till(town).reserve(hers(town), 400, under="v1")
    for amount in (120, 120, 0):
        till(town).settle(hers(town), amount, under="v1")
    till(town).reserve(hers(town), 400, under="v1")
    assert (stands(town), everybody(town)) == (SpendTotals(120, 120), 120)


def test_the_same_name_of_two_calls_is_two_bills(town: Town) -> None:
    till(town).reserve(hers(town, 1), 100, under="v1")
    till(town).reserve(hers(town, 2), 100, under="v1")
    assert stands(town).committed == 200


def test_beyond_the_cap_it_is_refused_and_nothing_is_written(town: Town) -> None:
    till(town).reserve(hers(town, 1), 700, under="v1")
    with pytest.raises(BudgetExceeded) as refused:
        till(town).reserve(hers(town, 2), 301, under="v1")
    assert refused.value.standing.day.committed == 700
    assert (stands(town), everybody(town)) == (SpendTotals(700, 0), 700)
    till(town).reserve(hers(town, 2), 300, under="v1")


def test_what_no_cap_has_room_for_is_refused_at_once(town: Town) -> None:
    with pytest.raises(BudgetExceeded):
        till(town).reserve(hers(town), 1_001, under="v1")
    assert stands(town) == SpendTotals()


def test_everybodys_cap_holds_too(town: Town) -> None:
    tight = replace(LIMITS, deployment=SpendCaps(500, 50_000))
    till(town, tight).reserve(hers(town, 1), 400, under="v1")
    with pytest.raises(BudgetExceeded):
        till(town, tight).reserve(hers(town, 2), 100, under="v1")
    assert (stands(town).committed, everybody(town)) == (400, 400)


def test_whoever_is_exempt_is_never_refused(town: Town) -> None:
    exempt = replace(LIMITS, exempt=frozenset({sha256(b"web:ada-account").hexdigest()}))
    told = replace(hers(town), tell=("web", "ada-account"))
    till(town, exempt).reserve(told, 5_001, under="v1")
    assert stands(town) == SpendTotals(5_001, 0)


def test_it_counts_for_the_day_on_which_it_was_set_aside(town: Town) -> None:
    before = day_of(town.clock.now_ms())
    till(town).reserve(hers(town), 400, under="v1")
    town.clock.advance(24 * 3600)
    till(town).settle(hers(town), 120, under="v1")
    assert town.ledger.standing(town.ada, before).day == SpendTotals(120, 120)
    assert stands(town) == SpendTotals()
    assert town.days.tallies(span_to(before, days=1))[before].spent == 120
    assert town.days.tallies(span_to(before, days=1))[before].turns == 0


def test_nothing_is_written_for_work_that_never_began(town: Town) -> None:
    before = town.dynamodb.scan(TableName=PEOPLE)["Count"]
    till(town).settle(hers(town), 0, under="v1")
    assert town.dynamodb.scan(TableName=PEOPLE)["Count"] == before


def test_what_was_not_set_aside_is_not_paid(town: Town) -> None:
    """Its bill may have been paid before, and be forgotten by now."""
    till(town).settle(hers(town), 30, under="v1")
    assert (stands(town), everybody(town)) == (SpendTotals(), 0)


def test_nothing_is_written_of_somebody_who_was_erased(town: Town) -> None:
    till(town).reserve(hers(town), 400, under="v1")
    for item in town.dynamodb.scan(TableName=PEOPLE)["Items"]:
        if town.ada in repr(item):
            town.dynamodb.delete_item(TableName=PEOPLE, Key={"pk": item["pk"], "sk": item["sk"]})
    till(town).settle(hers(town), 120, under="v1")
    with pytest.raises(Retryable):
        till(town).reserve(hers(town), 1, under="v2")
    assert town.ada not in repr(town.dynamodb.scan(TableName=PEOPLE)["Items"])


def test_whoever_became_another_pays_as_that_one(town: Town) -> None:
    till(town).reserve(hers(town), 400, under="v1")
    profile = pack({"pk": f"PERSON#{town.ada}", "sk": "PROFILE"})
    town.dynamodb.delete_item(TableName=PEOPLE, Key=profile)
    town.dynamodb.put_item(
        TableName=PEOPLE, Item=pack({"pk": f"PERSON#{town.ada}", "sk": "MERGED", "into": "heir"})
    )
    with pytest.raises(Retryable):
        till(town).settle(hers(town), 120, under="v1")
    town.dynamodb.put_item(TableName=PEOPLE, Item=pack({"pk": "PERSON#heir", "sk": "PROFILE"}))
    till(town).settle(replace(hers(town), person=PersonId("heir")), 120, under="v1")
    assert stands(town, PersonId("heir")).settled == 120


def test_the_cap_is_part_of_the_write_so_that_nobody_overshoots(town: Town) -> None:
    """Fifty calls of 90 want in where 1,000 may be spent; none looks before it writes."""
    refused = 0
    for number in range(50):
        try:
            till(town).reserve(hers(town, number), 90, under="v1")
        except BudgetExceeded:
            refused += 1
    assert (refused, stands(town).committed, everybody(town)) == (39, 990, 990)
