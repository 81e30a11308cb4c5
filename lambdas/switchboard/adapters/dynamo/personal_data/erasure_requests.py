"""Requests to be forgotten: `PERSON#id`/`FORGET` (a code) and `ERASING`; what remains is `RECEIPT#id`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.table.items import REFUSED, Item, pack, reasons, unpack
from switchboard.adapters.dynamo.table.retries import retry_on_contention
from switchboard.core.errors import Retryable
from switchboard.core.people.address import PersonId
from switchboard.core.personal_data.erasure_requests import (
    Erasure,
    ErasureState,
    ExpiredCode,
    LinkedElsewhere,
    NotConfirmed,
    NothingAsked,
    TooManyWrongCodes,
    WrongCode,
)
from switchboard.core.verification_codes import MOST_TRIES

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_SECONDS = 30 * 24 * 3600
NEW = "attribute_not_exists(pk)"


@dataclass(frozen=True, slots=True)
class DynamoErasures:
    client: DynamoDBClient
    table: str

    def offer(self, person: PersonId, digest: str, *, expires: int) -> None:
        item = {**_own(person, "FORGET"), "digest": digest, "tries": 0, "expires": expires}
        self.client.put_item(TableName=self.table, Item=pack(item))

    def open(self, person: PersonId, erasure: Erasure, *, now: int, digest: str | None = None) -> Erasure:
        receipt = {
            **_key(erasure.id),
            "state": erasure.state.value,
            "at_ms": erasure.at_ms,
            "owner": erasure.owner,
            "expires": now + KEPT_SECONDS,
        }
        merged = {"Key": pack(_own(person, "MERGED")), "ConditionExpression": NEW}
        items: list[Any] = [
            {"Put": self._put({**_own(person, "ERASING"), "erasure": erasure.id})},
            {"ConditionCheck": {"TableName": self.table, **merged}},
            {"Put": self._put(receipt)},
            *([{"Delete": self._redeemed(person, digest, now)}] if digest else []),
        ]
        try:
            retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=items))
        except self.client.exceptions.TransactionCanceledException as error:
            return self._refused(person, reasons(error), now)
        return erasure

    def read(self, erasure: str) -> Erasure | None:
        found = self.client.get_item(TableName=self.table, Key=pack(_key(erasure)), ConsistentRead=True)
        return _erasure(unpack(found["Item"])) if "Item" in found else None

    def begin(self, erasure: str, *, found: Mapping[str, int], kept: Mapping[str, int]) -> None:
        """A queued one that is begun again was begun by somebody who crashed: the first look stands."""
        change = (
            "SET #state = :running, erased = if_not_exists(erased, :found), kept = if_not_exists(kept, :kept)"
        )
        self._change(erasure, change, ErasureState.RUNNING, {":found": dict(found), ":kept": dict(kept)})

    def finish(self, erasure: str) -> Erasure:
        return self._change(erasure, "SET #state = :done", ErasureState.DONE)

    def fail(self, erasure: str) -> None:
        self._change(erasure, "SET #state = :failed", ErasureState.FAILED)

    def _change(
        self, erasure: str, change: str, state: ErasureState, values: Mapping[str, object] | None = None
    ) -> Erasure:
        changed = self.client.update_item(
            TableName=self.table,
            Key=pack(_key(erasure)),
            UpdateExpression=change,
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeNames={"#state": "state"},
            ExpressionAttributeValues=pack({f":{state.value}": state.value, **(values or {})}),
            ReturnValues="ALL_NEW",
        )
        return _erasure(unpack(changed["Attributes"]))

    def _put(self, item: Item) -> dict[str, Any]:
        return {
            "TableName": self.table,
            "Item": pack(item),
            "ConditionExpression": NEW,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }

    def _redeemed(self, person: PersonId, digest: str, now: int) -> dict[str, Any]:
        return {
            "TableName": self.table,
            "Key": pack(_own(person, "FORGET")),
            "ConditionExpression": "digest = :digest AND expires > :now AND tries < :most",
            "ExpressionAttributeValues": pack({":digest": digest, ":now": now, ":most": MOST_TRIES}),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }

    def _refused(self, person: PersonId, why: Any, now: int) -> Erasure:  # noqa: ANN401 - the SDK's own
        """The one under way, or the reason why there is none."""
        erasing, merged, _, *code = why
        if "Item" in erasing:
            return self._under_way(unpack(erasing["Item"])["erasure"])
        if merged["Code"] == REFUSED:
            raise LinkedElsewhere
        if code and code[0]["Code"] == REFUSED:
            raise self._wrong(person, unpack(code[0].get("Item", {})), now)
        raise Retryable("the request is contended")

    def _wrong(self, person: PersonId, offered: Item, now: int) -> NotConfirmed:
        if not offered:
            return NothingAsked()
        if offered["expires"] <= now:
            return ExpiredCode()
        if offered["tries"] >= MOST_TRIES:
            return TooManyWrongCodes()
        self._count_try(person)
        return WrongCode()

    def _count_try(self, person: PersonId) -> None:
        self.client.update_item(
            TableName=self.table,
            Key=pack(_own(person, "FORGET")),
            UpdateExpression="ADD tries :one",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeValues=pack({":one": 1}),
        )

    def _under_way(self, erasure: str) -> Erasure:
        found = self.read(erasure)
        if found is None:
            raise Retryable("the receipt has expired")
        return found


def _erasure(item: Item) -> Erasure:
    done = item["state"] == ErasureState.DONE
    return Erasure(
        id=item["pk"].removeprefix("RECEIPT#"),
        at_ms=item["at_ms"],
        owner=item["owner"],
        state=ErasureState(item["state"]),
        erased=item["erased"] if done else None,
        kept=item["kept"] if done else None,
    )


def _key(erasure: str) -> Item:
    return {"pk": f"RECEIPT#{erasure}", "sk": "RECEIPT"}


def _own(person: PersonId, sk: str) -> Item:
    return {"pk": f"PERSON#{person}", "sk": sk}
