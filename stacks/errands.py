"""Errands: what takes longer than a turn or a request, handed over through a queue of its own."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from stacks import call_links
from stacks.constructs import link
from stacks.constructs.function import Function, Size
from stacks.constructs.platform import Platform
from stacks.constructs.queue import Queue
from stacks.constructs.wakeups import SETS, Wakeups
from stacks.foundation import FoundationStack
from stacks.own_data import Exports
from stacks.recordings import Recordings
from stacks.settings import Settings

ERRAND = Size(seconds=300, megabytes=1024)
VERBS = ("GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "ConditionCheckItem")
ATTEMPTS = 12
"""Within half an hour: an errand waits for turns that are being answered."""


class ErrandsStack(cdk.Stack):
    """Whoever hands errands over sends them to `queue`."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        foundation: FoundationStack,
        records: Mapping[str, dynamodb.ITableV2],
        recordings: Recordings,
        stack_name: str,
    ) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        platform = Platform(self, "Platform", settings=settings, alarms=foundation.alarms)
        self.exports = Exports(self, "Exports", settings=settings)
        errands = Queue(self, "Errands", platform, handled_within=ERRAND, attempts=ATTEMPTS)
        self.wakeups = Wakeups(self, "Wakeups", settings=settings, queue=errands.queue)
        run = Function(
            self,
            "RunErrand",
            platform,
            handler="handlers.run_job",
            size=ERRAND,
            layers=("base", "model"),
            uses=[
                link.table(foundation.people, "PEOPLE_TABLE", *VERBS),
                link.table(foundation.conversations, "CONVERSATIONS_TABLE", *VERBS),
                link.publish(foundation.turns, "TURNS_TOPIC"),
                link.publish(foundation.replies, "REPLIES_TOPIC"),
                link.post(foundation.socket, "CONNECTIONS_URL"),
                link.objects(self.exports, "EXPORTS_BUCKET", "PutObject", "DeleteObject"),
                link.listing(self.exports, "EXPORTS_BUCKET"),
                link.accounts(foundation.user_pool, "USER_POOL", "ListUsers", "AdminDeleteUser"),
                link.put_back(errands.queue, "ERRANDS_QUEUE_URL"),
                link.stores(records, "SKILLS"),
                *call_links.reading_and_deleting(recordings),
                self.wakeups.link("WAKEUPS", *SETS, "GetSchedule", user=self),
            ],
            environment={"ATTEMPTS": str(ATTEMPTS), "DOWNLOADS_URL": f"{foundation.http.url}/downloads"},
        )
        errands.feed(run, batch=1)
        self.queue = errands.queue
