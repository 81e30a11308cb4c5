"""People and their addresses; an address belongs to one person, by its key."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.people.retained_opt_outs import account_closed, retained_opt_out
from switchboard.adapters.dynamo.table.items import REFUSED, pack, reasons, unpack
from switchboard.core.errors import Retryable
from switchboard.core.people.address import AccountErased, Address, PersonId

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


LISTED = "person"
"""The one partition of the index of everybody; whoever leaves it, by erasure, is in no list."""


def wall_clock() -> int:
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class DynamoPeople:
    """`ADDRESS#channel#value`/`PERSON` names the person; `PERSON#id`/`ADDRESS#…` lists the way back.

    `now_ms` dates an introduction (Unix milliseconds).
    """

    client: DynamoDBClient
    table: str
    conversations: str
    new_id: Callable[[], str]
    now_ms: Callable[[], int] = wall_clock

    def behind(self, address: Address) -> PersonId:
        return self._known(address) or self._introduce(address)

    def _known(self, address: Address) -> PersonId | None:
        return known(self.client, self.table, address)

    def _introduce(self, address: Address) -> PersonId:
        person, now_ms = PersonId(self.new_id()), self.now_ms()
        pk = f"PERSON#{person}"
        items: list[Any] = [
            account_closed(self.table, address),
            self._put({**_key(address), "person": person}),
            self._put({"pk": pk, "sk": "PROFILE", "version": 1, "listed": LISTED, "since": now_ms}),
            self._put({"pk": pk, "sk": f"ADDRESS#{address}", "linked_at": now_ms}),
            *retained_opt_out(self, address, person),
        ]
        try:
            self.client.transact_write_items(TransactItems=items)
        except self.client.exceptions.TransactionCanceledException as error:
            if reasons(error)[0]["Code"] == REFUSED:
                raise AccountErased from error
            known = self._known(address)
            if known is None:
                raise Retryable("the address is contended") from error
            return known
        return person

    def _put(self, values: dict[str, object]) -> Any:  # noqa: ANN401 - the SDK has its own name for it
        condition = "attribute_not_exists(pk)"
        return {"Put": {"TableName": self.table, "Item": pack(values), "ConditionExpression": condition}}


def known(client: DynamoDBClient, table: str, address: Address) -> PersonId | None:
    """The person behind an address, if there is one."""
    found = client.get_item(TableName=table, Key=pack(_key(address)), ConsistentRead=True)
    item = found.get("Item")
    return PersonId(unpack(item)["person"]) if item else None


def _key(address: Address) -> dict[str, object]:
    return {"pk": f"ADDRESS#{address}", "sk": "PERSON"}
