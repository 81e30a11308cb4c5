"""The write that takes a link back: the address is somebody of its own, with its consent and spend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.conversation.message_writes import OPEN, left
from switchboard.adapters.dynamo.linking.link_transaction import HELD, VERSION
from switchboard.adapters.dynamo.linking.person_snapshot import (
    PersonSnapshot,
    PersonSnapshots,
    address_key,
    person_key,
    state_key,
)
from switchboard.adapters.dynamo.linking.record_moves import bring_claims, move_sockets, transact
from switchboard.adapters.dynamo.linking.spend_transfer import copying
from switchboard.adapters.dynamo.people.people import LISTED
from switchboard.adapters.dynamo.people.profiles import ADDRESS, PROFILE
from switchboard.adapters.dynamo.table.transactions import Write, as_read, delete, put, update
from switchboard.core.errors import Retryable
from switchboard.core.linking.codes import NotYours, UnlinkRequest, newcomer
from switchboard.core.people.address import PersonId, private_conversation
from switchboard.core.people.profiles import UTC
from switchboard.core.spend.ledger import day_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LOOKS = 5


@dataclass(frozen=True, slots=True)
class UnlinkTransaction:
    client: DynamoDBClient
    people: str
    conversations: str

    def part(self, parting: UnlinkRequest) -> None:
        """Errors: NotYours; Retryable."""
        for _ in range(LOOKS):
            side = self._sides.read(parting.person)
            if parting.address not in side.addresses or len(side.addresses) == 1:
                raise NotYours
            if self._done(parting, side):
                return
        raise Retryable("the link is contended")

    @property
    def _sides(self) -> PersonSnapshots:
        return PersonSnapshots(self.client, self.people, self.conversations)

    def _done(self, parting: UnlinkRequest, side: PersonSnapshot) -> bool:
        who = newcomer(parting.person, parting.turn)
        there = private_conversation(who)
        bring_claims(self._sides, side.conversation, there, of=parting.address)
        writes = [
            *self._persons(parting, side, who),
            *self._address(parting, who),
            *self._talks(parting, side, who),
            *copying(self.people, side.sheet(day_of(parting.at_ms)[:7]), who),
        ]
        try:
            transact(self.client, writes)
        except self.client.exceptions.TransactionCanceledException:
            return False
        move_sockets(self._sides, side.conversation, there, of=parting.address)
        return True

    def _persons(self, parting: UnlinkRequest, side: PersonSnapshot, who: PersonId) -> Iterator[Write]:
        """Of two who unlink each other at once, one sees the other's version: somebody is always left."""
        unchanged, read = as_read(side.profile, "version")
        yield update(
            self.people,
            person_key(side.person, PROFILE),
            VERSION,
            only_if=f"attribute_exists(pk) AND {unchanged}",
            values={":one": 1, **read},
        )
        profile = {
            "version": 1,
            "listed": LISTED,
            "since": parting.at_ms,
            "zone": side.profile.get("zone", UTC),
            "parted": {"channel": parting.address.channel, "value": parting.address.value},
        }
        yield put(self.people, {**person_key(who, PROFILE), **profile}, only_if="attribute_not_exists(pk)")

    def _address(self, parting: UnlinkRequest, who: PersonId) -> Iterator[Write]:
        sk = f"{ADDRESS}{parting.address}"
        yield update(
            self.people,
            address_key(parting.address),
            "SET person = :who",
            only_if="person = :person",
            values={":who": who, ":person": parting.person},
        )
        yield delete(self.people, person_key(parting.person, sk))
        yield put(self.people, {**person_key(who, sk), "linked_at": parting.at_ms})

    def _talks(self, parting: UnlinkRequest, side: PersonSnapshot, who: PersonId) -> Iterator[Write]:
        """A STOP that comes in between counts, and makes this look again."""
        unchanged, read = as_read(side.state, "came")
        address = str(parting.address)
        yield update(
            self.conversations,
            state_key(side.conversation),
            "SET #left = :who",
            only_if=f"{OPEN} AND {unchanged}",
            values={":who": who, **read},
            names={"#left": left(parting.address)},
        )
        held = {name: {address} for name in HELD if address in side.noted(name)}
        formerly = side.noted("formerly") | {side.conversation}
        state = {"came": 0, "taken": 0, "zone": side.profile.get("zone", UTC), "formerly": formerly, **held}
        yield put(self.conversations, {**state_key(private_conversation(who)), **state})
