"""Profiles and links: `PERSON#id`/`PROFILE` with its version, and one `ADDRESS#…` for each link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.table.items import Item, pack, unpack
from switchboard.adapters.dynamo.table.retries import retry_on_contention
from switchboard.adapters.dynamo.table.transactions import update
from switchboard.core.people.address import Address, PersonId, private_conversation
from switchboard.core.people.profiles import UTC, LinkedAddress, Profile, VersionConflict

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ADDRESS, PROFILE = "ADDRESS#", "PROFILE"
AS_READ = (
    "attribute_exists(pk) AND (#version = :version OR (attribute_not_exists(#version) AND :version = :first))"
)


@dataclass(frozen=True, slots=True)
class DynamoProfiles:
    client: DynamoDBClient
    table: str
    conversations: str

    def read(self, person: PersonId) -> Profile:
        found = self.client.get_item(TableName=self.table, Key=_key(person), ConsistentRead=True)
        item = unpack(found.get("Item", {}))
        links = sorted(self._links(person), key=lambda link: link.since_ms or 0)
        return Profile(person, tuple(links), item.get("zone", UTC), item.get("version", 1))

    def rezone(self, person: PersonId, zone: str, *, version: int) -> None:
        """The conversation is told in the same write: it is what turns know of the zone."""
        profile = update(
            self.table,
            {"pk": f"PERSON#{person}", "sk": PROFILE},
            "SET #zone = :zone, #version = :next",
            only_if=AS_READ,
            values={":zone": zone, ":version": version, ":next": version + 1, ":first": 1},
            names={"#zone": "zone", "#version": "version"},
        )
        state = update(
            self.conversations,
            {"pk": f"CONV#{private_conversation(person)}", "sk": "STATE"},
            "SET #zone = :zone, came = if_not_exists(came, :zero), taken = if_not_exists(taken, :zero)",
            values={":zone": zone, ":zero": 0},
            names={"#zone": "zone"},
        )
        items: list[Any] = [profile, state]
        try:
            retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=items))
        except self.client.exceptions.TransactionCanceledException as error:
            raise VersionConflict from error

    def _links(self, person: PersonId) -> Iterator[LinkedAddress]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :address)",
            ExpressionAttributeValues=pack({":pk": f"PERSON#{person}", ":address": ADDRESS}),
            ConsistentRead=True,
        )
        return (_linked(unpack(item)) for page in pages for item in page["Items"])


def address_of(sk: str) -> Address:
    channel, _, value = sk.removeprefix(ADDRESS).partition("#")
    return Address(channel, value)


def _linked(item: Item) -> LinkedAddress:
    return LinkedAddress(address_of(item["sk"]), item.get("linked_at"))


def _key(person: PersonId) -> Item:
    return pack({"pk": f"PERSON#{person}", "sk": PROFILE})
