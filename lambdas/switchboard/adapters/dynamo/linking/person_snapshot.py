"""Both sides of a link as they are stored: a person with their addresses, and their private conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.people.profiles import ADDRESS, PROFILE, address_of
from switchboard.adapters.dynamo.spend.ledger import SPEND
from switchboard.adapters.dynamo.table.items import Item, pack, unpack
from switchboard.core.people.address import NOBODY, Address, ConversationId, PersonId, private_conversation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class PersonSnapshot:
    """`records` are all of the person's, by sort key; `state` is their conversation's."""

    person: PersonId
    records: dict[str, Item]
    state: Item

    @property
    def conversation(self) -> ConversationId:
        return private_conversation(self.person)

    @property
    def profile(self) -> Item:
        return self.records.get(PROFILE, {})

    @property
    def addresses(self) -> list[Address]:
        return [address_of(sk) for sk in self.records if sk.startswith(ADDRESS)]

    @property
    def sheets(self) -> list[Item]:
        """What was spent, month by month."""
        return [item for sk, item in self.records.items() if sk.startswith(SPEND)]

    def sheet(self, month: str) -> Item:
        return self.records.get(SPEND + month, {})

    def noted(self, name: str) -> set[str]:
        """Addresses that opted out, were told so, or were greeted; or where the addresses were before."""
        return set(self.state.get(name, ()))


@dataclass(frozen=True, slots=True)
class PersonSnapshots:
    client: DynamoDBClient
    people: str
    conversations: str

    def behind(self, address: Address) -> PersonId:
        """NOBODY, where an address leads nowhere."""
        return PersonId(self.item(self.people, f"ADDRESS#{address}", "PERSON").get("person", NOBODY))

    def read(self, person: PersonId) -> PersonSnapshot:
        records = {item["sk"]: item for item in self.query(self.people, f"PERSON#{person}", "")}
        return PersonSnapshot(person, records, self.state(person))

    def state(self, person: PersonId) -> Item:
        return self.item(self.conversations, f"CONV#{private_conversation(person)}", "STATE")

    def heirs(self, ceased: PersonId) -> Sequence[PersonId]:
        """Whom somebody became, and whom that one became; the last is still there."""
        found: list[PersonId] = []
        while marker := self.item(self.people, f"PERSON#{found[-1] if found else ceased}", "MERGED"):
            found.append(PersonId(marker["into"]))
        return found

    def item(self, table: str, pk: str, sk: str) -> Item:
        found = self.client.get_item(TableName=table, Key=pack({"pk": pk, "sk": sk}), ConsistentRead=True)
        return unpack(found.get("Item", {}))

    def query(self, table: str, pk: str, prefix: str) -> Iterator[Item]:
        """Everything under a key whose sort key begins so."""
        within = "pk = :pk AND begins_with(sk, :prefix)" if prefix else "pk = :pk"
        values = {":pk": pk, ":prefix": prefix} if prefix else {":pk": pk}
        pages = self.client.get_paginator("query").paginate(
            TableName=table,
            KeyConditionExpression=within,
            ExpressionAttributeValues=pack(values),
            ConsistentRead=True,
        )
        return (unpack(item) for page in pages for item in page["Items"])


def person_key(person: PersonId, sk: str) -> Item:
    return {"pk": f"PERSON#{person}", "sk": sk}


def address_key(address: Address) -> Item:
    return {"pk": f"ADDRESS#{address}", "sk": "PERSON"}


def state_key(conversation: ConversationId) -> Item:
    return {"pk": f"CONV#{conversation}", "sk": "STATE"}


def request_key(request: str) -> Item:
    """Of a link that was confirmed, by its id."""
    return {"pk": f"LINK#{request}", "sk": "LINK"}
