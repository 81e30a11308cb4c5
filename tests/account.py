"""An account in memory that the tests of a module share: making one takes longer than most of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends

from tests.tables import TASKS, create_calls, create_conversations, create_people, create_records

if TYPE_CHECKING:
    from moto.dynamodb.models.table import Table
    from moto.s3.models import FakeBucket
    from mypy_boto3_dynamodb import DynamoDBClient

Tables = Mapping[str, "Table"]
"""By their names."""
ACCOUNT, REGION = "123456789012", "us-east-1"


@dataclass(frozen=True, slots=True)
class Account:
    """Every table and bucket of the stacks."""

    dynamodb: DynamoDBClient
    tables: Tables
    buckets: Mapping[str, FakeBucket]

    def empty(self) -> None:
        """Nothing is left of a test, not even that it deleted a table."""
        known = dynamodb_backends[ACCOUNT][REGION].tables
        known.clear()
        known.update(self.tables)
        for table in self.tables.values():
            table.items.clear()
        self._empty_buckets()

    def kept(self) -> Tables:
        """The tables as they are now."""
        return {name: deepcopy(table) for name, table in dynamodb_backends[ACCOUNT][REGION].tables.items()}

    def bring_back(self, kept: Tables) -> None:
        """What is in the tables now is gone."""
        known = dynamodb_backends[ACCOUNT][REGION].tables
        known.clear()
        known.update({name: deepcopy(table) for name, table in kept.items()})

    def _empty_buckets(self) -> None:
        """A reset closes the files that are behind the objects."""
        store = s3_backends[ACCOUNT]["aws"]
        store.reset()
        for bucket in self.buckets.values():
            bucket.keys = type(bucket.keys)()
            bucket.multiparts = type(bucket.multiparts)()
        store.buckets.update(self.buckets)


@contextmanager
def shared_account() -> Iterator[Account]:
    with mock_aws():
        client = boto3.client("dynamodb")
        create_people(client)
        create_conversations(client)
        create_records(client, TASKS)
        create_calls(client)
        tables = dynamodb_backends[ACCOUNT][REGION].tables
        yield Account(client, dict(tables), dict(s3_backends[ACCOUNT]["aws"].buckets))
