"""Everything that the tables hold of a person, kind by kind: queries of their partitions, never a scan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.table.items import Item, pack, unpack
from switchboard.core.people.address import Address, PersonId, private_conversation
from switchboard.core.stored_data.inventory import (
    CONVERSATIONS,
    KINDS,
    PEOPLE,
    ErasurePolicy,
    RecordKind,
    kind_of,
    unknown,
)
from switchboard.core.stored_data.reader import PersonScope, StoredRecord

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ADDRESS, FORMER = "ADDRESS#", "MERGED#"


@dataclass(frozen=True, slots=True)
class DynamoPersonalDataReader:
    client: DynamoDBClient
    people: str
    conversations: str

    def scope(self, person: PersonId) -> PersonScope:
        persons = tuple(self._lives(person))
        addresses = (
            address_of(item["sk"]) for each in persons for item in self._query(f"PERSON#{each}", ADDRESS)
        )
        return PersonScope(persons, tuple(dict.fromkeys(addresses)))

    def of(self, scope: PersonScope, kind: RecordKind) -> Iterator[StoredRecord]:
        items = self._aside(scope, kind) if kind.fate is ErasurePolicy.ASIDE else self._own(scope, kind)
        return (_holding(kind, item) for item in items if _theirs(item, scope))

    def all(self, scope: PersonScope) -> Iterator[StoredRecord]:
        for pk in _partitions(scope):
            store = CONVERSATIONS if pk.startswith("CONV#") else PEOPLE
            for item in self._query(pk, "", table=self._table(store)):
                if _theirs(item, scope):
                    yield _holding(kind_of(store, pk, item["sk"]) or unknown(store, pk, item["sk"]), item)
        for kind in KINDS:
            if kind.fate is ErasurePolicy.ASIDE:
                yield from self.of(scope, kind)

    def _lives(self, person: PersonId) -> Iterator[PersonId]:
        """Somebody and whom they were before, who may have been others before in their turn."""
        yield person
        for item in self._query(f"PERSON#{person}", FORMER):
            yield from self._lives(PersonId(item["sk"].removeprefix(FORMER)))

    def _own(self, scope: PersonScope, kind: RecordKind) -> Iterator[Item]:
        for pk in _partitions(scope):
            if pk.startswith(kind.pk):
                yield from self._query(pk, kind.sk, table=self._table(kind.store))

    def _aside(self, scope: PersonScope, kind: RecordKind) -> Iterator[Item]:
        """What lies under a digest is named by a record of the person's, or of both whom they were."""
        named = (each for person in scope.persons for each in self._query(f"PERSON#{person}", kind.pk))
        for pk in dict.fromkeys(each["sk"] for each in named):
            key = pack({"pk": pk, "sk": kind.sk})
            found = self.client.get_item(TableName=self.people, Key=key, ConsistentRead=True)
            if "Item" in found:
                yield unpack(found["Item"])

    def _table(self, store: str) -> str:
        return self.conversations if store == CONVERSATIONS else self.people

    def _query(self, pk: str, sk: str, *, table: str = "") -> Iterator[Item]:
        """All of a partition, where no sort key is given."""
        begins = " AND begins_with(sk, :sk)" if sk.endswith("#") else " AND sk = :sk"
        query: dict[str, Any] = {
            "TableName": table or self.people,
            "KeyConditionExpression": f"pk = :pk{begins if sk else ''}",
            "ExpressionAttributeValues": pack({":pk": pk, **({":sk": sk} if sk else {})}),
            "ConsistentRead": True,
        }
        pages = self.client.get_paginator("query").paginate(**query)
        return (unpack(item) for page in pages for item in page["Items"])


def address_of(sk: str) -> Address:
    channel, _, value = sk.removeprefix(ADDRESS).partition("#")
    return Address(channel, value)


def _partitions(scope: PersonScope) -> Iterator[str]:
    for person in scope.persons:
        yield f"PERSON#{person}"
        yield f"CONV#{private_conversation(person)}"
    yield from (f"ADDRESS#{address}" for address in scope.addresses)


def _theirs(item: Item, scope: PersonScope) -> bool:
    """A conversation that is closed and buried is nobody's; an address may lead to somebody else."""
    return "buried" not in item and item.get("person", scope.persons[0]) in scope.persons


def _holding(kind: RecordKind, item: Item) -> StoredRecord:
    return StoredRecord(kind, item["pk"], item["sk"], item)
