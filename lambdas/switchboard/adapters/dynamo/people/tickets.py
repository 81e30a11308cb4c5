"""Single-use tickets that open a socket: stored as a digest, redeemed by deletion."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.table.items import pack, unpack
from switchboard.core.people.address import Address, PersonId
from switchboard.core.people.tickets import Principal

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TICKET = "TICKET#"


@dataclass(frozen=True, slots=True)
class DynamoTickets:
    client: DynamoDBClient
    table: str

    def issue(self, ticket: str, bearer: Principal, *, expires: int) -> None:
        """The person's own record names the ticket's, so that both can be found."""
        key = _key(ticket)
        item = {
            **key,
            "person": bearer.person,
            "channel": bearer.address.channel,
            "address": bearer.address.value,
            "expires": expires,
        }
        named = {"pk": f"PERSON#{bearer.person}", "sk": key["pk"], "expires": expires}
        puts: list[Any] = [{"Put": {"TableName": self.table, "Item": pack(each)}} for each in (item, named)]
        self.client.transact_write_items(TransactItems=puts)

    def redeem(self, ticket: str, *, now: int) -> Principal | None:
        """Who the ticket was made out to; None when it is used, unknown or expired."""
        gone = self.client.delete_item(TableName=self.table, Key=pack(_key(ticket)), ReturnValues="ALL_OLD")
        item = unpack(gone.get("Attributes", {}))
        if not item or item["expires"] <= now:
            return None
        return Principal(PersonId(item["person"]), Address(item["channel"], item["address"]))

    def withdraw(self, person: PersonId) -> None:
        """By the person's own records of them."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :ticket)",
            ExpressionAttributeValues=pack({":pk": f"PERSON#{person}", ":ticket": TICKET}),
            ConsistentRead=True,
        )
        for item in (unpack(item) for page in pages for item in page["Items"]):
            for key in ({"pk": item["sk"], "sk": "TICKET"}, {"pk": item["pk"], "sk": item["sk"]}):
                self.client.delete_item(TableName=self.table, Key=pack(key))


def _key(ticket: str) -> dict[str, object]:
    """A stranger's ticket may be anything, half a surrogate pair too."""
    digest = sha256(ticket.encode(errors="surrogatepass")).hexdigest()
    return {"pk": TICKET + digest, "sk": "TICKET"}
