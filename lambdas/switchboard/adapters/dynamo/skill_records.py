"""A skill's records as items of its own table: the owner's partition, a versioned body under each key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.table.items import REFUSED, Item, pack, reasons, unpack
from switchboard.adapters.dynamo.table.retries import retry_on_contention
from switchboard.core.skills.records import (
    MOST_CHANGES,
    Change,
    DeleteRecord,
    Record,
    RecordConflict,
    RecordPage,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

AS_READ = "#version = :version"
VERSION = {"#version": "version"}


@dataclass(frozen=True, slots=True)
class DynamoRecords:
    """`pk` is the owner, `sk` the key; every read is consistent."""

    client: DynamoDBClient
    table: str

    def get(self, owner: str, key: str) -> Record | None:
        found = self.client.get_item(TableName=self.table, Key=_key(owner, key), ConsistentRead=True)
        return _record(unpack(found["Item"])) if "Item" in found else None

    def find(
        self, owner: str, prefix: str, *, limit: int = 100, after: str = "", newest_first: bool = False
    ) -> RecordPage:
        if after and not after.startswith(prefix):
            if (after < prefix) == newest_first:
                return RecordPage((), "")
            after = ""  # it lies before all that is asked for
        items = self._read(owner, prefix, most=limit + 1, after=after, newest_first=newest_first)
        found = [_record(item) for item in items]
        return RecordPage(found[:limit], found[limit - 1].key if len(found) > limit else "")

    def write(self, *changes: Change) -> None:
        if len(changes) > MOST_CHANGES:
            raise ValueError(f"{len(changes)} changes in one write; {MOST_CHANGES} are the most")
        if not changes:
            return
        writes = [self._change(change) for change in changes]
        try:
            retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=writes))
        except self.client.exceptions.TransactionCanceledException as error:
            if REFUSED in {reason["Code"] for reason in reasons(error)}:
                raise RecordConflict("a record is not as it was read") from error
            raise

    def _read(self, owner: str, prefix: str, *, most: int, after: str, newest_first: bool) -> Iterator[Item]:
        """A page of the table may end early, at a megabyte."""
        condition, values = "pk = :pk", {":pk": owner}
        if prefix:
            condition, values = f"{condition} AND begins_with(sk, :prefix)", {**values, ":prefix": prefix}
        start: Any = {"ExclusiveStartKey": _key(owner, after)} if after else {}
        while most:
            page = self.client.query(
                TableName=self.table,
                KeyConditionExpression=condition,
                ExpressionAttributeValues=pack(values),
                ConsistentRead=True,
                ScanIndexForward=not newest_first,
                Limit=most,
                **start,
            )
            yield from (unpack(item) for item in page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            most -= len(page["Items"])
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def _change(self, change: Change) -> Any:  # noqa: ANN401 - the SDK has its own name for it
        if isinstance(change, DeleteRecord):
            return {
                "Delete": self._guarded(change.record) | {"Key": _key(change.record.owner, change.record.key)}
            }
        item = {"pk": change.owner, "sk": change.key, "body": change.body, "version": change.version + 1}
        return {"Put": self._guarded(change) | {"Item": pack(item)}}

    def _guarded(self, record: Record) -> dict[str, Any]:
        if record.version == 0:
            return {"TableName": self.table, "ConditionExpression": "attribute_not_exists(pk)"}
        return {
            "TableName": self.table,
            "ConditionExpression": AS_READ,
            "ExpressionAttributeNames": VERSION,
            "ExpressionAttributeValues": pack({":version": record.version}),
        }


def _key(owner: str, key: str) -> Item:
    return pack({"pk": owner, "sk": key})


def _record(item: Item) -> Record:
    return Record(item["pk"], item["sk"], item["body"], item["version"])
