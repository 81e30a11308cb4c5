"""People and their addresses; an address belongs to one person, by its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.items import pack, unpack
from switchboard.core.errors import Retryable
from switchboard.core.people import Address, PersonId

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class DynamoPeople:
    """`ADDRESS#channel#value`/`PERSON` names the person; `PERSON#id`/`ADDRESS#…` lists the way back."""

    client: DynamoDBClient
    table: str
    new_id: Callable[[], str]

    def behind(self, address: Address) -> PersonId:
        return self._known(address) or self._introduce(address)

    def _known(self, address: Address) -> PersonId | None:
        found = self.client.get_item(TableName=self.table, Key=pack(_key(address)), ConsistentRead=True)
        item = found.get("Item")
        return PersonId(unpack(item)["person"]) if item else None

    def _introduce(self, address: Address) -> PersonId:
        person = PersonId(self.new_id())
        try:
            self.client.transact_write_items(
                TransactItems=[
                    self._put({**_key(address), "person": person}),
                    self._put({"pk": f"PERSON#{person}", "sk": "PROFILE"}),
                    self._put({"pk": f"PERSON#{person}", "sk": f"ADDRESS#{address}"}),
                ]
            )
        except self.client.exceptions.TransactionCanceledException as error:
            known = self._known(address)
            if known is None:
                raise Retryable("the address is contended") from error
            return known
        return person

    def _put(self, values: dict[str, object]) -> Any:  # noqa: ANN401 - the SDK has its own name for it
        condition = "attribute_not_exists(pk)"
        return {"Put": {"TableName": self.table, "Item": pack(values), "ConditionExpression": condition}}


def _key(address: Address) -> dict[str, object]:
    return {"pk": f"ADDRESS#{address}", "sk": "PERSON"}
