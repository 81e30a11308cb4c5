"""Everybody: a sparse index of the people who were introduced, with what each of them spent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.people.people import LISTED
from switchboard.adapters.dynamo.people.profiles import ADDRESS, PROFILE, address_of
from switchboard.adapters.dynamo.spend.ledger import SPEND, standing_of
from switchboard.adapters.dynamo.table.items import Item, pack, unpack
from switchboard.core.pages import BadPosition, Page
from switchboard.core.people.address import PersonId
from switchboard.core.people.directory import PersonSummary

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

POSITION = re.compile(r"(?P<since>\d{1,15})\.(?P<person>[\w-]{1,64})")


@dataclass(frozen=True, slots=True)
class DynamoPeopleDirectory:
    client: DynamoDBClient
    table: str

    def page(self, *, day: str, limit: int, after: str = "") -> Page[PersonSummary]:
        found = self.client.query(
            TableName=self.table,
            IndexName="listed",
            KeyConditionExpression="listed = :listed",
            ExpressionAttributeValues=pack({":listed": LISTED}),
            ScanIndexForward=False,
            Limit=limit + 1,
            **_from(after),
        )
        read = [unpack(item) for item in found["Items"]]
        listed, more = read[:limit], len(read) > limit or "LastEvaluatedKey" in found
        spent = self._spent([item["pk"] for item in listed], day[:7])
        members = [self._member(item, spent.get(item["pk"], {}), day) for item in listed]
        return Page(members, _position(members[-1]) if more and members else "")

    def _member(self, listed: Item, spent: Item, day: str) -> PersonSummary:
        standing = standing_of(spent, day)
        return PersonSummary(
            person=PersonId(listed["pk"].removeprefix("PERSON#")),
            channels=self._channels(listed["pk"]),
            since_ms=listed["since"],
            today=standing.day.settled,
            month=standing.month.settled,
        )

    def _channels(self, pk: str) -> tuple[str, ...]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :address)",
            ExpressionAttributeValues=pack({":pk": pk, ":address": ADDRESS}),
            ProjectionExpression="sk",
        )
        keys = [unpack(item)["sk"] for page in pages for item in page["Items"]]
        return tuple(sorted({address_of(sk).channel for sk in keys}))

    def _spent(self, people: Sequence[str], month: str) -> Mapping[str, Item]:
        """A hundred at a time is what a page can have, and what one read takes."""
        asked: Any = {self.table: {"Keys": [pack({"pk": pk, "sk": SPEND + month}) for pk in people]}}
        found: dict[str, Item] = {}
        while people and asked:
            answer = self.client.batch_get_item(RequestItems=asked)
            items = (unpack(item) for item in answer["Responses"].get(self.table, []))
            found |= {item["pk"]: item for item in items}
            asked = answer.get("UnprocessedKeys")
        return found


def _position(member: PersonSummary) -> str:
    return f"{member.since_ms}.{member.person}"


def _from(position: str) -> dict[str, Any]:
    if not position:
        return {}
    named = POSITION.fullmatch(position)
    if named is None:
        raise BadPosition
    pk, since = f"PERSON#{named['person']}", int(named["since"])
    return {"ExclusiveStartKey": pack({"listed": LISTED, "since": since, "pk": pk, "sk": PROFILE})}
