"""Exports asked for: `PERSON#id`/`EXPORT#…`, one of them under way (`EXPORTING`); tokens by their digest."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.table.items import Item, pack, reasons, unpack
from switchboard.adapters.dynamo.table.retries import retry_on_contention
from switchboard.core.errors import Retryable
from switchboard.core.people.address import PersonId
from switchboard.core.personal_data.export_requests import (
    KEPT_SECONDS,
    ErasureInProgress,
    Export,
    ExportState,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

GIVEN_UP_MS = 3600 * 1000
"""Longer than an errand is tried for."""
NEW = "attribute_not_exists(pk)"
FREE = f"{NEW} OR at_ms < :given_up"
OVER = frozenset({ExportState.DONE, ExportState.FAILED})


@dataclass(frozen=True, slots=True)
class DynamoExports:
    client: DynamoDBClient
    table: str

    def open(self, person: PersonId, export: Export) -> Export:
        under_way = {**_own(person, "EXPORTING"), "export_id": export.id, "at_ms": export.at_ms}
        free = pack({":given_up": export.at_ms - GIVEN_UP_MS})
        staying = {"Key": pack(_own(person, "ERASING")), "ConditionExpression": NEW}
        items: list[Any] = [
            {"Put": self._put(_item(person, export), NEW)},
            {"Put": self._put(under_way, FREE) | {"ExpressionAttributeValues": free}},
            {"ConditionCheck": {"TableName": self.table, **staying}},
        ]
        try:
            retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=items))
        except self.client.exceptions.TransactionCanceledException as error:
            return self._other(person, reasons(error))
        return export

    def read(self, person: PersonId, export_id: str) -> Export | None:
        key = pack(_own(person, f"EXPORT#{export_id}"))
        found = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return _export(unpack(found["Item"])) if "Item" in found else None

    def change(self, person: PersonId, export: Export) -> bool:
        put = self._put(_item(person, export), "attribute_exists(pk)")
        over = {
            "TableName": self.table,
            "Key": pack(_own(person, "EXPORTING")),
            "ConditionExpression": f"{NEW} OR export_id = :id",
            "ExpressionAttributeValues": pack({":id": export.id}),
        }
        items: list[Any] = [{"Put": put}, *([{"Delete": over}] if export.state in OVER else [])]
        try:
            retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=items))
        except self.client.exceptions.TransactionCanceledException as error:
            if "Item" in reasons(error)[0]:
                raise
            return False
        return True

    def hand_out(self, person: PersonId, export_id: str, token: str, *, expires: int) -> None:
        """The person's record names the token's, so that both can be found."""
        stands = {**_key(token), "person": person, "export_id": export_id, "expires": expires}
        named = {**_own(person, _key(token)["pk"]), "expires": expires}
        items: list[Any] = [{"Put": self._put(item, NEW)} for item in (stands, named)]
        retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=items))

    def behind(self, token: str, *, now: int) -> tuple[PersonId, str] | None:
        found = self.client.get_item(TableName=self.table, Key=pack(_key(token)), ConsistentRead=True)
        item = unpack(found.get("Item", {}))
        if not item or item["expires"] <= now:
            return None
        return PersonId(item["person"]), item["export_id"]

    def _other(self, person: PersonId, why: Any) -> Export:  # noqa: ANN401 - the SDK has its own name for it
        """The same one, asked for before; or the one under way."""
        same, under_way, *_ = why
        if "Item" in same:
            return _export(unpack(same["Item"]))
        if "Item" not in under_way:
            raise ErasureInProgress
        found = self.read(person, unpack(under_way["Item"])["export_id"])
        if found is None:
            raise Retryable("the export under way has just ended")
        return found

    def _put(self, item: Item, only_if: str) -> dict[str, Any]:
        return {
            "TableName": self.table,
            "Item": pack(item),
            "ConditionExpression": only_if,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }


def _item(person: PersonId, export: Export) -> Item:
    return {
        **_own(person, f"EXPORT#{export.id}"),
        "state": export.state.value,
        "at_ms": export.at_ms,
        "done_ms": export.done_ms,
        "size": export.size,
        "expires": export.at_ms // 1000 + 2 * KEPT_SECONDS,
    }


def _export(item: Item) -> Export:
    return Export(
        id=item["sk"].removeprefix("EXPORT#"),
        at_ms=item["at_ms"],
        state=ExportState(item["state"]),
        done_ms=item["done_ms"],
        size=item["size"],
    )


def _key(token: str) -> Item:
    """A stranger's token may be anything."""
    return {"pk": f"DOWNLOAD#{sha256(token.encode(errors='surrogatepass')).hexdigest()}", "sk": "DOWNLOAD"}


def _own(person: PersonId, sk: str) -> Item:
    return {"pk": f"PERSON#{person}", "sk": sk}
