"""What follows a link, step by step: open pages, turns, the consent ledger, and what was spent since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.conversation.codec import CONSENT, TURN
from switchboard.adapters.dynamo.linking.person_snapshot import PersonSnapshots
from switchboard.adapters.dynamo.linking.record_moves import move, move_sockets, transact
from switchboard.adapters.dynamo.linking.spend_transfer import carrying
from switchboard.core.errors import Retryable
from switchboard.core.people.address import PersonId, private_conversation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class DynamoMergeStore:
    client: DynamoDBClient
    people: str
    conversations: str

    def heirs(self, ceased: PersonId) -> Sequence[PersonId]:
        return self._sides.heirs(ceased)

    def move_pages(self, ceased: PersonId, heir: PersonId) -> None:
        move_sockets(self._sides, private_conversation(ceased), private_conversation(heir))

    def at_rest(self, ceased: PersonId) -> bool:
        state = self._sides.state(ceased)
        return state["came"] == state["taken"] and not state.keys() & {"holder", "open_turn"}

    def move_turns(self, ceased: PersonId, heir: PersonId) -> None:
        """A turn names the conversation in which its parts are."""
        here = private_conversation(ceased)
        found = self._sides.query(self.conversations, f"CONV#{here}", TURN)
        turns = ({**turn, "person": heir, "home": turn.get("home") or here} for turn in found)
        move(self._sides, turns, private_conversation(heir))

    def move_consent(self, ceased: PersonId, heir: PersonId) -> None:
        found = self._sides.query(self.conversations, f"CONV#{private_conversation(ceased)}", CONSENT)
        move(self._sides, found, private_conversation(heir))

    def carry(self, ceased: PersonId, heir: PersonId) -> None:
        """Errors: Retryable, when somebody else does the same."""
        for sheet in self._sides.read(ceased).sheets:
            writes = carrying(self.people, sheet, heir)
            try:
                if writes:
                    transact(self.client, writes)
            except self.client.exceptions.TransactionCanceledException as error:
                raise Retryable("the sums have changed") from error

    @property
    def _sides(self) -> PersonSnapshots:
        return PersonSnapshots(self.client, self.people, self.conversations)
