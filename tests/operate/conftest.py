"""An operator at a terminal, and a stage that things went wrong in."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws
from switchboard.adapters.dynamo.conversation.conversations import DynamoConversations
from switchboard.adapters.dynamo.conversation.deliveries import DynamoDeliveries
from switchboard.adapters.operations.ids import Letters
from switchboard.core.channels.delivery import PartKey, PartState
from switchboard.core.conversation.store import Lease
from switchboard.core.conversation.turn import Turn, TurnState, turn_of
from switchboard.core.messages.message import Inbound

from operate.__main__ import main
from operate.account import Account, enter
from operate.connection import Door
from tests.examples import ADA, ADAS_PHONE, CONVERSATION
from tests.operate.deployed import deploy
from tests.tables import PEOPLE

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef

MINUTE_MS = 60_000
LEASE = Lease(CONVERSATION, "worker")


@dataclass(frozen=True, slots=True)
class Said:
    """What one command printed and exited with."""

    code: int
    out: str
    error: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - as the command has it
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Terminal:
    capsys: pytest.CaptureFixture[str]
    endpoints: Path

    def run(self, line: str) -> Said:
        try:
            code = main(line.split(), endpoints=self.endpoints)
        except SystemExit as ended:
            code = int(str(ended.code))
        out, error = self.capsys.readouterr()
        return Said(code, out.strip(), error.strip())


@dataclass(frozen=True, slots=True)
class Stage:
    """A deployed stage; times are so many minutes ago."""

    account: Account

    @property
    def dynamodb(self) -> DynamoDBClient:
        return self.account.repairs.client

    def heard_by(self, topic: str) -> list[dict[str, Any]]:
        """What was published on a topic since its queue was last looked into."""
        found = self.account.sqs.receive_message(
            QueueUrl=self._url(f"{topic}-ear"), MaxNumberOfMessages=10
        ).get("Messages", [])
        return [json.loads(message["Body"]) for message in found]

    def bury(self, name: str, *bodies: str) -> None:
        """Letters into a dead-letter queue, each with an attribute."""
        url = self.account.queue_of(Letters(name)).url
        channel: MessageAttributeValueTypeDef = {"DataType": "String", "StringValue": "sms"}
        for body in bodies:
            self.account.sqs.send_message(
                QueueUrl=url, MessageBody=body, MessageAttributes={"channel": channel}
            )

    def lying_in(self, queue: str) -> list[Any]:
        """What is in a queue, with attributes."""
        found = self.account.sqs.receive_message(
            QueueUrl=self._url(queue), MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        )
        return list(found.get("Messages", []))

    def part(self, state: PartState, *, minutes: float, turn: str = "turn-1") -> None:
        key = PartKey(CONVERSATION, turn)
        deliveries = DynamoDeliveries(self.dynamodb, self.table, lambda: ago(minutes))
        deliveries.intend(key)
        if state is not PartState.INTENDED:
            deliveries.record(key, state, detail="no answer")

    def keep(self, number: int, *, minutes: float, stream: str = "") -> Inbound:
        said = Inbound(
            ADAS_PHONE, f"text-{number}", f"Secret {number}?", ago(minutes), stream=stream, person=ADA
        )
        self.account.mailbox.keep(CONVERSATION, said)
        return said

    def turn(self, number: int, *, minutes: float, state: TurnState | None = None, stream: str = "") -> Turn:
        """One that was begun, and ended in a state if there is one."""
        said = self.keep(number, minutes=minutes, stream=stream)
        desk = DynamoConversations(self.dynamodb, self.table, PEOPLE)
        desk.acquire(LEASE, now_ms=ago(minutes), until_ms=ago(minutes) + 30_000)
        turn = turn_of([said])
        desk.begin(LEASE, turn, [said])
        if state:
            turn = replace(turn, state=state, text="Sorry, Ada.", page="Sorry, Ada.")
            desk.finish(LEASE, turn)
            desk.release(LEASE)
        return turn

    @property
    def table(self) -> str:
        return self.account.repairs.table

    def _url(self, queue: str) -> str:
        return self.account.sqs.get_queue_url(QueueName=queue)["QueueUrl"]


def ago(minutes: float) -> int:
    return time.time_ns() // 1_000_000 - round(minutes * MINUTE_MS)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with mock_aws():
        stacks = deploy("dev", "prod")
        client = boto3.session.Session.client

        def made_client(session: boto3.session.Session, name: str, **given: Any) -> Any:  # noqa: ANN401 - boto's
            return stacks if name == "cloudformation" else client(session, name, **given)  # type: ignore[call-overload]

        monkeypatch.setattr(boto3.session.Session, "client", made_client)
        made = Stage(enter(Door(boto3.session.Session()), "dev"))
        _listen(made)
        yield made


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    return Terminal(capsys, tmp_path / "endpoints.json")


def _listen(made: Stage) -> None:
    sns, sqs = made.account.signals.client, made.account.sqs
    for name, topic in (("turns", made.account.signals.arn), ("replies", made.account.replies.arn)):
        url = sqs.create_queue(QueueName=f"{name}-ear")["QueueUrl"]
        answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        arn = answer["Attributes"]["QueueArn"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
