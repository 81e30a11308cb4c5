"""Delivery by a channel, from its SPEC: a queue of its replies and the function that sends them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import aws_cdk as cdk
from constructs import Construct
from switchboard.core.channels.spec import ChannelSpec

from stacks.constructs import access
from stacks.constructs.function import Function, Size
from stacks.constructs.platform import Platform
from stacks.constructs.queue import Queue
from stacks.foundation import FoundationStack
from stacks.settings import Settings

SIZE = Size(seconds=30, megabytes=512)
ATTEMPTS = 12
"""Within six minutes: a reply waits for the one before it, and for a carrier that is busy."""


class IncompleteChannel(ValueError):
    """The stacks do not give a channel what its SPEC asks for."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a channel sends with: values for its function, and the resources its permissions are for."""

    environment: Mapping[str, str] = field(default_factory=dict)
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What a channel is built with: its stack, and what all functions of it and of the core share."""

    scope: cdk.Stack
    platform: Platform
    base: FoundationStack

    @property
    def settings(self) -> Settings:
        return self.platform.settings


class Channel(Construct):
    def __init__(
        self, scope: Construct, construct_id: str, parts: Parts, *, spec: ChannelSpec, means: Means
    ) -> None:
        super().__init__(scope, construct_id)
        check(spec, means)
        platform, base = parts.platform, parts.base
        self.queue = Queue(self, "Replies", platform, handled_within=SIZE, attempts=ATTEMPTS)
        self.deliver = Function(
            self,
            "Deliver",
            platform,
            handler=f"switchboard.channels.{spec.name}.handlers.deliver",
            size=SIZE,
            uses=[
                access.table(base.conversations, "CONVERSATIONS_TABLE", "ConditionCheckItem", "UpdateItem"),
                access.put_back(self.queue.queue, "REPLIES_QUEUE_URL"),
            ],
            environment=means.environment,
        )
        if spec.permissions:
            self.deliver.allow(access.Grant(spec.permissions, means.resources).statement())
        self.queue.take_from(base.replies, channel=spec.name)
        self.queue.feed(self.deliver, batch=5, at_once=platform.settings.deliveries_at_once)


def check(spec: ChannelSpec, means: Means) -> None:
    missing = set(spec.deliver_env) - set(means.environment)
    if missing or (spec.permissions and not means.resources):
        message = f"channel {spec.name} lacks {', '.join(sorted(missing)) or 'resources for its permissions'}"
        raise IncompleteChannel(message)
