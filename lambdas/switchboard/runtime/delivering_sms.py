"""Wires what sends text messages and hears what became of them."""

from collections.abc import Callable

import boto3

from switchboard.adapters.dynamo.deliveries import DynamoDeliveries
from switchboard.adapters.topics import published
from switchboard.channels.sms.inbound import delivery_event
from switchboard.channels.sms.outbound import SmsSender, SmsSettings, make_client
from switchboard.core.delivery import DeliveryEvent, PartKey, deliver
from switchboard.core.people import ConversationId
from switchboard.runtime.aws import QUICK
from switchboard.runtime.logs import logger
from switchboard.runtime.records import Record


def deliverer(
    *, conversations_table: str, origination: str, configuration_set: str, max_price: str
) -> Callable[[Record], None]:
    settings = SmsSettings(origination=origination, configuration_set=configuration_set, max_price=max_price)
    sender = SmsSender(make_client(), settings)
    deliveries = DynamoDeliveries(boto3.client("dynamodb", config=QUICK), conversations_table)

    def take(record: Record) -> None:
        reply = published(record.body)
        state = deliver(reply, sender=sender, deliveries=deliveries)
        logger().info("delivery", extra={"turn": reply.turn, "state": state.value})

    return take


def recorder(*, conversations_table: str) -> Callable[[Record], None]:
    deliveries = DynamoDeliveries(boto3.client("dynamodb", config=QUICK), conversations_table)

    def take(record: Record) -> None:
        event = delivery_event(record.body)
        if not {"conversation", "turn"} <= event.context.keys():
            logger().info("delivery event of a message that is not ours")
            return
        key = PartKey(ConversationId(event.context["conversation"]), event.context["turn"])
        deliveries.settle(DeliveryEvent(key, event.status, event.final, event.parts, event.price_usd))

    return take
