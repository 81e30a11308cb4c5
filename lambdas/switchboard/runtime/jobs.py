"""Wires what runs errands: each kind, and what does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial

import boto3

from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.linking.merge import DynamoMergeStore
from switchboard.adapters.dynamo.linking.requests import DynamoLinkRequests
from switchboard.adapters.dynamo.linking.separation import DynamoSeparation
from switchboard.adapters.dynamo.people.profiles import DynamoProfiles
from switchboard.adapters.queues import Queue, parse_job
from switchboard.adapters.schedules import KIND as WAKE
from switchboard.adapters.sockets import Sockets, make_client
from switchboard.adapters.topics import RepliesTopic, TurnsTopic
from switchboard.core.conversation.notifier import Notifier
from switchboard.core.errors import Permanent
from switchboard.core.jobs import Job
from switchboard.core.linking.merge import Merger
from switchboard.core.linking.separation import SEPARATE, Separator
from switchboard.core.linking.service import MERGE, Linker, Notices
from switchboard.core.personal_data.erasure_requests import KIND as ERASE
from switchboard.core.personal_data.export_requests import KIND as EXPORT
from switchboard.platform.aws import QUICK
from switchboard.platform.batches import Record
from switchboard.platform.clock import SystemClock
from switchboard.platform.logs import logger
from switchboard.platform.tables import Tables
from switchboard.runtime.personal_data_jobs import eraser, exporter, stores_of
from switchboard.runtime.reminders import waker
from switchboard.runtime.toolboxes import joiner, schedules_of, separator, toolboxes

Run = Callable[[Job], None]


def nothing(_job: Job) -> None:
    """Nobody waits to hear that it failed."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What an errand does, and what is done when it failed for the last time."""

    run: Run
    give_up: Run = nothing


def runner(  # noqa: PLR0913 - one for each variable of its environment
    *,
    people_table: str,
    conversations_table: str,
    turns_topic: str,
    replies_topic: str,
    connections_url: str,
    errands_queue_url: str,
    attempts: str,
    exports_bucket: str,
    user_pool: str,
    downloads_url: str,
    skills: str,
    wakeups: str,
) -> Callable[[Record], None]:
    dynamodb, sns = boto3.client("dynamodb", config=QUICK), boto3.client("sns", config=QUICK)
    tables = Tables(dynamodb, people_table, conversations_table)
    notifier = Notifier(DynamoMailbox(dynamodb, conversations_table), TurnsTopic(sns, turns_topic))
    connections = DynamoConnections(dynamodb, conversations_table)
    sockets = Sockets(make_client(connections_url), connections.closed)
    stores = stores_of(
        tables,
        bucket=exports_bucket,
        user_pool=user_pool,
        skills=skills,
        wakeups=wakeups,
    )
    exports = exporter(tables, stores, bucket=exports_bucket, downloads_url=downloads_url, notifier=notifier)
    erasures = eraser(tables, stores, RepliesTopic(sns, replies_topic), sockets)
    boxes = cache(partial(toolboxes, skills, wakeups=wakeups, client=dynamodb))
    join = joiner(boxes, schedules_of(wakeups))
    merger = Merger(DynamoMergeStore(dynamodb, people_table, conversations_table), join)
    profiles = DynamoProfiles(dynamodb, people_table, conversations_table)
    requests = DynamoLinkRequests(dynamodb, people_table, conversations_table)
    linker = Linker(requests, Notices(notifier, profiles), merger, SystemClock())
    separation = DynamoSeparation(dynamodb, people_table, conversations_table)
    kinds = {
        MERGE: Kind(linker.run),
        SEPARATE: Kind(Separator(merger, separation, separator(boxes)).run),
        EXPORT: Kind(exports.run, exports.give_up),
        ERASE: Kind(erasures.run, erasures.give_up),
        WAKE: Kind(waker(boxes, notifier=notifier, profiles=profiles, now_ms=SystemClock().now_ms)),
    }
    queue = Queue(boto3.client("sqs", config=QUICK), errands_queue_url)
    return taking(kinds, queue, attempts=int(attempts))


def taking(kinds: Mapping[str, Kind], queue: Queue, *, attempts: int) -> Callable[[Record], None]:
    """Errors: Permanent for a kind that nobody knows; whatever the errand raises, which then runs again."""

    def take(record: Record) -> None:
        job = parse_job(record.body, sent_ms=record.sent_ms)
        kind = kinds.get(job.kind)
        if kind is None:
            raise Permanent(f"no errand is called {job.kind}")
        try:
            kind.run(job)
        except Exception:
            if record.attempt >= attempts:
                kind.give_up(job)
            else:
                queue.put_back(record.receipt, seconds=_pause(record.attempt))
            raise
        logger().info("errand", extra={"kind": job.kind, "errand": job.id})

    return take


def _pause(attempt: int) -> int:
    """Seconds before an errand that found something unfinished is tried again: soon, and later each time."""
    return min(300, 1 << attempt)
