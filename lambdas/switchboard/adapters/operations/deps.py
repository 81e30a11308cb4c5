"""What an operator works with: tables, topics, and the queues where dead letters end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.conversation.overdue_index import DynamoWaiting
from switchboard.adapters.dynamo.operations.repairs import DynamoRepairs
from switchboard.adapters.operations.dead_letters import DeadLetters
from switchboard.adapters.operations.ids import Letters
from switchboard.adapters.topics import RepliesTopic, TurnsTopic
from switchboard.core.operations.repairs import ItemNotFound

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


@dataclass(frozen=True, slots=True)
class Works:
    """`dead_letters` are by the name of the queue they came from."""

    sqs: SQSClient
    waiting: DynamoWaiting
    repairs: DynamoRepairs
    mailbox: DynamoMailbox
    signals: TurnsTopic
    replies: RepliesTopic
    dead_letters: Mapping[str, DeadLetters]

    def queue_of(self, name: Letters) -> DeadLetters:
        """Errors: ItemNotFound."""
        if name.queue not in self.dead_letters:
            known = ", ".join(sorted(self.dead_letters))
            raise ItemNotFound(f"There are no dead letters of a queue {name.queue!r}: there are {known}.")
        return self.dead_letters[name.queue]
