"""Wires what sends text messages and hears what became of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import boto3
from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

from switchboard.adapters.dynamo.conversation.deliveries import DynamoDeliveries
from switchboard.adapters.queues import Queue
from switchboard.adapters.topics import published
from switchboard.channels.sms import SPEC
from switchboard.channels.sms.inbound import delivery_event
from switchboard.channels.sms.outbound import SmsSender, SmsSettings, make_client
from switchboard.core.channels.delivery import DeliveryEvent, PartKey, deliver
from switchboard.core.errors import SwitchboardError
from switchboard.core.people.address import ConversationId
from switchboard.platform.aws import QUICK
from switchboard.platform.batches import Record
from switchboard.platform.clock import SystemClock
from switchboard.platform.logs import logger

IN_ORDER_ATTEMPTS = 8
"""A reply lets earlier ones go first for so many attempts: long enough for one whose sender died."""


def deliverer(
    *,
    conversations_table: str,
    replies_queue_url: str,
    origination: str,
    configuration_set: str,
    max_price: str,
) -> Callable[[Record], None]:
    settings = SmsSettings(origination=origination, configuration_set=configuration_set, max_price=max_price)
    sender = SmsSender(make_client(), settings)
    deliveries = DynamoDeliveries(boto3.client("dynamodb", config=QUICK), conversations_table)
    queue = Queue(boto3.client("sqs", config=QUICK), replies_queue_url)
    metrics = Metrics()

    def take(record: Record) -> None:
        reply = published(record.body)
        if record.attempt > IN_ORDER_ATTEMPTS:
            reply = replace(reply, after="")
        now = SystemClock().now_ms()
        try:
            state = deliver(reply, policy=SPEC.policy, sender=sender, deliveries=deliveries, now_ms=now)
        except SwitchboardError:
            queue.put_back(record.receipt, seconds=_pause(record.attempt))
            raise
        metrics.add_metric(name=f"Parts{state.name.title().replace('_', '')}", unit=MetricUnit.Count, value=1)
        metrics.flush_metrics()
        logger().info("delivery", extra={"turn": reply.turn, "state": state.value})

    return take


def _pause(attempt: int) -> int:
    """Seconds before a reply that did not leave is tried again: soon, and later each time."""
    return min(60, 1 << attempt)


def recorder(*, conversations_table: str) -> Callable[[Record], None]:
    deliveries = DynamoDeliveries(boto3.client("dynamodb", config=QUICK), conversations_table)

    def take(record: Record) -> None:
        event = delivery_event(record.body)
        key = _part(event.context)
        if key is None:
            logger().info("delivery event of a message that is not ours")
            return
        told = DeliveryEvent(
            key, event.status, event.final, event.parts, event.price_usd, failed=event.failed
        )
        deliveries.settle(told)

    return take


def _part(context: Mapping[str, str]) -> PartKey | None:
    """Our ids are ASCII, whatever else sends by the same configuration set."""
    conversation, turn = (context.get(name, "") for name in ("conversation", "turn"))
    if not (conversation and turn and f"{conversation}{turn}".isascii()):
        return None
    return PartKey(ConversationId(conversation), turn)
