"""The write that links: the request is done, addresses lead to its maker, consent and spend come along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.conversation.message_writes import OPEN, left
from switchboard.adapters.dynamo.linking.person_snapshot import (
    PersonSnapshot,
    PersonSnapshots,
    address_key,
    person_key,
    request_key,
    state_key,
)
from switchboard.adapters.dynamo.linking.record_moves import bring_claims, transact
from switchboard.adapters.dynamo.linking.spend_transfer import carrying
from switchboard.adapters.dynamo.people.profiles import ADDRESS, PROFILE
from switchboard.adapters.dynamo.table.transactions import Write, as_read, check, delete, put, update
from switchboard.core.errors import Retryable
from switchboard.core.linking.codes import MOST_ADDRESSES, LinkResult
from switchboard.core.linking.requests import LinkRequest, RequestState, RequestVoid
from switchboard.core.spend.ledger import day_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LOOKS = 5
HELD = ("opted_out", "told", "greeted")
VERSION = "SET version = if_not_exists(version, :one) + :one"
COUNTED = "came = if_not_exists(came, :zero), taken = if_not_exists(taken, :zero)"


@dataclass(frozen=True, slots=True)
class LinkTransaction:
    """What both sides confirmed."""

    client: DynamoDBClient
    people: str
    conversations: str
    request: LinkRequest

    def join(self, *, now_ms: int) -> LinkResult:
        """What it stands on may change between look and write: then it is looked at again.

        Errors: RequestVoid; Retryable.
        """
        maker, other = self.request.parties
        for _ in range(LOOKS):
            if self._state() == RequestState.JOINED or self._done(now_ms, *self._both()):
                return LinkResult(maker.person, other.person, maker.address)
        raise Retryable("the link is contended")

    @property
    def _sides(self) -> PersonSnapshots:
        return PersonSnapshots(self.client, self.people, self.conversations)

    def _state(self) -> RequestState:
        """Errors: RequestVoid, when it was taken back."""
        item = self._sides.item(self.people, **request_key(self.request.id))
        state = RequestState(item.get("state", RequestState.VOID))
        if state not in {RequestState.WAITING, RequestState.JOINED}:
            raise RequestVoid
        return state

    def _both(self) -> tuple[PersonSnapshot, PersonSnapshot]:
        """Errors: RequestVoid, when one of them left, became another or said STOP, or they are too many."""
        heir, ceased = (self._sides.read(party.person) for party in self.request.parties)
        for side, party in ((heir, self.request.maker), (ceased, self.request.other)):
            if party.address not in side.addresses or str(party.address) in side.noted("opted_out"):
                raise RequestVoid
        if len(heir.addresses) + len(ceased.addresses) > MOST_ADDRESSES:
            raise RequestVoid
        return heir, ceased

    def _done(self, now_ms: int, heir: PersonSnapshot, ceased: PersonSnapshot) -> bool:
        bring_claims(self._sides, ceased.conversation, heir.conversation)
        writes = [
            *self._request(heir),
            *self._persons(now_ms, heir, ceased),
            *self._talks(heir, ceased),
            *self._addresses(now_ms, heir, ceased),
            *self._spend(now_ms, heir, ceased),
        ]
        try:
            transact(self.client, writes)
        except self.client.exceptions.TransactionCanceledException:
            return False
        return True

    def _request(self, heir: PersonSnapshot) -> Iterator[Write]:
        yield update(
            self.people,
            request_key(self.request.id),
            "SET #state = :joined",
            only_if="#state = :waiting",
            values={":joined": RequestState.JOINED.value, ":waiting": RequestState.WAITING.value},
            names={"#state": "state"},
        )
        yield check(
            self.people,
            address_key(self.request.maker.address),
            only_if="person = :person",
            values={":person": heir.person},
        )

    def _persons(self, now_ms: int, heir: PersonSnapshot, ceased: PersonSnapshot) -> Iterator[Write]:
        there, read = as_read(ceased.profile, "version")
        yield update(
            self.people,
            person_key(heir.person, PROFILE),
            VERSION,
            only_if="attribute_exists(pk)",
            values={":one": 1},
        )
        yield delete(
            self.people,
            person_key(ceased.person, PROFILE),
            only_if=f"attribute_exists(pk) AND {there}",
            values=read,
        )
        yield delete(self.people, person_key(ceased.person, "CODE"))
        merged = {"into": heir.person, "at_ms": now_ms}
        yield put(self.people, {**person_key(ceased.person, "MERGED"), **merged})
        came = {"at_ms": now_ms, "by": str(self.request.other.address)}
        former = {**person_key(heir.person, f"MERGED#{ceased.person}"), **came}
        yield put(self.people, former)

    def _talks(self, heir: PersonSnapshot, ceased: PersonSnapshot) -> Iterator[Write]:
        """Whoever opted out stays so: a STOP that comes in between counts, and makes this look again."""
        unchanged, read = as_read(ceased.state, "came", "merged_into")
        yield update(
            self.conversations,
            state_key(ceased.conversation),
            f"SET merged_into = :heir, {COUNTED}",
            only_if=f"{OPEN} AND {unchanged}",
            values={":heir": heir.person, ":zero": 0, **read},
        )
        sets = {name: ceased.noted(name) for name in HELD}
        sets["formerly"] = (ceased.noted("formerly") | {ceased.conversation}) - {heir.conversation}
        added = {name: held for name, held in sets.items() if held}
        adds = ", ".join(f"{name} :{name}" for name in added)
        lefts = {f"#left{number}": left(each) for number, each in enumerate(ceased.addresses)}
        yield update(
            self.conversations,
            state_key(heir.conversation),
            f"SET {COUNTED} ADD {adds} REMOVE {', '.join(lefts)}",
            only_if=f"{OPEN} AND attribute_not_exists(merged_into)",
            values={f":{name}": held for name, held in added.items()} | {":zero": 0},
            names=lefts,
        )

    def _addresses(self, now_ms: int, heir: PersonSnapshot, ceased: PersonSnapshot) -> Iterator[Write]:
        for address in ceased.addresses:
            yield update(
                self.people,
                address_key(address),
                "SET person = :heir",
                only_if="person = :ceased",
                values={":heir": heir.person, ":ceased": ceased.person},
            )
            yield delete(self.people, person_key(ceased.person, f"{ADDRESS}{address}"))
            linked = {**person_key(heir.person, f"{ADDRESS}{address}"), "linked_at": now_ms}
            yield put(self.people, linked)

    def _spend(self, now_ms: int, heir: PersonSnapshot, ceased: PersonSnapshot) -> list[Write]:
        """The month that caps look at; the others follow."""
        sheet = ceased.sheet(day_of(now_ms)[:7])
        return carrying(self.people, sheet, heir.person) if sheet else []
