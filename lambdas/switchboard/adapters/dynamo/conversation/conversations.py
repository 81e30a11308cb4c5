"""The holder's side of a conversation: the lease, and the turn it is working on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.conversation.codec import TURN, WAIT, turn_item, turn_record, waiting_message
from switchboard.adapters.dynamo.conversation.turn_writes import NAMES, written
from switchboard.adapters.dynamo.spend.daily_totals import counting
from switchboard.adapters.dynamo.spend.ledger import overdrawn, reserving, settling
from switchboard.adapters.dynamo.table.items import Item, pack, standing, unpack
from switchboard.adapters.dynamo.table.retries import retry_on_contention
from switchboard.core.conversation.store import HISTORY_TURNS, Busy, ConversationSnapshot, Lease, LeaseState
from switchboard.core.conversation.turn import Turn, TurnState, follow
from switchboard.core.errors import LeaseLost
from switchboard.core.messages.keywords import Keyword
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import PersonId
from switchboard.core.spend.ledger import Reservation, ReservationLimits, micros

if TYPE_CHECKING:
    from botocore.exceptions import ClientError
    from mypy_boto3_dynamodb import DynamoDBClient


SOMETHING_TO_DO = "(came > taken OR attribute_exists(open_turn))"
FREE = "attribute_not_exists(gone) AND (attribute_not_exists(holder) OR held_until < :now)"
MINE = "holder = :token"
CLOSE = "REMOVE holder, held_until, open_turn, waiting, waiting_since"
RAN_OUT = "another worker holds the conversation"


@dataclass(frozen=True, slots=True)
class DynamoConversations:
    client: DynamoDBClient
    table: str
    people: str

    def acquire(self, lease: Lease, *, now_ms: int, until_ms: int) -> LeaseState | None:
        values = {":token": lease.token, ":until": until_ms, ":now": now_ms}
        change = "SET holder = :token, held_until = :until"
        try:
            return _held(self._state(lease, change, values, only_if=f"{SOMETHING_TO_DO} AND {FREE}"))
        except self.client.exceptions.ConditionalCheckFailedException as error:
            return _refused(lease, standing(error))

    def renew(self, lease: Lease, *, until_ms: int) -> None:
        self._mine(lease, "SET held_until = :until", {":until": until_ms})

    def read(self, lease: Lease, held: LeaseState) -> ConversationSnapshot:
        """One query, newest first: what waits sorts behind the turns, so the page ends in history.

        It reads on when messages came since the lease was taken: the oldest must be among what it finds.
        """
        waiting: list[Inbound] = []
        turns: list[Turn] = []
        for item in self._newest_first(lease, page=held.waiting + HISTORY_TURNS):
            if item["sk"].startswith(WAIT):
                waiting.insert(0, waiting_message(item))
            else:
                turns.append(turn_record(item))
            if len(turns) == HISTORY_TURNS:
                break
        if held.open_turn and all(turn.id != held.open_turn for turn in turns):
            turns.extend(self._old_turn(lease, held.open_turn))
        return ConversationSnapshot(waiting, turns)

    def begin(
        self, lease: Lease, turn: Turn, taken: Sequence[Inbound], terms: ReservationLimits | None = None
    ) -> bool:
        noted, values = _noted(turn)
        held = {":token": lease.token, ":count": len(taken), ":turn": turn.id, **values}
        state = {
            "TableName": self.table,
            "Key": _key(lease, "STATE"),
            "UpdateExpression": f"SET taken = taken + :count, open_turn = :turn {noted}",
            "ConditionExpression": MINE,
            "ExpressionAttributeValues": pack(held),
        }
        item = pack({"pk": _pk(lease), **turn_item(turn), "holder": lease.token})
        put = {"TableName": self.table, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}
        gone = [{"Delete": self._as_read(lease, message)} for message in taken]
        spent = self._reserving(turn.person, turn.reservation, terms)
        try:
            self._transact([{"Update": state}, {"Put": put}, *gone, *spent])
        except self.client.exceptions.TransactionCanceledException as error:
            reasons: Sequence[Mapping[str, Any]] = error.response["CancellationReasons"]
            _unless_lost(reasons, ours=2, cause=error)
            if all(reason["Code"] == "None" for reason in reasons[: 2 + len(gone)]):
                raise overdrawn(reasons[-1], turn.reservation.day) from error
            return False
        return True

    def adopt(
        self, lease: Lease, turn: Turn, reservation: Reservation, terms: ReservationLimits | None = None
    ) -> Turn:
        check = {
            "TableName": self.table,
            "Key": _key(lease, "STATE"),
            "ConditionExpression": MINE,
            "ExpressionAttributeValues": pack({":token": lease.token}),
        }
        adoption = {
            "TableName": self.table,
            "Key": _key(lease, TURN + turn.id),
            "UpdateExpression": "SET holder = :token, reservation = :reservation ADD attempts :one",
            "ConditionExpression": "#state = :thinking",
            "ExpressionAttributeNames": {"#state": "state"},
            "ExpressionAttributeValues": pack(
                {
                    ":token": lease.token,
                    ":one": 1,
                    ":thinking": TurnState.THINKING.value,
                    ":reservation": asdict(reservation),
                }
            ),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        more = replace(reservation, amount=reservation.amount - turn.reservation.amount)
        try:
            self._transact(
                [{"ConditionCheck": check}, {"Update": adoption}, *self._reserving(turn.person, more, terms)]
            )
        except self.client.exceptions.TransactionCanceledException as error:
            reasons: Sequence[Mapping[str, Any]] = error.response["CancellationReasons"]
            _unless_lost(reasons, ours=1, cause=error)
            if reasons[1]["Code"] == "None":
                raise overdrawn(reasons[-1], more.day) from error
            return turn_record(unpack(reasons[1]["Item"]))
        return replace(turn, attempts=turn.attempts + 1, reservation=reservation)

    def checkpoint(self, lease: Lease, turn: Turn) -> Turn:
        change, values = written(turn)
        try:
            found = self.client.update_item(
                TableName=self.table,
                Key=_key(lease, TURN + turn.id),
                UpdateExpression=change,
                ConditionExpression=MINE,
                ExpressionAttributeNames=NAMES,
                ExpressionAttributeValues=pack({**values, ":token": lease.token}),
                ReturnValues="ALL_NEW",
            )
        except self.client.exceptions.ConditionalCheckFailedException as error:
            raise LeaseLost(RAN_OUT) from error
        return turn_record(unpack(found["Attributes"]))

    def finish(self, lease: Lease, turn: Turn) -> Turn:
        """The page may move while this is written: then it is written again, with the page's new place."""
        settled = self._settling(turn)
        while True:
            change, values = written(turn)
            own = {":token": lease.token, ":thinking": TurnState.THINKING.value, ":seen": turn.redirects}
            update = {
                "TableName": self.table,
                "Key": _key(lease, TURN + turn.id),
                "UpdateExpression": change,
                "ConditionExpression": f"{MINE} AND #state = :thinking AND redirects = :seen",
                "ExpressionAttributeNames": NAMES,
                "ExpressionAttributeValues": pack(values | own),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
            try:
                self._transact([{"Update": update}, *settled])
            except self.client.exceptions.TransactionCanceledException as error:
                stored = _still_mine(lease, error)
                if stored.finished:
                    return stored
                turn = follow(turn, stored)
            else:
                return turn

    def release(self, lease: Lease) -> LeaseState | None:
        try:
            self._state(lease, CLOSE, {":token": lease.token}, only_if=f"{MINE} AND came = taken")
        except self.client.exceptions.ConditionalCheckFailedException as error:
            state = standing(error)
            if state.get("holder") != lease.token:
                raise LeaseLost(RAN_OUT) from error
            return replace(_held(state), open_turn="")
        return None

    def let_go(self, lease: Lease) -> None:
        self._mine(lease, "REMOVE holder, held_until", {})

    def _mine(self, lease: Lease, change: str, values: Item) -> None:
        try:
            self._state(lease, change, {":token": lease.token, **values}, only_if=MINE)
        except self.client.exceptions.ConditionalCheckFailedException as error:
            raise LeaseLost(RAN_OUT) from error

    def _state(self, lease: Lease, change: str, values: Item, *, only_if: str) -> Item:
        def write() -> Item:
            found = self.client.update_item(
                TableName=self.table,
                Key=_key(lease, "STATE"),
                UpdateExpression=change,
                ConditionExpression=only_if,
                ExpressionAttributeValues=pack(values),
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
            return unpack(found["Attributes"])

        return retry_on_contention(self.client, write)

    def _reserving(
        self, person: PersonId, reservation: Reservation, terms: ReservationLimits | None
    ) -> list[Any]:
        """What costs nothing asks nobody."""
        return [reserving(self.people, person, reservation, terms)] if reservation.amount else []

    def _settling(self, turn: Turn) -> list[Any]:
        actual = micros(turn.cost or "0")
        counted = [counting(self.people, turn, actual)]
        if not (actual or turn.reservation.amount):
            return counted
        return [settling(self.people, turn.person, turn.reservation, actual), *counted]

    def _transact(self, items: list[Any]) -> None:
        retry_on_contention(self.client, lambda: self.client.transact_write_items(TransactItems=items))

    def _as_read(self, lease: Lease, message: Inbound) -> dict[str, Any]:
        """A wish to stop, or another socket, can reach a message after it was read."""
        return {
            "TableName": self.table,
            "Key": _key(lease, WAIT + message.key),
            "ConditionExpression": "#stream = :stream AND #stop = :stop",
            "ExpressionAttributeNames": {"#stream": "stream", "#stop": "stop"},
            "ExpressionAttributeValues": pack({":stream": message.stream, ":stop": message.stop}),
        }

    def _newest_first(self, lease: Lease, *, page: int) -> Iterator[Item]:
        return self._query(lease, "sk > :from", {":from": TURN}, page=page)

    def _old_turn(self, lease: Lease, turn: str) -> Iterator[Turn]:
        return map(turn_record, self._query(lease, "sk = :turn", {":turn": TURN + turn}, page=1))

    def _query(self, lease: Lease, which: str, values: Item, *, page: int) -> Iterator[Item]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression=f"pk = :pk AND {which}",
            ExpressionAttributeValues=pack({":pk": _pk(lease), **values}),
            ScanIndexForward=False,
            ConsistentRead=True,
            PaginationConfig={"PageSize": page},
        )
        return (unpack(item) for found in pages for item in found["Items"])


def _refused(lease: Lease, state: Item) -> LeaseState | None:
    """Nothing waits, all is erased, somebody else has it, or our own first try had gone through unheard."""
    if state.get("holder") == lease.token:
        return _held(state)
    if not state or "gone" in state or (state["came"] == state["taken"] and "open_turn" not in state):
        return None
    raise Busy(state["held_until"])


def _held(state: Item) -> LeaseState:
    return LeaseState(
        waiting=state["came"] - state["taken"],
        open_turn=state.get("open_turn", ""),
        opted_out=frozenset(state.get("opted_out", ())),
        told=frozenset(state.get("told", ())),
        greeted=frozenset(state.get("greeted", ())),
        zone=state.get("zone", "UTC"),
    )


def _noted(turn: Turn) -> tuple[str, Item]:
    """What a turn will have told its address: that it is opted out, or with whom it speaks."""
    if turn.silent or not (turn.greets or turn.keyword is Keyword.STOP):
        return "", {}
    return f"ADD {'greeted' if turn.greets else 'told'} :address", {":address": {str(turn.address)}}


def _still_mine(lease: Lease, error: ClientError) -> Turn:
    """The turn as it stands, when it is still ours. Errors: LeaseLost."""
    response: Mapping[str, Any] = error.response
    item = unpack(response["CancellationReasons"][0].get("Item", {}))
    if item.get("holder") != lease.token:
        raise LeaseLost(RAN_OUT) from error
    return turn_record(item)


def _unless_lost(reasons: Sequence[Mapping[str, Any]], *, ours: int, cause: Exception) -> None:
    """The first `ours` conditions say who holds the conversation; the others, what changed in it."""
    if any(reason["Code"] != "None" for reason in reasons[:ours]):
        raise LeaseLost(RAN_OUT) from cause


def _pk(lease: Lease) -> str:
    return f"CONV#{lease.conversation}"


def _key(lease: Lease, sk: str) -> dict[str, Any]:
    return pack({"pk": _pk(lease), "sk": sk})
