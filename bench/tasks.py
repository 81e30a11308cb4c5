"""AWS calls and bytes of a person's tasks, with few of them and with many: what is asked costs the same."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.dynamo.table.items import pack, unpack
from switchboard.core.people.address import Address, PersonId
from switchboard.core.skills.records import DeleteRecord, Record
from switchboard.core.skills.spec import ToolContext
from switchboard.skills.tasks.actions.service import TaskService
from switchboard.skills.tasks.api.board import TaskBoard
from switchboard.skills.tasks.domain.task import State, TaskId
from switchboard.skills.tasks.parsing.intent import Intent, Verb

from bench.reps import FEW, MANY, OWNER, inventory
from tests.fakes.records import FakeRecords

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BUDGET = 1.2
"""With a thousand times the tasks, so many times the calls or the bytes at most."""

Wire = Mapping[str, Any]
Ask = Callable[[DynamoRecords, TaskId], object]


@dataclass(slots=True)
class Meter:
    """Answers the three calls that the store makes, as the table would, and counts them with their bodies."""

    kept: FakeRecords
    calls: int = 0
    bytes: int = 0

    def get_item(self, **request: Any) -> Wire:  # noqa: ANN401 - the wire's own
        found = self.kept.get(*_named(request["Key"]))
        return self._noted(request, {"Item": _item(found)} if found else {})

    def query(self, **request: Any) -> Wire:  # noqa: ANN401
        values, start = unpack(request["ExpressionAttributeValues"]), request.get("ExclusiveStartKey")
        found = self.kept.find(
            values[":pk"],
            values.get(":prefix", ""),
            limit=request["Limit"],
            after=_named(start)[1] if start else "",
            newest_first=not request["ScanIndexForward"],
        )
        items = [_item(record) for record in found.records]
        more = {"LastEvaluatedKey": {name: items[-1][name] for name in ("pk", "sk")}} if found.next else {}
        return self._noted(request, {"Items": items, **more})

    def transact_write_items(self, **request: Any) -> Wire:  # noqa: ANN401
        self.kept.write(*(_change(each) for each in request["TransactItems"]))
        return self._noted(request, {})

    def _noted(self, *bodies: Wire) -> Wire:
        self.calls += 1
        self.bytes += sum(len(json.dumps(body)) for body in bodies)
        return bodies[-1]


def _named(key: Wire) -> tuple[str, str]:
    return key["pk"]["S"], key["sk"]["S"]


def _item(record: Record) -> dict[str, Any]:
    return pack({"pk": record.owner, "sk": record.key, "body": record.body, "version": record.version})


def _change(write: Wire) -> Record | DeleteRecord:
    ((verb, each),) = write.items()
    version = int(each.get("ExpressionAttributeValues", {}).get(":version", {"N": "0"})["N"])
    if verb == "Delete":
        return DeleteRecord(Record(*_named(each["Key"]), version=version))
    item = unpack(each["Item"])
    return Record(item["pk"], item["sk"], item["body"], version)


CONTEXT = ToolContext(
    "turn", PersonId("ada"), Address("web", "ada"), datetime(2026, 11, 21, 12, tzinfo=UTC), ()
)
SENTENCE = "play 20 minutes of chess daily"
ASKED: Mapping[str, Ask] = {
    "add a task": lambda records, _task: TaskService(records).add(CONTEXT, SENTENCE),
    "find one by its words": lambda records, _task: TaskService(records).show(CONTEXT, "volume 3"),
    "log a rep": lambda records, task: TaskBoard(records).act(CONTEXT, task, Intent(Verb.DID)),
    "take it back": lambda records, _task: TaskBoard(records).undo(CONTEXT),
    "today": lambda records, _task: TaskService(records).today(CONTEXT),
    "the week": lambda records, _task: TaskService(records).week(CONTEXT),
    "a page of the board": lambda records, _task: TaskBoard(records).board(
        CONTEXT, state=State.OPEN, after=0, limit=FEW
    ),
    "one task's report": lambda records, task: TaskBoard(records).report(CONTEXT, task),
}


def rows() -> Iterator[str]:
    yield f"tasks of one person, {FEW} against {MANY:,} (budget {BUDGET} times the calls and the bytes)"
    few, many = inventory(FEW), inventory(MANY)
    for name, ask in ASKED.items():
        yield _row(name, cost_of(few, ask), cost_of(many, ask))


def _row(name: str, few: Meter, many: Meter) -> str:
    calls, size = many.calls / few.calls, many.bytes / few.bytes
    mark = "✓" if max(calls, size) <= BUDGET else "✗"
    return (
        f"  {mark} {name:<22}{few.calls:3} calls, {few.bytes / 1000:5.1f} kB; "
        f"{calls:.2f} times the calls, {size:.2f} times the bytes"
    )


def cost_of(kept: FakeRecords, ask: Ask) -> Meter:
    """Every time on the same inventory."""
    meter = Meter(kept.copy())
    ask(DynamoRecords(cast("DynamoDBClient", meter), "tasks"), first_of(kept))
    return meter


def first_of(kept: FakeRecords) -> TaskId:
    return TaskId(kept.find(OWNER, "NUMBER#", limit=1).records[0].body["task"])
