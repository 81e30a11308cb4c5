"""Codes that link: `CODE#digest`/`CODE` is what was made, and `PERSON#id`/`CODE` says which one is good."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.linking.unlink_transaction import UnlinkTransaction
from switchboard.adapters.dynamo.table.items import Item, pack, standing, unpack
from switchboard.core.linking.codes import LinkCode, UnlinkRequest, newcomer
from switchboard.core.people.address import Address, PersonId
from switchboard.core.people.throttle import ThrottleKey
from switchboard.core.verification_codes import LIFETIME_MS, MOST_TRIES

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REMEMBERED_SECONDS = 24 * 3600
"""A code is good for minutes; what came of it is known longer, for a turn that is taken up again."""
AGAIN = ("tries = tries + :one", "tries < :most AND until_ms > :now", (":one", ":most", ":now"))
AFRESH = (
    "tries = :one, until_ms = :until, expires = :expires",
    "attribute_not_exists(until_ms) OR until_ms <= :now",
    (":one", ":until", ":expires", ":now"),
)


@dataclass(frozen=True, slots=True)
class DynamoLinks:
    client: DynamoDBClient
    people: str
    conversations: str

    def offer(self, code: str, offer: LinkCode) -> None:
        """One write names the person's good code, so that of two made at once one is good.

        All of them are named, so that each can be found while it is remembered.
        """
        key = digest(code)
        made = {
            **code_key(key),
            "person": offer.person,
            "channel": offer.address.channel,
            "address": offer.address.value,
            "expires_ms": offer.expires_ms,
            "expires": offer.expires_ms // 1000 + REMEMBERED_SECONDS,
        }
        good = {
            "pk": f"PERSON#{offer.person}",
            "sk": "CODE",
            "digest": key,
            "expires": offer.expires_ms // 1000,
        }
        named = {"pk": good["pk"], "sk": made["pk"], "expires": made["expires"]}
        self.client.transact_write_items(TransactItems=[self._put(each) for each in (made, good, named)])

    def found(self, code: str) -> LinkCode | None:
        item = self._item(code_key(digest(code)))
        return offer_of(item) if item else None

    def tried(self, address: Address, *, now_ms: int) -> int:
        until = now_ms + LIFETIME_MS
        values = {
            ":one": 1,
            ":most": MOST_TRIES,
            ":now": now_ms,
            ":until": until,
            ":expires": until // 1000,
        }
        refusal = self._count(address, AGAIN, values)
        if refusal is not None:
            refusal = self._count(address, AFRESH, values)
        return 0 if refusal is None else max(1, int(refusal["until_ms"]) - now_ms)

    def parted(self, person: PersonId, turn: str) -> Address | None:
        item = self._item({"pk": f"PERSON#{newcomer(person, turn)}", "sk": "PROFILE"})
        return Address(**item["parted"]) if "parted" in item else None

    def part(self, parting: UnlinkRequest) -> None:
        UnlinkTransaction(self.client, self.people, self.conversations).part(parting)

    def _count(
        self, address: Address, how: tuple[str, str, tuple[str, ...]], values: dict[str, int]
    ) -> Item | None:
        """None when it was counted, else how it stands."""
        change, condition, names = how
        try:
            self.client.update_item(
                TableName=self.people,
                Key=pack(_tries(address)),
                UpdateExpression=f"SET {change}",
                ConditionExpression=condition,
                ExpressionAttributeValues=pack({name: values[name] for name in names}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self.client.exceptions.ConditionalCheckFailedException as error:
            return standing(error)
        return None

    def _item(self, key: Item) -> Item:
        found = self.client.get_item(TableName=self.people, Key=pack(key), ConsistentRead=True)
        return unpack(found.get("Item", {}))

    def _put(self, values: Item) -> Any:  # noqa: ANN401 - the SDK has its own name for it
        return {"Put": {"TableName": self.people, "Item": pack(values)}}


def digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()


def offer_of(item: Item) -> LinkCode:
    return LinkCode(
        person=PersonId(item["person"]),
        address=Address(item["channel"], item["address"]),
        expires_ms=item["expires_ms"],
        used_by=item.get("used_by", ""),
    )


def code_key(key: str) -> Item:
    return {"pk": f"CODE#{key}", "sk": "CODE"}


def _tries(address: Address) -> Item:
    return {"pk": f"THROTTLE#{ThrottleKey.of('link', str(address)).digest}", "sk": "THROTTLE"}
