"""Wires who watches calls: every open page sees each status, and how it ended is told as news."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3

from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.people.profiles import DynamoProfiles
from switchboard.adapters.sockets import Sockets, make_client
from switchboard.adapters.topics import TurnsTopic
from switchboard.core.conversation.notifier import Notifier
from switchboard.core.conversation.store import ConversationErased
from switchboard.core.messages.ports import Clock
from switchboard.core.people.address import Address, private_conversation
from switchboard.core.people.profiles import Profiles
from switchboard.platform.aws import QUICK
from switchboard.platform.clock import SystemClock
from switchboard.skills.calls import SPEC
from switchboard.skills.calls.chat import formatting
from switchboard.skills.calls.domain.call import Call, Status

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ENDED = frozenset({Status.COMPLETED, Status.FAILED})


@dataclass(frozen=True, slots=True)
class Pages:
    """A skills.calls.ports.Watcher where no call ends. A status that is heard twice is shown twice."""

    connections: DynamoConnections
    sockets: Sockets
    clock: Clock

    def moved(self, call: Call) -> None:
        frame = frame_of(call)
        conversation = private_conversation(call.person)
        for page in self.connections.open(conversation, now_ms=self.clock.now_ms()):
            self.sockets.post(page, frame)


@dataclass(frozen=True, slots=True)
class PagesAndNews:
    """A skills.calls.ports.Watcher. How a call ended is told once, however often it is heard."""

    pages: Pages
    notifier: Notifier
    profiles: Profiles

    def moved(self, call: Call) -> None:
        self.pages.moved(call)
        if call.status in ENDED and call.tell:
            self._tell(call)

    def _tell(self, call: Call) -> None:
        """Nobody is told who left meanwhile; an address that was unlinked may be somebody else's by now."""
        address, at_ms = Address(*call.tell), call.history[-1].at_ms
        if address not in {link.address for link in self.profiles.read(call.person).links}:
            return
        with suppress(ConversationErased):
            self.notifier.tell(
                formatting.outcome(call),
                person=call.person,
                address=address,
                key=f"call-{call.id}-{at_ms}",
                at_ms=at_ms,
                quoted=SPEC.name,
            )


def frame_of(call: Call) -> dict[str, Any]:
    moment = call.history[-1]
    reason = {"code": moment.reason.value, "text": moment.reason.sentence} if moment.reason else None
    return {
        "type": "call",
        "id": call.id,
        "status": moment.status.value,
        "at": _rfc3339(moment.at_ms),
        "reason": reason,
    }


def _rfc3339(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def pages(*, client: DynamoDBClient, conversations_table: str, connections_url: str) -> Pages:
    """It queries conversations, posts to the gateway, and forgets who is gone (GetItem, DeleteItem)."""
    connections = DynamoConnections(client, conversations_table)
    sockets = Sockets(make_client(connections_url), connections.closed)
    return Pages(connections, sockets, SystemClock())


def news(
    shown: Pages, *, client: DynamoDBClient, people_table: str, conversations_table: str, turns_topic: str
) -> PagesAndNews:
    """It publishes to the topic, too.

    People are read (GetItem, Query); conversations are written (GetItem, PutItem, UpdateItem).
    """
    signals = TurnsTopic(boto3.client("sns", config=QUICK), turns_topic)
    return PagesAndNews(
        pages=shown,
        notifier=Notifier(DynamoMailbox(client, conversations_table), signals),
        profiles=DynamoProfiles(client, people_table, conversations_table),
    )
