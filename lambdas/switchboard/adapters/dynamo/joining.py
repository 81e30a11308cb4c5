"""The write that links: the code is used, addresses lead to its maker, consent and spend come along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.carrying import carrying
from switchboard.adapters.dynamo.items import Item
from switchboard.adapters.dynamo.keeping import OPEN, left
from switchboard.adapters.dynamo.profiles import ADDRESS, PROFILE
from switchboard.adapters.dynamo.removals import bring_claims, transact
from switchboard.adapters.dynamo.sides import Side, Sides, address_key, person_key, state_key
from switchboard.adapters.dynamo.writes import Write, as_read, check, delete, put, update
from switchboard.core.errors import Retryable
from switchboard.core.links import MOST_ADDRESSES, Entry, Joined, LinkedAlready, TooManyLinks, VoidCode
from switchboard.core.people import Address, PersonId
from switchboard.core.spend import day_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LOOKS = 5
HELD = ("opted_out", "told", "greeted")
GOOD = "attribute_not_exists(used_by) AND expires_ms > :now"
VERSION = "SET version = if_not_exists(version, :one) + :one"
COUNTED = "came = if_not_exists(came, :zero), taken = if_not_exists(taken, :zero)"


@dataclass(frozen=True, slots=True)
class Joining:
    """`digest` is the code's."""

    client: DynamoDBClient
    people: str
    conversations: str
    digest: str

    def join(self, entry: Entry) -> Joined:
        """What it stands on may change between look and write: then it is looked at again.

        Errors: VoidCode, LinkedAlready, TooManyLinks; Retryable.
        """
        for _ in range(LOOKS):
            code = self._good_code(entry)
            maker, heir = Address(code["channel"], code["address"]), PersonId(code["person"])
            ceased = self._sides.behind(entry.address)
            if ceased == heir:
                raise LinkedAlready
            if self._done(entry, maker, self._sides.read(heir), self._sides.read(ceased)):
                return Joined(heir, ceased, maker)
        raise Retryable("the link is contended")

    @property
    def _sides(self) -> Sides:
        return Sides(self.client, self.people, self.conversations)

    def _good_code(self, entry: Entry) -> Item:
        """Errors: VoidCode, also when its maker is somebody else by now or made another."""
        code = self._sides.item(self.people, f"CODE#{self.digest}", "CODE")
        if not code or "used_by" in code or code["expires_ms"] <= entry.at_ms:
            raise VoidCode
        maker, heir = Address(code["channel"], code["address"]), PersonId(code["person"])
        good = self._sides.item(self.people, f"PERSON#{heir}", "CODE")
        if good.get("digest") != self.digest or self._sides.behind(maker) != heir:
            raise VoidCode
        return code

    def _done(self, entry: Entry, maker: Address, heir: Side, ceased: Side) -> bool:
        if len(heir.addresses) + len(ceased.addresses) > MOST_ADDRESSES:
            raise TooManyLinks
        bring_claims(self._sides, ceased.conversation, heir.conversation)
        writes = [
            *self._code(entry, maker, heir, ceased),
            *self._persons(entry, heir, ceased),
            *self._talks(heir, ceased),
            *self._addresses(entry, heir, ceased),
            *self._spend(entry, heir, ceased),
        ]
        try:
            transact(self.client, writes)
        except self.client.exceptions.TransactionCanceledException:
            return False
        return True

    def _code(self, entry: Entry, maker: Address, heir: Side, ceased: Side) -> Iterator[Write]:
        yield update(
            self.people,
            {"pk": f"CODE#{self.digest}", "sk": "CODE"},
            "SET used_by = :turn, ceased = :ceased",
            only_if=GOOD,
            values={":turn": entry.turn, ":ceased": ceased.person, ":now": entry.at_ms},
        )
        yield delete(
            self.people,
            person_key(heir.person, "CODE"),
            only_if="digest = :digest",
            values={":digest": self.digest},
        )
        yield check(
            self.people,
            address_key(maker),
            only_if="person = :person",
            values={":person": heir.person},
        )

    def _persons(self, entry: Entry, heir: Side, ceased: Side) -> Iterator[Write]:
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
        merged = {"into": heir.person, "at_ms": entry.at_ms}
        yield put(self.people, {**person_key(ceased.person, "MERGED"), **merged})
        former = {**person_key(heir.person, f"MERGED#{ceased.person}"), "at_ms": entry.at_ms}
        yield put(self.people, former)

    def _talks(self, heir: Side, ceased: Side) -> Iterator[Write]:
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

    def _addresses(self, entry: Entry, heir: Side, ceased: Side) -> Iterator[Write]:
        for address in ceased.addresses:
            yield update(
                self.people,
                address_key(address),
                "SET person = :heir",
                only_if="person = :ceased",
                values={":heir": heir.person, ":ceased": ceased.person},
            )
            yield delete(self.people, person_key(ceased.person, f"{ADDRESS}{address}"))
            linked = {**person_key(heir.person, f"{ADDRESS}{address}"), "linked_at": entry.at_ms}
            yield put(self.people, linked)

    def _spend(self, entry: Entry, heir: Side, ceased: Side) -> list[Write]:
        """The month that caps look at; the others follow."""
        sheet = ceased.sheet(day_of(entry.at_ms)[:7])
        return carrying(self.people, sheet, heir.person) if sheet else []
