"""Tests share an account and find nothing of each other in it."""

from __future__ import annotations

import boto3
import pytest

from tests.account import Account
from tests.tables import CALLS, CONVERSATIONS, PEOPLE, RECORDINGS, TASKS


@pytest.mark.parametrize("time", [1, 2])
def test_what_a_test_leaves_is_gone_before_the_next(account: Account, time: int) -> None:
    """Items, objects with their versions, uploads under way, and even a table that it deleted."""
    dynamodb, s3 = account.dynamodb, boto3.client("s3")
    for table in (PEOPLE, CONVERSATIONS, TASKS, CALLS):
        assert dynamodb.scan(TableName=table)["Count"] == 0
        dynamodb.put_item(TableName=table, Item={"pk": {"S": "left"}, "sk": {"S": str(time)}})
    assert "Versions" not in s3.list_object_versions(Bucket=RECORDINGS)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=RECORDINGS)
    s3.put_object(Bucket=RECORDINGS, Key="left", Body=b"behind")
    s3.create_multipart_upload(Bucket=RECORDINGS, Key="under way")
    s3.create_bucket(Bucket="made-by-a-test")
    dynamodb.delete_table(TableName=PEOPLE)
    account.empty()
    assert [each["Name"] for each in s3.list_buckets()["Buckets"]] == [RECORDINGS]
    assert s3.get_bucket_versioning(Bucket=RECORDINGS)["Status"] == "Enabled"
