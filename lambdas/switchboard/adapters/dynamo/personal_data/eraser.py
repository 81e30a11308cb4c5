"""What an erasure changes in the tables: conversations close, proofs are put aside, records go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.conversation.codec import CONSENT
from switchboard.adapters.dynamo.people.retained_opt_outs import closed_key
from switchboard.adapters.dynamo.personal_data.reader import DynamoPersonalDataReader
from switchboard.adapters.dynamo.table.items import REFUSED, Item, pack, reasons, standing, unpack
from switchboard.adapters.dynamo.table.retries import retry_on_contention
from switchboard.core.conversation.store import Busy
from switchboard.core.people.address import Address, PersonId, private_conversation
from switchboard.core.personal_data.erasure_job import Linked, RetainedConsent
from switchboard.core.stored_data.inventory import CONVERSATIONS, KINDS, RecordKind
from switchboard.core.stored_data.reader import PersonScope, StoredRecord

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

DAY = 24 * 3600
KEPT_SECONDS = 5 * 365 * DAY
"""A do-not-call request is honored for five years (47 CFR 64.1200(d)(6)), and so is its proof kept."""
REFUSES_SECONDS = 15 * DAY
"""Longer than a dead letter lives, which might be put back."""
CLOSED_SECONDS = 2 * 3600
"""Longer than an access token lives."""
CLOSE = "SET gone = :now REMOVE holder, held_until, open_turn, waiting, waiting_since"
THEMSELVES = "attribute_not_exists(merged_into)"
NOBODY_HOLDS = "attribute_not_exists(holder) OR held_until < :now"
AT_ONCE = 25
STATE = "STATE"


@dataclass(frozen=True, slots=True)
class DynamoEraserStore:
    client: DynamoDBClient
    people: str
    conversations: str
    account_channel: str

    def close(self, person: PersonId, *, now_ms: int, patient: bool) -> None:
        condition = f"{THEMSELVES} AND ({NOBODY_HOLDS})" if patient else THEMSELVES
        try:
            self._close(person, now_ms, ConditionExpression=condition)
        except self.client.exceptions.ConditionalCheckFailedException as error:
            state = standing(error)
            if "merged_into" in state:
                raise Linked("the person has been linked") from error
            raise Busy(state["held_until"]) from error

    def close_former(self, person: PersonId, *, now_ms: int) -> None:
        self._close(person, now_ms)

    def to_keep(self, scope: PersonScope) -> RetainedConsent:
        entries = sum(1 for kind in _ledgers() for _ in self._belongings.of(scope, kind))
        return RetainedConsent(entries, sum(self._opted_out(scope, address) for address in scope.addresses))

    def keep(self, scope: PersonScope, *, now_ms: int) -> None:
        """Under the address they are about, where they outlive the person."""
        (said,) = (kind for kind in _ledgers() if kind.store == CONVERSATIONS)
        for entry in self._belongings.of(scope, said):
            about = {"pk": f"ADDRESS#{entry.values['address']}", "sk": entry.sk}
            proof = {**entry.values, **about, "expires": _until(entry.values.get("at_ms", now_ms))}
            self.client.put_item(TableName=self.people, Item=pack(proof))

    def part(self, scope: PersonScope, address: Address, *, now_ms: int) -> None:
        """An address that somebody else has by now is theirs, with whatever they made of it."""
        pk, persons = f"ADDRESS#{address}", {f":p{n}": each for n, each in enumerate(scope.persons)}
        gone = {
            "TableName": self.people,
            "Key": pack({"pk": pk, "sk": "PERSON"}),
            "ConditionExpression": f"person IN ({', '.join(persons)})",
            "ExpressionAttributeValues": pack(persons),
        }
        stands = {"pk": pk, "sk": "STANDING", "opted_out": True, "at_ms": now_ms, "expires": _until(now_ms)}
        closed = {**closed_key(address), "expires": now_ms // 1000 + CLOSED_SECONDS}
        kept = [
            *([stands] if self._opted_out(scope, address) else []),
            *([closed] if address.channel == self.account_channel else []),
        ]
        puts = ({"Put": {"TableName": self.people, "Item": pack(item)}} for item in kept)
        items: list[Any] = [{"Delete": gone}, *puts]
        try:
            retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=items))
        except self.client.exceptions.TransactionCanceledException as error:
            if reasons(error)[0]["Code"] != REFUSED:
                raise

    def bury(self, scope: PersonScope, *, now_ms: int) -> None:
        for person in scope.persons:
            refusal = {**_state(person), **pack({"gone": now_ms, "buried": True})}
            expires = pack({"expires": now_ms // 1000 + REFUSES_SECONDS})
            self.client.put_item(TableName=self.conversations, Item=refusal | expires)

    def take(self, holdings: Iterator[StoredRecord]) -> None:
        while some := list(islice(holdings, AT_ONCE)):
            asked: Any = {}
            for holding in some:
                key = {"Key": pack({"pk": holding.pk, "sk": holding.sk})}
                asked.setdefault(self._table(holding.kind), []).append({"DeleteRequest": key})
            while asked:
                asked = self.client.batch_write_item(RequestItems=asked).get("UnprocessedItems")

    def take_last(self, scope: PersonScope, holdings: Iterator[StoredRecord]) -> None:
        """Whom they were before goes first: only the person's own records name them."""
        found = list(holdings)
        own = [each for each in found if each.pk == f"PERSON#{scope.persons[0]}"]
        self.take(each for each in found if each not in own)
        gone: list[Any] = [
            {"Delete": {"TableName": self.people, "Key": pack({"pk": each.pk, "sk": each.sk})}}
            for each in own
        ]
        if gone:
            retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=gone))

    def opted_out(self, address: Address) -> bool:
        """Before, or since, as somebody new."""
        if self._item(self.people, pack({"pk": f"ADDRESS#{address}", "sk": "STANDING"})):
            return True
        known = self._item(self.people, pack({"pk": f"ADDRESS#{address}", "sk": "PERSON"}))
        return bool(known) and self._opted_out(PersonScope((PersonId(known["person"]),), ()), address)

    def _close(self, person: PersonId, now_ms: int, **condition: str) -> None:
        update: Any = {
            "TableName": self.conversations,
            "Key": _state(person),
            "UpdateExpression": CLOSE,
            "ExpressionAttributeValues": pack({":now": now_ms}),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            **condition,
        }
        retry_on_contention(self.client, lambda: self.client.update_item(**update))

    def _opted_out(self, scope: PersonScope, address: Address) -> bool:
        states = (self._item(self.conversations, _state(person)) for person in scope.persons)
        return any(str(address) in state.get("opted_out", ()) for state in states)

    def _item(self, table: str, key: Mapping[str, Any]) -> Item:
        found = self.client.get_item(TableName=table, Key=dict(key), ConsistentRead=True)
        return unpack(found.get("Item", {}))

    def _table(self, kind: RecordKind) -> str:
        return self.conversations if kind.store == CONVERSATIONS else self.people

    @property
    def _belongings(self) -> DynamoPersonalDataReader:
        return DynamoPersonalDataReader(self.client, self.people, self.conversations)


def _ledgers() -> Iterator[RecordKind]:
    return (kind for kind in KINDS if kind.sk == CONSENT)


def _state(person: PersonId) -> Item:
    return pack({"pk": f"CONV#{private_conversation(person)}", "sk": STATE})


def _until(at_ms: object) -> int:
    return int(str(at_ms)) // 1000 + KEPT_SECONDS
