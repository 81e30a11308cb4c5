"""Wires what brings a text message in."""

from collections.abc import Callable

import boto3

from switchboard.adapters.dynamo.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.people import DynamoPeople
from switchboard.adapters.topics import RepliesTopic, TurnsTopic
from switchboard.channels.sms import SPEC
from switchboard.channels.sms.inbound import parse
from switchboard.core.messages import Inbound
from switchboard.core.people import Address
from switchboard.core.receiving import Reception, receive
from switchboard.runtime.aws import QUICK
from switchboard.runtime.clock import new_id
from switchboard.runtime.records import Record


def receiver(
    *, people_table: str, conversations_table: str, turns_topic: str, replies_topic: str
) -> Callable[[Record], None]:
    dynamodb = boto3.client("dynamodb", config=QUICK)
    sns = boto3.client("sns", config=QUICK)
    reception = Reception(
        policy=SPEC.policy,
        people=DynamoPeople(dynamodb, people_table, conversations_table, new_id),
        mailbox=DynamoMailbox(dynamodb, conversations_table),
        signals=TurnsTopic(sns, turns_topic),
        replies=RepliesTopic(sns, replies_topic),
    )

    def take(record: Record) -> None:
        receive(_message(record), reception)

    return take


def _message(record: Record) -> Inbound:
    text = parse(record.body)
    return Inbound(
        address=Address("sms", text.from_number),
        message_id=text.message_id,
        text=text.text,
        at_ms=record.sent_ms,
        to=text.to_number,
    )
