"""Links before they are made: `PERSON#id`/`CHALLENGE` is the code to come back, `LINK#id`/`LINK` what waits.

`PERSON#id`/`LINK#…` names it on both sides and shows the other one as its owner may read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.linking.codes import code_key, digest, offer_of
from switchboard.adapters.dynamo.linking.link_transaction import LinkTransaction
from switchboard.adapters.dynamo.linking.person_snapshot import (
    PersonSnapshots,
    address_key,
    person_key,
    request_key,
)
from switchboard.adapters.dynamo.linking.record_moves import transact
from switchboard.adapters.dynamo.table.items import Item, pack, standing, unpack
from switchboard.adapters.dynamo.table.retries import retry_on_contention
from switchboard.adapters.dynamo.table.transactions import Write, check, delete, put, update
from switchboard.core.linking.codes import (
    MOST_ADDRESSES,
    InvalidCode,
    LinkAttempt,
    LinkedAlready,
    LinkResult,
    TooManyLinks,
    masked,
)
from switchboard.core.linking.requests import (
    LinkRequest,
    NothingToConfirm,
    Party,
    RequestState,
    VoidConfirmation,
    WrongConfirmation,
)
from switchboard.core.people.address import Address, PersonId
from switchboard.core.verification_codes import LIFETIME_MS, MOST_TRIES

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REMEMBERED_SECONDS = 7 * 24 * 3600
"""After it was due: what became of it is known for a while."""
CHALLENGE = "CHALLENGE"
GOOD = "(attribute_not_exists(used_by) OR used_by = :turn) AND expires_ms > :now"
HIS = "address = :address AND expires_ms > :now AND tries < :most"


@dataclass(frozen=True, slots=True)
class DynamoLinkRequests:
    client: DynamoDBClient
    people: str
    conversations: str

    def ask(self, entry: LinkAttempt, code: str) -> Address:
        key = digest(entry.code)
        offered = self._sides.item(self.people, **code_key(key))
        if not offered:
            raise InvalidCode
        maker = _maker(offered)
        other = Party(self._sides.behind(entry.address), entry.address)
        self._linkable(maker, other)
        try:
            transact(self.client, list(self._asking(entry, code, key, maker=maker, other=other)))
        except self.client.exceptions.TransactionCanceledException as error:
            raise InvalidCode from error
        return maker.address

    def confirm(self, entry: LinkAttempt, *, due_ms: int) -> LinkRequest:
        person = self._sides.behind(entry.address)
        request_id = sha256(f"{entry.address}:{entry.turn}".encode()).hexdigest()[:24]
        before = self.read(request_id)
        if before:
            return before
        challenge = self._tried(entry, person)
        if not compare_digest(challenge["digest"], digest(entry.code)):
            raise WrongConfirmation
        return self._confirmed(entry, challenge, Party(person, entry.address), request_id, due_ms)

    def of(self, person: PersonId) -> Sequence[LinkRequest]:
        named = self._sides.query(self.people, f"PERSON#{person}", "LINK#")
        found = (self.read(each["sk"].removeprefix("LINK#")) for each in named)
        return [each for each in found if each]

    def read(self, request: str) -> LinkRequest | None:
        item = self._sides.item(self.people, **request_key(request))
        return _request(item) if item else None

    def end(self, request: LinkRequest, state: RequestState, *, turn: str = "") -> bool:
        change = "SET #state = :state, ended_by = :turn"
        values = {":state": state.value, ":turn": turn, ":waiting": RequestState.WAITING.value}
        try:
            self.client.update_item(
                TableName=self.people,
                Key=pack(request_key(request.id)),
                UpdateExpression=change,
                ConditionExpression="#state = :waiting",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues=pack(values),
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def join(self, request: LinkRequest, *, now_ms: int) -> LinkResult:
        return LinkTransaction(self.client, self.people, self.conversations, request).join(now_ms=now_ms)

    @property
    def _sides(self) -> PersonSnapshots:
        return PersonSnapshots(self.client, self.people, self.conversations)

    def _linkable(self, maker: Party, other: Party) -> None:
        if maker.person == other.person:
            raise LinkedAlready
        both = [self._sides.read(party.person) for party in (maker, other)]
        if sum(len(side.addresses) for side in both) > MOST_ADDRESSES:
            raise TooManyLinks

    def _asking(
        self, entry: LinkAttempt, code: str, key: str, *, maker: Party, other: Party
    ) -> Iterator[Write]:
        """The maker is still who they were, and made no other code since."""
        used = {":turn": entry.turn, ":now": entry.at_ms}
        yield update(self.people, code_key(key), "SET used_by = :turn", only_if=GOOD, values=used)
        good = {":digest": key}
        yield check(self.people, person_key(maker.person, "CODE"), only_if="digest = :digest", values=good)
        yield self._still(maker)
        yield self._still(other)
        expires_ms = entry.at_ms + LIFETIME_MS
        challenge = {
            "digest": digest(code),
            "code": key,
            "address": str(entry.address),
            "tries": 0,
            "expires_ms": expires_ms,
            "expires": expires_ms // 1000,
        }
        yield put(self.people, {**person_key(other.person, CHALLENGE), **challenge})

    def _tried(self, entry: LinkAttempt, person: PersonId) -> Item:
        """The challenge, once the try has been counted. Errors: NothingToConfirm, VoidConfirmation."""
        values = {":one": 1, ":most": MOST_TRIES, ":now": entry.at_ms, ":address": str(entry.address)}

        def count() -> Item:
            found = self.client.update_item(
                TableName=self.people,
                Key=pack(person_key(person, CHALLENGE)),
                UpdateExpression="SET tries = tries + :one",
                ConditionExpression=HIS,
                ExpressionAttributeValues=pack(values),
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
            return unpack(found["Attributes"])

        try:
            return retry_on_contention(self.client, count)
        except self.client.exceptions.ConditionalCheckFailedException as error:
            there = standing(error).get("address") == str(entry.address)
            raise (VoidConfirmation if there else NothingToConfirm) from error

    def _confirmed(
        self, entry: LinkAttempt, challenge: Item, other: Party, request_id: str, due_ms: int
    ) -> LinkRequest:
        """Errors: InvalidCode, when one side is somebody else by now."""
        offered = self._sides.item(self.people, **code_key(challenge["code"]))
        if not offered:
            raise InvalidCode
        maker = _maker(offered)
        request = LinkRequest(request_id, maker, other, due_ms)
        writes = [
            delete(
                self.people,
                person_key(other.person, CHALLENGE),
                only_if="digest = :digest",
                values={":digest": challenge["digest"]},
            ),
            self._still(maker),
            self._still(other),
            *self._noted(request, entry),
        ]
        try:
            transact(self.client, writes)
        except self.client.exceptions.TransactionCanceledException as error:
            raise InvalidCode from error
        return request

    def _noted(self, request: LinkRequest, entry: LinkAttempt) -> Iterator[Write]:
        expires = {"expires": request.due_ms // 1000 + REMEMBERED_SECONDS}
        yield put(self.people, {**_item(request), **expires}, only_if="attribute_not_exists(pk)")
        for party in request.parties:
            shown = {
                "with": masked(request.beside(party.person).address),
                "confirmed_ms": entry.at_ms,
                "due_ms": request.due_ms,
            }
            yield put(self.people, {**person_key(party.person, f"LINK#{request.id}"), **shown, **expires})

    def _still(self, party: Party) -> Write:
        values = {":person": party.person}
        return check(self.people, address_key(party.address), only_if="person = :person", values=values)


def _maker(offered: Item) -> Party:
    offer = offer_of(offered)
    return Party(offer.person, offer.address)


def _item(request: LinkRequest) -> Item:
    return {
        **request_key(request.id),
        "maker": _party_item(request.maker),
        "other": _party_item(request.other),
        "due_ms": request.due_ms,
        "state": request.state.value,
        "ended_by": request.ended_by,
    }


def _request(item: Item) -> LinkRequest:
    return LinkRequest(
        id=item["pk"].removeprefix("LINK#"),
        maker=_party(item["maker"]),
        other=_party(item["other"]),
        due_ms=item["due_ms"],
        state=RequestState(item["state"]),
        ended_by=item["ended_by"],
    )


def _party_item(party: Party) -> Item:
    return {"person": party.person, "channel": party.address.channel, "value": party.address.value}


def _party(values: Any) -> Party:  # noqa: ANN401 - a map of the table
    return Party(PersonId(values["person"]), Address(values["channel"], values["value"]))
