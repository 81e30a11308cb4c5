"""Nobody is charged without limit, on the stacks as they are deployed."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from switchboard.adapters.dynamo.spend.ledger import DEPLOYMENT, DynamoLedger
from switchboard.adapters.dynamo.table.items import pack, unpack
from switchboard.core.people.address import PersonId
from switchboard.core.spend.ledger import SpendLimits, SpendStatus
from switchboard.platform.spend_limits import from_json

from tests.e2e.inside import Inside
from tests.e2e.outside import Phone, World
from tests.e2e.patience import eventually

AT_ONCE = 50
A_FEW_TURNS = 150_000


@pytest.fixture
def day() -> str:
    return datetime.now(UTC).date().isoformat()


def limits(inside: Inside) -> SpendLimits:
    return from_json(inside.variable("converse", "SPEND"))


def person_of(inside: Inside, phone: Phone) -> PersonId:
    (turn, *_) = (item for item in inside.items(phone.number) if item["sk"].startswith("TURN#"))
    return PersonId(turn["person"])


def ledger(inside: Inside) -> DynamoLedger:
    return DynamoLedger(inside.dynamodb, inside.variable("converse", "PEOPLE_TABLE"))


@contextmanager
def nearly_spent(inside: Inside, pk: str, day: str, *, to: int) -> Iterator[None]:
    """So much is committed already; afterwards it is taken off again."""
    found = unpack(item(inside, pk, day))
    missing = to - found.get(f"committed_{day[8:]}", 0)
    add(inside, pk, day, missing)
    try:
        yield
    finally:
        add(inside, pk, day, -missing)


def item(inside: Inside, pk: str, day: str) -> dict[str, Any]:
    key = pack({"pk": pk, "sk": f"SPEND#{day[:7]}"})
    found = inside.dynamodb.get_item(TableName=ledger(inside).table, Key=key, ConsistentRead=True)
    return dict(found.get("Item", {}))


def add(inside: Inside, pk: str, day: str, amount: int) -> None:
    inside.dynamodb.update_item(
        TableName=ledger(inside).table,
        Key=pack({"pk": pk, "sk": f"SPEND#{day[:7]}"}),
        UpdateExpression="ADD committed :amount, #committed :amount",
        ExpressionAttributeNames={"#committed": f"committed_{day[8:]}"},
        ExpressionAttributeValues=pack({":amount": amount}),
    )


def state(inside: Inside, phone: Phone) -> dict[str, Any]:
    return next((item for item in inside.items(phone.number) if item["sk"] == "STATE"), {})


def at_rest(inside: Inside, phone: Phone, *, came: int) -> bool:
    found = state(inside, phone)
    return bool(found) and found["came"] == found["taken"] == came and "open_turn" not in found


def test_usage_is_answered_and_what_was_spent_is_settled(phone: Phone, inside: Inside, day: str) -> None:
    assert "You have used $" in phone.ask("/usage")
    eventually(lambda: at_rest(inside, phone, came=2), what="the end of the turn")
    standing = ledger(inside).standing(person_of(inside, phone), day)
    assert standing.day.committed == standing.day.settled > 0


def test_whoever_has_spent_it_all_is_told_once_and_costs_nothing_more(
    phone: Phone, inside: Inside, day: str
) -> None:
    eventually(lambda: at_rest(inside, phone, came=1), what="the end of the turn")
    person, cap = person_of(inside, phone), limits(inside).person.day
    with nearly_spent(inside, f"PERSON#{person}", day, to=cap - 30_000):
        assert "You have used up what I may spend on you" in phone.ask("and now?")
        phone.text("and now?")
        eventually(lambda: at_rest(inside, phone, came=3), what="the end of the turn")
        assert len(phone.thread()) == 1
        assert ledger(inside).standing(person, day).day.committed <= cap


def test_fifty_people_at_once_do_not_overshoot_a_nearly_spent_cap(
    world: World, inside: Inside, day: str
) -> None:
    cap = limits(inside).deployment.day
    phones = [Phone(world, f"+1212555{100 + number:04d}") for number in range(AT_ONCE)]
    with nearly_spent(inside, DEPLOYMENT, day, to=cap - A_FEW_TURNS):
        with ThreadPoolExecutor(AT_ONCE) as crowd:
            list(crowd.map(lambda phone: phone.text("hello"), phones))
        eventually(lambda: all_at_rest(inside, phones), what="fifty answers or refusals", seconds=120)
        assert everybody(inside, day) <= cap
    assert settled(inside, phones, day) == committed(inside, phones, day)


def all_at_rest(inside: Inside, phones: Sequence[Phone]) -> bool:
    return all(at_rest(inside, phone, came=1) for phone in phones)


def everybody(inside: Inside, day: str) -> int:
    return int(unpack(item(inside, DEPLOYMENT, day))[f"committed_{day[8:]}"])


def standings(inside: Inside, phones: Sequence[Phone], day: str) -> list[SpendStatus]:
    return [ledger(inside).standing(person_of(inside, phone), day) for phone in phones]


def settled(inside: Inside, phones: Sequence[Phone], day: str) -> int:
    return sum(each.day.settled for each in standings(inside, phones, day))


def committed(inside: Inside, phones: Sequence[Phone], day: str) -> int:
    return sum(each.day.committed for each in standings(inside, phones, day))
