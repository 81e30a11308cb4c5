"""The measure of what tasks cost counts what a table is really asked, and holds the budget."""

from collections import Counter
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.dynamo.table.items import pack

from bench.reps import FEW, OWNER, inventory
from bench.tasks import ASKED, BUDGET, Meter, cost_of, first_of
from tests.fakes.records import FakeRecords
from tests.tables import TASKS, create_records

MORE = 300


@pytest.fixture(scope="module")
def few() -> FakeRecords:
    return inventory(FEW)


@pytest.fixture(scope="module")
def more() -> FakeRecords:
    return inventory(MORE)


@pytest.fixture
def asked(few: FakeRecords) -> Iterator[tuple[DynamoRecords, Counter[str]]]:
    """A real client on a table in memory, and what it is asked from now on."""
    with mock_aws():
        client = boto3.client("dynamodb")
        create_records(client, TASKS)
        for record in few.kept[OWNER].values():
            item = {"pk": OWNER, "sk": record.key, "body": record.body, "version": record.version}
            client.put_item(TableName=TASKS, Item=pack(item))
        calls: Counter[str] = Counter()
        client.meta.events.register("before-call", lambda model, **_call: calls.update((model.name,)))
        yield DynamoRecords(client, TASKS), calls


@pytest.mark.parametrize("name", ASKED)
def test_as_many_calls_are_counted_as_a_table_gets(
    name: str, few: FakeRecords, asked: tuple[DynamoRecords, Counter[str]]
) -> None:
    records, calls = asked
    ASKED[name](records, first_of(few))
    assert cost_of(few, ASKED[name]).calls == calls.total() > 0


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_costs_the_same_with_more_tasks(name: str, few: FakeRecords, more: FakeRecords) -> None:
    costs = [cost_of(kept, ASKED[name]) for kept in (few, more)]
    assert costs[1].calls <= BUDGET * costs[0].calls
    assert costs[1].bytes <= BUDGET * costs[0].bytes


def test_a_body_is_counted_both_ways(few: FakeRecords) -> None:
    meter = Meter(few)
    meter.get_item(Key=pack({"pk": OWNER, "sk": "HEAD"}))
    meter.get_item(Key=pack({"pk": OWNER, "sk": "NOTHING"}))
    assert meter.calls == 2
    assert meter.bytes > 200
