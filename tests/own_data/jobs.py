"""Errands that wait for a test to run them, and what would have been said last."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.core.jobs import Job
from switchboard.core.people.address import Address, private_conversation
from switchboard.core.people.sockets import Socket
from switchboard.core.stored_data.reader import PersonScope

from tests.fakes.clock import EPOCH_MS


@dataclass
class FakeErrands:
    waiting: list[Job] = field(default_factory=list)

    def hand_over(self, job: Job) -> None:
        self.waiting.append(job)


@dataclass
class FakeFarewell:
    said: dict[str, tuple[Address, str]] = field(default_factory=dict)
    shown: list[tuple[Sequence[Socket], str]] = field(default_factory=list)
    connections: DynamoConnections | None = None

    def pages(self, scope: PersonScope) -> Sequence[Socket]:
        assert self.connections
        each = (
            self.connections.open(private_conversation(person), now_ms=EPOCH_MS) for person in scope.persons
        )
        return [page for found in each for page in found]

    def say(self, address: Address, text: str, *, erasure: str) -> None:
        self.said.setdefault(erasure, (address, text))

    def show(self, pages: Sequence[Socket], text: str, *, erasure: str) -> None:
        self.shown.append((pages, text))
