"""The map of a conversation: what comes in becomes turns, turns are answered, and replies go out."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct
from switchboard.channels import CHANNELS
from switchboard.core.secret_labels import SecretLabel

from stacks.constructs import access
from stacks.constructs.channel import Channel, Means, Parts
from stacks.constructs.function import Function, Size
from stacks.constructs.platform import Platform
from stacks.constructs.queue import Queue
from stacks.constructs.reminder_schedules import SETS
from stacks.constructs.schedule import Schedule
from stacks.foundation import FoundationStack
from stacks.jobs import JobsStack
from stacks.members import part_of
from stacks.model_access import allow_models
from stacks.rest import answer_requests
from stacks.settings import Settings
from stacks.skills.stack import SkillStack

BRIEF = Size(seconds=30, megabytes=512)
TURN = Size(seconds=120, megabytes=1024)
SWEEP = cdk.Duration.minutes(1)
EVERY_VERB = ("GetItem", "Query", "ConditionCheckItem", "PutItem", "UpdateItem", "DeleteItem")
"""Of what is done with single items; links change both tables."""
SWEPT = {"Stranded": "ConversationsWaiting", "InDoubt": "PartsInDoubt", "Failed": "TurnsFailed"}


class AssistantStack(cdk.Stack):
    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        foundation: FoundationStack,
        jobs: JobsStack,
        skills: Mapping[str, SkillStack],
        stack_name: str,
    ) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        self._settings = settings
        self._base = foundation
        self._jobs = jobs
        self._skills = skills
        self._platform = Platform(self, "Platform", settings=settings, alarms=foundation.alarms)

        self._messages_come_and_go()
        self._turns_are_answered()
        self._what_still_waits_is_signalled()
        self._people_sign_in()

    def _messages_come_and_go(self) -> None:
        """What a channel takes in it builds itself; replies topic → one queue a channel → its delivery.

        A channel that streams has had its reply.
        """
        parts = Parts(self, self._platform, self._base)
        for spec in CHANNELS.values():
            own = part_of("channels", spec.name, "ingress")
            means = own.build(parts) if own else Means()
            if not spec.streams:
                Channel(self, spec.name.capitalize(), parts, spec=spec, means=means)

    def _turns_are_answered(self) -> None:
        """Turns topic → queue → converse → deltas to the socket, replies to the replies topic.

        A signal that finds its conversation busy goes back to the queue: hence many attempts.
        """
        base = self._base
        queue = Queue(self, "Turns", self._platform, handled_within=TURN, attempts=10)
        converse = Function(
            self,
            "Converse",
            self._platform,
            handler="handlers.converse",
            size=TURN,
            layers=("base", "model"),
            uses=[
                access.table(base.people, "PEOPLE_TABLE", *EVERY_VERB),
                access.table(base.conversations, "CONVERSATIONS_TABLE", *EVERY_VERB, "BatchWriteItem"),
                access.publish(base.turns, "TURNS_TOPIC"),
                access.put_back(queue.queue, "TURNS_QUEUE_URL"),
                access.send(self._jobs.queue, "ERRANDS_QUEUE_URL"),
                access.given("SKILLS", {name: skill.chat() for name, skill in self._skills.items()}),
                self._jobs.wakeups.link("WAKEUPS", *SETS, user=self),
                access.publish(base.replies, "REPLIES_TOPIC"),
                access.post(base.socket, "CONNECTIONS_URL"),
                access.secret(base.secret, "MODEL_SECRET", SecretLabel.MODEL),
            ],
            environment={
                "MODEL": self._settings.model.to_json(),
                "SPEND": self._settings.spend.to_json(),
                "LINK_WAIT_HOURS": str(self._settings.merge_after_hours),
            },
        )
        allow_models(converse, self._settings.model)
        queue.take_from(base.turns)
        queue.feed(converse, batch=1, at_once=self._settings.turns_at_once)
        cdk.CfnOutput(self, "TurnsQueueUrl", value=queue.queue.queue_url)

    def _what_still_waits_is_signalled(self) -> None:
        """Clock → sweep_overdue → turns topic."""
        base = self._base
        sweep = Function(
            self,
            "SweepWaiting",
            self._platform,
            handler="handlers.sweep_overdue",
            size=Size(seconds=60, megabytes=512),
            uses=[
                access.index(base.conversations, "CONVERSATIONS_TABLE", "waiting", "Query"),
                access.publish(base.turns, "TURNS_TOPIC"),
            ],
        )
        Schedule(self, "Sweep", self._platform, function=sweep, every=SWEEP)
        for name, metric in SWEPT.items():
            self._alarm_on_what_waits(name, metric)

    def _alarm_on_what_waits(self, name: str, metric: str) -> None:
        """Waiting once can be bad luck; waiting after a sweep has signalled is not."""
        waiting = cloudwatch.Metric(
            namespace=self._settings.metrics_namespace,
            metric_name=metric,
            dimensions_map={"service": "switchboard"},
            statistic="Maximum",
            period=SWEEP,
        )
        self._platform.alert(self, name, waiting, periods=2)

    def _people_sign_in(self) -> None:
        """Page → HTTP gateway → api."""
        answer_requests(
            self,
            self._platform,
            foundation=self._base,
            jobs=self._jobs,
            skills=self._skills,
        )
