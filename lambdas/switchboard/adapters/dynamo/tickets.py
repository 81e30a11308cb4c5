"""Single-use tickets that open a socket: stored as a digest, redeemed by deletion."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.items import pack, unpack
from switchboard.core.people import Address, PersonId
from switchboard.core.tickets import Bearer

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class DynamoTickets:
    client: DynamoDBClient
    table: str

    def issue(self, ticket: str, bearer: Bearer, *, expires: int) -> None:
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

    def redeem(self, ticket: str, *, now: int) -> Bearer | None:
        """Who the ticket was made out to; None when it is used, unknown or expired."""
        gone = self.client.delete_item(TableName=self.table, Key=pack(_key(ticket)), ReturnValues="ALL_OLD")
        item = unpack(gone.get("Attributes", {}))
        if not item or item["expires"] <= now:
            return None
        return Bearer(PersonId(item["person"]), Address(item["channel"], item["address"]))


def _key(ticket: str) -> dict[str, object]:
    """A stranger's ticket may be anything, half a surrogate pair too."""
    digest = sha256(ticket.encode(errors="surrogatepass")).hexdigest()
    return {"pk": f"TICKET#{digest}", "sk": "TICKET"}
