"""Carrier → topics → the channel's functions; and the number that people text."""

from stacks.channels.sms.number import sms_means
from stacks.channels.sms.settings import SmsSettings
from stacks.constructs import access
from stacks.constructs.channel import Means, Parts
from stacks.constructs.function import Function, Size
from stacks.constructs.queue import Queue

BRIEF = Size(seconds=30, megabytes=512)


def build(parts: Parts) -> Means:
    sms, topics = parts.settings.of(SmsSettings), parts.base.topics
    _texts_come_in(parts, sms)
    _carriers_report(parts)
    return sms_means(parts.scope, sms=sms, inbound=topics["Inbound"], events=topics["SmsEvents"])


def _texts_come_in(parts: Parts, sms: SmsSettings) -> None:
    """Carrier → inbound topic → queue → sms.receive → turns topic."""
    base = parts.base
    queue = Queue(parts.scope, "Inbound", parts.platform, handled_within=BRIEF)
    receive = Function(
        parts.scope,
        "ReceiveSms",
        parts.platform,
        handler="switchboard.channels.sms.handlers.receive",
        size=BRIEF,
        uses=[
            access.table(base.people, "PEOPLE_TABLE", "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
            access.table(base.people, "PEOPLE_TABLE", "ConditionCheckItem"),
            access.table(base.conversations, "CONVERSATIONS_TABLE", "GetItem", "PutItem", "UpdateItem"),
            access.publish(base.turns, "TURNS_TOPIC"),
            access.publish(base.replies, "REPLIES_TOPIC"),
        ],
        environment={
            "SPEND": parts.settings.spend.to_json(),
            "COUNTRIES": ",".join(sms.countries),
        },
    )
    queue.take_from(base.topics["Inbound"])
    queue.feed(receive, batch=10)


def _carriers_report(parts: Parts) -> None:
    """Carrier → events topic → queue → sms.delivery_events."""
    queue = Queue(parts.scope, "SmsEvents", parts.platform, handled_within=BRIEF)
    record = Function(
        parts.scope,
        "RecordSmsEvents",
        parts.platform,
        handler="switchboard.channels.sms.handlers.delivery_events",
        size=BRIEF,
        uses=[access.table(parts.base.conversations, "CONVERSATIONS_TABLE", "UpdateItem")],
    )
    queue.take_from(parts.base.topics["SmsEvents"])
    queue.feed(record, batch=10)
