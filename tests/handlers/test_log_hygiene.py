"""What people say, what they are told and where they live is in no log."""

import json

import pytest
from botocore.stub import Stubber
from handlers import converse
from switchboard.channels.sms.handlers import deliver as deliver_sms
from switchboard.channels.sms.handlers import delivery_events as record_sms_events
from switchboard.channels.sms.handlers import receive as receive_sms
from switchboard.channels.sms.outbound import make_client
from switchboard.channels.sms.wiring import deliver
from switchboard.channels.web.handlers import receive as receive_web
from switchboard.core.errors import ModelInterrupted
from switchboard.core.model.types import ToolCall
from switchboard.runtime import conversation

from tests.examples import CONVERSATION
from tests.fakes.model import FakeModel
from tests.handlers.cloud import Cloud
from tests.handlers.conftest import Logs
from tests.handlers.events import carrier_report, carrier_text, failed, frame, sqs
from tests.handlers.test_converse import Context

NUMBER = "+12065550177"
ASKED, TOLD = "my xylophone password", "your zeppelin is ready"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    call = ToolCall("c-1", "current_time", json.dumps({"place": ASKED}))
    broken = ToolCall("c-2", "earlier_messages", json.dumps({"limit": ASKED}))
    made = FakeModel([[TOLD, call, broken], [TOLD, ModelInterrupted(TOLD)]])
    monkeypatch.setattr(conversation, "chat_model", lambda *_args, **_kwargs: made, raising=False)
    return made


def private(logs: Logs) -> list[str]:
    return [what for what in (NUMBER, NUMBER[1:], "xylophone", "zeppelin", "sub-1") if what in logs.written]


def test_a_text_and_its_reply_leave_no_trace_of_what_was_said(
    cloud: Cloud,
    logs: Logs,
    model: FakeModel,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    client = make_client()
    monkeypatch.setattr(deliver, "make_client", lambda: client)
    receive_sms.handler(sqs(carrier_text(ASKED, number=NUMBER), carrier_text("", number=ASKED)), None)
    (conversation,) = cloud.signals()
    converse.handler(sqs(json.dumps({"conversation": conversation})), Context())
    (reply,) = cloud.replies()
    assert TOLD in reply
    with Stubber(client) as carrier:
        carrier.add_client_error("send_text_message", "ThrottlingException", f"{NUMBER} said {TOLD}")
        carrier.add_client_error("send_text_message", "ValidationException", f"{NUMBER} said {TOLD}")
        assert [failed(deliver_sms.handler(sqs(reply), None)) for _ in range(2)] == [["record-0"], []]
    report = carrier_report("DELIVERED", {"conversation": conversation, "turn": json.loads(reply)["turn"]})
    record_sms_events.handler(sqs(report, report.replace('"isFinal": true', f'"isFinal": "{NUMBER}"')), None)
    assert len(logs.lines) > 8
    assert private(logs) == []
    assert "zeppelin" not in "".join(capfd.readouterr())


def test_a_prompt_and_its_reply_leave_no_trace_of_what_was_said(
    cloud: Cloud, logs: Logs, model: FakeModel
) -> None:
    receive_web.handler(frame("sendprompt", msgid="m-1", text=ASKED), None)
    receive_web.handler(frame("sendprompt", msgid=ASKED, text=ASKED), None)
    converse.handler(sqs(json.dumps({"conversation": CONVERSATION})), Context())
    assert TOLD in cloud.frames()[-1]["text"]
    assert len(logs.lines) >= 4
    assert private(logs) == []


def test_the_check_would_notice(logs: Logs) -> None:
    logs.kept.write(f"a text from {NUMBER}")
    assert private(logs) == [NUMBER, NUMBER[1:]]
