"""An account as it was: furnishing it anew for each test takes longer than most tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from moto.cognitoidp.models import cognitoidp_backends
from moto.scheduler.models import scheduler_backends

from tests.fakes.clock import ManualClock
from tests.own_data.house import BUCKET, TASKS, House
from tests.own_data.jobs import FakeErrands, FakeFarewell
from tests.own_data.resident import Resident
from tests.tables import CALLS, CONVERSATIONS, PEOPLE, RECORDINGS

TABLES = (PEOPLE, CONVERSATIONS, TASKS, CALLS)
ACCOUNT, REGION, AT_ONCE = "123456789012", "us-east-1", 25
RawItem = dict[str, Any]


@dataclass(frozen=True)
class Snapshot:
    house: House
    residents: Sequence[Resident]
    items: Mapping[str, Sequence[RawItem]]
    objects: Mapping[tuple[str, str], bytes]
    users: Mapping[str, Any]
    schedules: Mapping[str, Any]
    seconds: float
    number: int

    @classmethod
    def of(cls, house: House, residents: Sequence[Resident]) -> Snapshot:
        objects = {(bucket, key): house.read(bucket, key) for bucket, key in _objects(house)}
        return cls(
            house=house,
            residents=residents,
            items={table: _scanned(house, table) for table in TABLES},
            objects=objects,
            users=dict(_users(house)),
            schedules=dict(_schedules(house)),
            seconds=house.clock.seconds,
            number=next(house.numbers),
        )

    def restored(self) -> House:
        house = self.house
        for table, items in self.items.items():
            there = _scanned(house, table)
            gone = [item for item in there if item not in items]
            _write(house, table, [{"DeleteRequest": {"Key": _key(item)}} for item in gone])
            _write(house, table, [{"PutRequest": {"Item": item}} for item in items if item not in there])
        for bucket, key in _objects(house) - self.objects.keys():
            house.s3.delete_object(Bucket=bucket, Key=key)
        for bucket, key in self.objects.keys() - _objects(house):
            house.s3.put_object(Bucket=bucket, Key=key, Body=self.objects[bucket, key])
        _users(house).update(self.users)
        _schedules(house).update(self.schedules)
        return House(
            house.dynamodb,
            house.s3,
            house.users,
            house.pool,
            house.schedules,
            clock=ManualClock(self.seconds),
            jobs=FakeErrands(),
            farewell=FakeFarewell(),
            numbers=count(self.number),
        )


def _objects(house: House) -> set[tuple[str, str]]:
    return {(bucket, key) for bucket in (BUCKET, RECORDINGS) for key in house.objects(bucket)}


def _scanned(house: House, table: str) -> list[RawItem]:
    pages = house.dynamodb.get_paginator("scan").paginate(TableName=table)
    return [dict(item) for page in pages for item in page["Items"]]


def _write(house: House, table: str, requests: Sequence[Any]) -> None:
    for start in range(0, len(requests), AT_ONCE):
        house.dynamodb.batch_write_item(RequestItems={table: requests[start : start + AT_ONCE]})


def _key(item: RawItem) -> RawItem:
    return {"pk": item["pk"], "sk": item["sk"]}


def _users(house: House) -> dict[str, Any]:
    """An account that is made again would have another subject."""
    users: dict[str, Any] = cognitoidp_backends[ACCOUNT][REGION].user_pools[house.pool].users
    return users


def _schedules(house: House) -> dict[str, Any]:
    group = scheduler_backends[ACCOUNT][REGION].schedule_groups[house.schedules.group]
    schedules: dict[str, Any] = group.schedules
    return schedules
