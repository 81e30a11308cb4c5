"""Errands: what takes longer than a turn or a request, handed over through a queue of its own."""

from collections.abc import Mapping

import aws_cdk as cdk
from constructs import Construct

from stacks.constructs import access
from stacks.constructs.function import Function, Size
from stacks.constructs.platform import Platform
from stacks.constructs.queue import Queue
from stacks.constructs.reminder_schedules import SETS, Wakeups
from stacks.exports_bucket import Exports
from stacks.foundation import FoundationStack
from stacks.settings import Settings
from stacks.skills.stack import SkillStack

ERRAND = Size(seconds=300, megabytes=1024)
VERBS = ("GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "ConditionCheckItem")
ATTEMPTS = 12
"""Within half an hour: an errand waits for turns that are being answered."""


class JobsStack(cdk.Stack):
    """Whoever hands errands over sends them to `queue`."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        foundation: FoundationStack,
        skills: Mapping[str, SkillStack],
        stack_name: str,
    ) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        platform = Platform(self, "Platform", settings=settings, alarms=foundation.alarms)
        self.exports = Exports(self, "Exports", settings=settings)
        jobs = Queue(self, "Errands", platform, handled_within=ERRAND, attempts=ATTEMPTS)
        self.wakeups = Wakeups(self, "Wakeups", settings=settings, queue=jobs.queue)
        run = Function(
            self,
            "RunErrand",
            platform,
            handler="handlers.run_job",
            size=ERRAND,
            layers=("base", "model"),
            uses=[
                access.table(foundation.people, "PEOPLE_TABLE", *VERBS),
                access.table(foundation.conversations, "CONVERSATIONS_TABLE", *VERBS),
                access.publish(foundation.turns, "TURNS_TOPIC"),
                access.publish(foundation.replies, "REPLIES_TOPIC"),
                access.post(foundation.socket, "CONNECTIONS_URL"),
                access.objects(self.exports, "EXPORTS_BUCKET", "PutObject", "DeleteObject"),
                access.listing(self.exports, "EXPORTS_BUCKET"),
                access.accounts(foundation.user_pool, "USER_POOL", "ListUsers", "AdminDeleteUser"),
                access.put_back(jobs.queue, "ERRANDS_QUEUE_URL"),
                access.given("SKILLS", {name: skill.jobs() for name, skill in skills.items()}),
                self.wakeups.link("WAKEUPS", *SETS, "GetSchedule", user=self),
            ],
            environment={"ATTEMPTS": str(ATTEMPTS), "DOWNLOADS_URL": f"{foundation.http.url}/downloads"},
        )
        jobs.feed(run, batch=1)
        self.queue = jobs.queue
