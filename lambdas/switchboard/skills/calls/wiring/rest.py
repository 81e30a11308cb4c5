"""Wires the desks of calls and profiles behind the REST API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import boto3

from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.s3 import make_client
from switchboard.adapters.workflows import StateMachine
from switchboard.platform.aws import QUICK
from switchboard.platform.clock import SystemClock
from switchboard.skills.calls.api.ports import Served
from switchboard.skills.calls.api.profile_service import RestProfiles
from switchboard.skills.calls.api.service import RestCalls
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.uploads.quota import Quota
from switchboard.skills.calls.wiring.outcomes import analyse_again
from switchboard.skills.calls.workflow.reanalyze import Again

if TYPE_CHECKING:
    from switchboard.platform.skills import Given
    from switchboard.platform.tables import Tables


def served(tables: Tables, given: Given) -> Served:
    """`machine` is the ARN of what works on calls; `quota` and `models` are JSON."""
    works = StateMachine(boto3.client("stepfunctions", config=QUICK), given["machine"])

    def start(asked: Again) -> object:
        return analyse_again(works, asked.call, analysis=asked.analysis, wish=asked.wish, trial=asked.trial)

    book = CallBook(DynamoRecords(tables.client, given["records"]))
    blobs = S3Blobs(make_client(), given["files"])
    listed = json.loads(given["models"])
    quota = Quota(**json.loads(given["quota"]))
    return Served(
        RestCalls(book, blobs, start, SystemClock(), quota, listed), RestProfiles(book, start, listed)
    )
