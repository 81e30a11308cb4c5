"""What follows an unlink, step by step: turns, and who somebody was before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.conversation.codec import TURN
from switchboard.adapters.dynamo.linking.person_snapshot import PersonSnapshots, person_key
from switchboard.adapters.dynamo.linking.record_moves import move, transact
from switchboard.adapters.dynamo.people.profiles import PROFILE
from switchboard.adapters.dynamo.table.transactions import check, delete, put
from switchboard.core.linking.separation import Came
from switchboard.core.people.address import Address, ConversationId, PersonId, private_conversation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

FORMER = "MERGED#"


@dataclass(frozen=True, slots=True)
class DynamoSeparation:
    client: DynamoDBClient
    people: str
    conversations: str

    def came_with(self, person: PersonId, address: Address) -> Sequence[Came]:
        return list(self._came(person, str(address)))

    def now(self, person: PersonId) -> PersonId:
        return (person, *self._sides.heirs(person))[-1]

    def exists(self, person: PersonId) -> bool:
        erasing = self._sides.item(self.people, f"PERSON#{person}", "ERASING")
        return bool(self._sides.item(self.people, f"PERSON#{person}", PROFILE)) and not erasing

    def give_turns(self, ceased: PersonId, *, holder: PersonId, newcomer: PersonId) -> None:
        """A turn that came along names the conversation that it was in at first."""
        homes = set(self._homes(ceased))
        found = self._sides.query(self.conversations, f"CONV#{private_conversation(holder)}", TURN)
        theirs = ({**turn, "person": newcomer} for turn in found if turn.get("home") in homes)
        move(self._sides, theirs, private_conversation(newcomer))

    def note(self, came: Came, newcomer: PersonId) -> None:
        former = self._sides.item(self.people, f"PERSON#{came.person}", f"{FORMER}{came.ceased}")
        mark = self._sides.item(self.people, f"PERSON#{came.ceased}", "MERGED")
        there = check(self.people, person_key(newcomer, PROFILE), only_if="attribute_exists(pk)", values={})
        own = person_key(newcomer, f"{FORMER}{came.ceased}")
        writes = [
            there,
            put(self.people, {**former, **own}),
            put(self.people, {**mark, "into": newcomer}),
            delete(self.people, person_key(came.person, f"{FORMER}{came.ceased}")),
        ]
        transact(self.client, writes)

    @property
    def _sides(self) -> PersonSnapshots:
        return PersonSnapshots(self.client, self.people, self.conversations)

    def _came(self, person: PersonId, address: str) -> Iterator[Came]:
        for ceased, by in self._former(person):
            if by == address:
                yield Came(ceased, person)
            else:
                yield from self._came(ceased, address)

    def _homes(self, person: PersonId) -> Iterator[ConversationId]:
        yield private_conversation(person)
        for ceased, _ in self._former(person):
            yield from self._homes(ceased)

    def _former(self, person: PersonId) -> Iterator[tuple[PersonId, str]]:
        for item in self._sides.query(self.people, f"PERSON#{person}", FORMER):
            yield PersonId(item["sk"].removeprefix(FORMER)), item["by"]
