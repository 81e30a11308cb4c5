"""Fifty turns at once, on threads of their own, against a cap that is nearly spent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.client import BaseClient
from moto import mock_aws
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.spend.ledger import DEPLOYMENT, DynamoLedger, standing_of
from switchboard.adapters.dynamo.table.items import pack, unpack
from switchboard.core.conversation.reply_stream import Listener, NullListener
from switchboard.core.conversation.turn import Turn, turn_of
from switchboard.core.conversation.turn_cost import worst_case
from switchboard.core.conversation.worker import work
from switchboard.core.people.address import ConversationId, PersonId
from switchboard.core.spend.ledger import SpendCaps, SpendLimits, SpendStatus, Verdict, day_of, digest, micros

from tests.examples import ADA, text
from tests.fakes.clock import EPOCH_MS
from tests.fakes.desk import BILLED, Office
from tests.fakes.model import FakeModel
from tests.tables import CONVERSATIONS, PEOPLE, create_conversations, create_people

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

AT_ONCE = 50
ASKED = "How are things?"
DAY = day_of(EPOCH_MS)
WORST = worst_case(turn_of([text(1, ASKED)]), spec=BILLED, engine=Office().engine)


@pytest.fixture
def dynamodb(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDBClient]:
    """Its tables are not made for threads and take one request at a time; turns mingle between requests."""
    one_at_a_time, call = threading.Lock(), BaseClient._make_api_call  # type: ignore[attr-defined]

    def taken(client: BaseClient, operation: str, arguments: object) -> object:
        with one_at_a_time:
            return call(client, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", taken)
    with mock_aws():
        made = boto3.client("dynamodb")
        create_people(made)
        create_conversations(made)
        yield made


@dataclass
class Crowd:
    """Each turn has its own conversation and process; `full` is how the ledger stood when all were in."""

    client: DynamoDBClient
    limits: SpendLimits
    people: list[PersonId]
    size: int = AT_ONCE
    full: list[SpendStatus] = field(default_factory=list)
    finished: list[Turn] = field(default_factory=list)

    def answer(self) -> None:
        self._all_in = threading.Barrier(self.size, action=self._look, timeout=60)
        with ThreadPoolExecutor(self.size) as pool:
            list(pool.map(self._work, range(self.size)))

    def standing(self) -> SpendStatus:
        return DynamoLedger(self.client, PEOPLE).standing(self.people[0], DAY)

    def everybody(self) -> SpendStatus:
        key = pack({"pk": DEPLOYMENT, "sk": f"SPEND#{DAY[:7]}"})
        return standing_of(unpack(self.client.get_item(TableName=PEOPLE, Key=key).get("Item", {})), DAY)

    def _look(self) -> None:
        self.full.append(self.standing())

    def _work(self, number: int) -> None:
        conversation, person = ConversationId(f"c-{number}"), self.people[number % len(self.people)]
        message = replace(text(number, ASKED), person=person)
        DynamoMailbox(self.client, CONVERSATIONS).keep(conversation, message)
        office = Office(FakeModel([["Hello."]]), sms=BILLED, spend=self.limits)
        desk = replace(
            office.desk,
            conversations=DynamoConversations(self.client, CONVERSATIONS, PEOPLE),
            spending=office.spending(DynamoLedger(self.client, PEOPLE)),
            listen=self._listen,
            report=self.finished.append,
        )
        work(conversation, desk=desk, time_left=lambda: 1_000)

    def _listen(self, _turn: Turn) -> Listener:
        """Nobody goes on before everybody was let in or refused."""
        self._all_in.wait()
        return NullListener()


def verdicts(crowd: Crowd) -> dict[Verdict, int]:
    found = [turn.reservation.verdict for turn in crowd.finished]
    return {verdict: found.count(verdict) for verdict in Verdict}


def charged(crowd: Crowd) -> int:
    return sum(micros(turn.cost) for turn in crowd.finished)


def test_fifty_turns_of_one_person_overshoot_a_nearly_spent_cap_by_nothing(dynamodb: DynamoDBClient) -> None:
    fitting = 7
    cap = fitting * WORST.turn + WORST.notice + WORST.turn // 2
    limits = SpendLimits(SpendCaps(cap, cap), SpendCaps(10**9, 10**9))
    crowd = Crowd(dynamodb, limits, [ADA])
    crowd.answer()
    assert crowd.full[0].day.committed == fitting * WORST.turn + WORST.notice <= cap
    assert verdicts(crowd)[Verdict.GRANTED] + verdicts(crowd)[Verdict.WARNED] == fitting
    assert verdicts(crowd)[Verdict.REFUSED] == AT_ONCE - fitting
    assert sum(bool(turn.page) for turn in crowd.finished) == fitting + 1
    assert crowd.standing().day.committed == crowd.standing().day.settled == charged(crowd) <= cap


def test_fifty_people_at_once_overshoot_everybodys_cap_by_nothing(dynamodb: DynamoDBClient) -> None:
    cap = 20 * WORST.turn
    limits = SpendLimits(SpendCaps(10**9, 10**9), SpendCaps(cap, cap))
    crowd = Crowd(dynamodb, limits, [PersonId(f"person-{n}") for n in range(AT_ONCE)])
    crowd.answer()
    drawn = crowd.everybody().day.committed
    assert cap - WORST.turn < drawn <= cap
    assert verdicts(crowd)[Verdict.GRANTED] == 19
    assert charged(crowd) <= drawn
    reserved = sum(turn.reservation.amount for turn in crowd.finished)
    assert reserved <= drawn


def test_the_measure_would_notice_reservations_that_ask_nobody(dynamodb: DynamoDBClient) -> None:
    exempt = frozenset({digest("sms:+12065550150")})
    crowd = Crowd(dynamodb, SpendLimits(SpendCaps(1, 1), SpendCaps(1, 1), exempt=exempt), [ADA], size=5)
    crowd.answer()
    assert crowd.full[0].day.committed == 5 * WORST.turn > 1
