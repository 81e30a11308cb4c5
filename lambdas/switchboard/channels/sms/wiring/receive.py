"""Wires what brings a text message in."""

from collections.abc import Callable

import boto3

from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.people.throttle import DynamoThrottle
from switchboard.adapters.dynamo.spend.ledger import DynamoLedger
from switchboard.adapters.topics import RepliesTopic, TurnsTopic
from switchboard.channels.sms import SPEC
from switchboard.channels.sms.inbound import CarrierText, parse
from switchboard.channels.sms.reach import Reach
from switchboard.core.conversation.receive import InboundDeps, receive
from switchboard.core.conversation.store import RateLimited
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import Address
from switchboard.core.spend.notices import Notices
from switchboard.platform.aws import QUICK
from switchboard.platform.batches import Record
from switchboard.platform.clock import new_id
from switchboard.platform.logs import logger
from switchboard.platform.prices import price_book
from switchboard.platform.spend_limits import from_json


def receiver(
    *,
    people_table: str,
    conversations_table: str,
    turns_topic: str,
    replies_topic: str,
    spend: str,
    countries: str,
) -> Callable[[Record], None]:
    """`countries` are codes of ISO 3166-1 with commas between them."""
    dynamodb = boto3.client("dynamodb", config=QUICK)
    sns = boto3.client("sns", config=QUICK)
    notices = Notices(
        throttle=DynamoThrottle(dynamodb, people_table),
        ledger=DynamoLedger(dynamodb, people_table),
        caps=from_json(spend).deployment,
        prices=price_book(),
        parts=SPEC.parts(str(RateLimited())),
    )
    reception = InboundDeps(
        policy=SPEC.policy,
        people=DynamoPeople(dynamodb, people_table, conversations_table, new_id),
        mailbox=DynamoMailbox(dynamodb, conversations_table),
        signals=TurnsTopic(sns, turns_topic),
        replies=RepliesTopic(sns, replies_topic),
        may_tell=notices.may_tell,
    )
    reach = Reach(frozenset(countries.split(",")))

    def take(record: Record) -> None:
        text = parse(record.body)
        if reach.takes(text.sender, text.text):
            receive(_message(text, at_ms=record.sent_ms), reception)
        else:
            logger().info("text from where no answer can go")

    return take


def _message(text: CarrierText, *, at_ms: int) -> Inbound:
    return Inbound(
        address=Address("sms", text.sender),
        message_id=text.message_id,
        text=text.text,
        at_ms=at_ms,
        to=text.to_number,
    )
