"""A skill's table as a store of somebody's data: what the skill keeps under the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.table.items import Item, pack, unpack
from switchboard.core.stored_data.reader import PersonScope

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class SkillDataStore:
    """Records belong to whoever their owner names: `PERSON#id`."""

    client: DynamoDBClient
    table: str
    skill: str

    @property
    def name(self) -> str:
        return f"records of {self.skill}"

    @property
    def file(self) -> str:
        return f"{self.skill}.json"

    def entries(self, scope: PersonScope) -> Iterator[Mapping[str, object]]:
        return ({"key": item["sk"], **item["body"]} for item in self._of(scope))

    def erase(self, scope: PersonScope) -> None:
        for item in self._of(scope):
            key = pack({"pk": item["pk"], "sk": item["sk"]})
            self.client.delete_item(TableName=self.table, Key=key)

    def _of(self, scope: PersonScope) -> Iterator[Item]:
        for person in scope.persons:
            pages = self.client.get_paginator("query").paginate(
                TableName=self.table,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues=pack({":pk": f"PERSON#{person}"}),
                ConsistentRead=True,
            )
            yield from (unpack(item) for page in pages for item in page["Items"])
