"""The two topics a conversation speaks on: signals of work, and replies."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from switchboard.core.messages.message import Reply
from switchboard.core.people.address import Address, ConversationId
from switchboard.core.well_formed import read_json

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


@dataclass(frozen=True, slots=True)
class TurnsTopic:
    client: SNSClient
    arn: str

    def signal(self, conversation: ConversationId) -> None:
        self.client.publish(TopicArn=self.arn, Message=json.dumps({"conversation": conversation}))


@dataclass(frozen=True, slots=True)
class RepliesTopic:
    client: SNSClient
    arn: str

    def publish(self, reply: Reply) -> None:
        """The attribute `channel` is what each delivery queue filters by."""
        self.client.publish(
            TopicArn=self.arn,
            Message=json.dumps(asdict(reply), ensure_ascii=False),
            MessageAttributes={"channel": {"DataType": "String", "StringValue": reply.address.channel}},
        )


def parse_signal(body: str) -> ConversationId:
    return ConversationId(read_json(body)["conversation"])


def published(body: str) -> Reply:
    fields = read_json(body)
    return Reply(
        conversation=ConversationId(fields["conversation"]),
        turn=fields["turn"],
        address=Address(**fields["address"]),
        text=fields["text"],
        asked_ms=fields["asked_ms"],
        always=fields["always"],
        after=fields.get("after", ""),
        asked=fields.get("asked", True),
        zone=fields.get("zone", "UTC"),
    )
