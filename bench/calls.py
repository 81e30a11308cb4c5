"""AWS calls and bytes in one plain turn by text, and whether they grow with the history."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from unittest.mock import patch

import boto3
from botocore.stub import Stubber
from switchboard.channels.sms.wiring import deliver
from switchboard.channels.sms.wiring.receive import receiver
from switchboard.core.model.types import Event, Finished, Request, TextDelta, Usage
from switchboard.platform.batches import Record
from switchboard.runtime import conversation
from switchboard.runtime.conversation import TimeLeft

from bench.account import PHONE, REGION, Account, account
from stacks.settings import Spend

BUDGET = 12
FEW, MANY = 10, 1_000


class Fixed:
    """A model that says one thing."""

    def stream(self, _request: Request) -> "Fixed":
        return self

    def __iter__(self) -> Iterator[Event]:
        yield TextDelta("All is well.")
        yield Finished(Usage("grammar", 20, 0, 4), "stop")

    def close(self) -> None: ...


def rows() -> Iterator[str]:
    calls, few_bytes = turn(history=FEW)
    mark = "✓" if calls.total() <= BUDGET else "✗"
    yield f"AWS calls in a plain turn by text (budget {BUDGET}): {mark} {calls.total()}"
    yield "  " + ", ".join(f"{count} {name}" for name, count in sorted(calls.items()))
    later, many_bytes = turn(history=MANY)
    grown = many_bytes / few_bytes
    mark = "✓" if later == calls and grown <= 1.1 else "✗"
    yield f"after {MANY:,} turns instead of {FEW}: {mark} {later.total()} calls, {grown:.2f} times the bytes"


def turn(*, history: int) -> tuple[Counter[str], int]:
    """The calls and bytes of one turn, warm: a text comes in, is answered, and is sent."""
    with redirect_stdout(StringIO()), account(history=history) as ours:
        work = _worker(ours)
        for message_id, minutes_ago in (("warm-up", 5), ("one", 0)):
            ours.meter.reset()
            _receive(ours, message_id, minutes_ago)
            work(ours.arrived("turns"), lambda: 100.0)
            _deliver(ours)
        return ours.meter.calls, ours.meter.received


def _receive(ours: Account, message_id: str, minutes_ago: int) -> None:
    take = receiver(
        people_table="people",
        conversations_table="conversations",
        turns_topic=ours.topics["turns"],
        replies_topic=ours.topics["replies"],
        spend=Spend().to_json(),
        countries="US",
    )
    take(_text(message_id, minutes_ago))


def _text(message_id: str, minutes_ago: int) -> Record:
    body = {
        "originationNumber": PHONE.value,
        "destinationNumber": "+12065550100",
        "messageKeyword": "KEYWORD",
        "messageBody": "How are things?",
        "inboundMessageId": message_id,
    }
    sent_ms = time.time_ns() // 1_000_000 - minutes_ago * 60_000
    return Record(body=json.dumps(body), sent_ms=sent_ms, receipt="")


def _worker(ours: Account) -> Callable[[Record, TimeLeft], None]:
    with patch.object(conversation, "chat_model", lambda *_arguments, **_options: Fixed()):
        return conversation.worker(
            people_table="people",
            conversations_table="conversations",
            turns_topic=ours.topics["turns"],
            turns_queue_url="http://127.0.0.1:9/turns",
            errands_queue_url="http://127.0.0.1:9/errands",
            replies_topic=ours.topics["replies"],
            connections_url="http://127.0.0.1:9/prod",
            model='{"providers":[{"models":{"small":"gpt-6-luna","large":"gpt-6.1-terra"}}]}',
            model_secret="",
            spend=Spend().to_json(),
            skills=json.dumps(
                {"tasks": {"records": "tasks"}, "calls": {"records": "calls", "files": "recordings"}}
            ),
            wakeups=json.dumps({"group": "people", "queue": "arn:queue", "role": "arn:role"}),
            link_wait_hours="24",
        )


def _deliver(ours: Account) -> None:
    """No mock knows the carrier's API: its one call is answered by a stub, and counted all the same."""
    client = boto3.client("pinpoint-sms-voice-v2", region_name=REGION)
    with Stubber(client) as stub, patch.object(deliver, "make_client", lambda: client):
        stub.add_response("send_text_message", {"MessageId": "one"})
        send = deliver.deliverer(
            conversations_table="conversations",
            replies_queue_url="http://127.0.0.1:9/replies",
            origination="+12065550100",
            configuration_set="switchboard",
            max_price="0.50",
        )
        send(ours.arrived("replies"))
