"""Wires the desks of calls and profiles behind the REST API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import boto3

from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.s3 import make_client
from switchboard.adapters.workflows import Machine
from switchboard.platform.aws import QUICK
from switchboard.platform.clock import SystemClock
from switchboard.skills.calls.api.profile_service import RestProfiles
from switchboard.skills.calls.api.service import RestCalls
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.uploads.quota import Quota
from switchboard.skills.calls.wiring.outcomes import analyse_again
from switchboard.skills.calls.workflow.reanalyze import Again

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class CallDesks(NamedTuple):
    calls: RestCalls
    profiles: RestProfiles


def call_desks(
    client: DynamoDBClient, *, table: str, bucket: str, machine: str, quota: str, model_names: str
) -> CallDesks:
    """`machine` is the ARN of what works on calls; the stacks write `quota` and `model_names`, in JSON."""
    works = Machine(boto3.client("stepfunctions", config=QUICK), machine)

    def start(asked: Again) -> object:
        return analyse_again(works, asked.call, analysis=asked.analysis, wish=asked.wish, trial=asked.trial)

    book, blobs = CallBook(DynamoRecords(client, table)), S3Blobs(make_client(), bucket)
    listed = json.loads(model_names)
    return CallDesks(
        RestCalls(book, blobs, start, SystemClock(), Quota(**json.loads(quota)), listed),
        RestProfiles(book, start, listed),
    )
