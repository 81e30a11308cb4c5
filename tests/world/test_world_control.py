"""The control interface: what is shared by all services, and who may use it."""

import os
import signal
import subprocess
import sys

import pytest
from mypy_boto3_pinpoint_sms_voice_v2 import PinpointSMSVoiceV2Client
from openai import OpenAI

from tests.world.running import RunningWorld
from tests.world.stub_sns import StubSns

pytestmark = pytest.mark.enable_socket

ANN = "+12065550101"


def test_a_living_world_is_healthy(world: RunningWorld) -> None:
    assert world.call("GET", "/health").body == {"status": "ok"}


def test_the_journal_tells_what_was_asked_in_order_without_secrets(
    world: RunningWorld, openai: OpenAI, sms: PinpointSMSVoiceV2Client
) -> None:
    openai.models.list()
    sms.send_text_message(DestinationPhoneNumber=ANN, MessageBody="hi")
    model, carrier = world.call("GET", "/journal").body
    assert (model["n"], model["service"], model["path"]) == (1, "model", "/v1/models")
    assert (carrier["n"], carrier["service"]) == (2, "carrier")
    assert carrier["body"] == {"DestinationPhoneNumber": ANN, "MessageBody": "hi"}
    assert carrier["headers"]["x-amz-target"] == "PinpointSMSVoiceV2.SendTextMessage"
    assert "authorization" not in {*model["headers"], *carrier["headers"]}


def test_the_journal_is_read_from_where_one_stopped_and_by_service(
    world: RunningWorld, openai: OpenAI
) -> None:
    for _ in range(3):
        openai.models.list()
    assert [entry["n"] for entry in world.call("GET", "/journal?after=1").body] == [2, 3]
    assert world.call("GET", "/journal?service=carrier").body == []
    assert world.call("GET", "/journal?after=x").status == 422


def test_faults_are_listed_while_they_last(world: RunningWorld, openai: OpenAI) -> None:
    added = world.fault(service="model", kind="latency", ms=1, count=2)
    assert (added.status, added.body["left"]) == (201, 2)
    openai.models.list()
    [fault] = world.call("GET", "/faults").body
    assert (fault["ms"], fault["struck"], fault["left"]) == (1, 1, 1)
    openai.models.list()
    assert world.call("GET", "/faults").body == []


def test_faults_are_lifted_together(world: RunningWorld) -> None:
    world.fault(service="model", kind="latency")
    world.fault(service="carrier", kind="drop", rate=0.5)
    assert world.call("DELETE", "/faults").status == 204
    assert world.call("GET", "/faults").body == []


@pytest.mark.parametrize(
    "fault",
    [
        {"service": "model", "kind": "drop"},
        {"service": "model", "kind": "duplicate"},
        {"service": "carrier", "kind": "cut"},
        {"service": "weather", "kind": "latency"},
        {"service": "model", "kind": "gremlins"},
        {"service": "model", "kind": "latency", "status": 500},
        {"service": "model", "kind": "status", "status": 599},
        {"service": "carrier", "kind": "status", "status": 503},
        {"service": "carrier", "kind": "duplicate", "times": 1},
        {"service": "model", "kind": "latency", "rate": 0},
        {"service": "model", "kind": "latency", "rate": 1.1},
        {"service": "model", "kind": "latency", "count": 0},
        {"service": "model", "kind": "latency", "ms": "1"},
        {"service": "model"},
    ],
)
def test_a_fault_that_a_service_cannot_have_is_refused(world: RunningWorld, fault: dict[str, object]) -> None:
    refused = world.call("POST", "/faults", fault)
    assert (refused.status, refused.body["title"]) == (422, "Unprocessable Entity")
    assert world.call("GET", "/faults").body == []


@pytest.mark.parametrize(
    "change",
    [
        {"inbound_topic": "inbound"},
        {"endpoint_url": "ftp://127.0.0.1"},
        {"number": "5550100"},
        {"region": "here"},
        {"surprise": 1},
    ],
)
def test_a_wiring_that_cannot_work_is_refused(world: RunningWorld, change: dict[str, object]) -> None:
    wiring = {
        "endpoint_url": "http://127.0.0.1:4566",
        "region": "us-east-1",
        "access_key_id": "AKIDLOCAL",
        "secret_access_key": "local",
        "inbound_topic": "arn:aws:sns:us-east-1:000000000000:inbound",
    }
    assert world.call("PUT", "/wiring", wiring | change).status == 422
    assert world.call("GET", "/wiring").body == {"wired": False, "number": "+12065550100"}


def test_the_wiring_can_leave_the_events_out(world: RunningWorld, sns: StubSns) -> None:
    wiring = {
        "endpoint_url": sns.url,
        "region": "us-east-1",
        "access_key_id": "AKIDLOCAL",
        "secret_access_key": "local",
        "inbound_topic": "arn:aws:sns:us-east-1:000000000000:inbound",
        "number": "+12065550123",
    }
    assert world.call("PUT", "/wiring", wiring).status == 200
    assert world.call("GET", "/wiring").body == {"wired": True, "number": "+12065550123"}


def test_other_sites_pages_get_nothing(world: RunningWorld) -> None:
    assert world.call("DELETE", "/faults", origin="http://evil.example").status == 403
    assert world.call("GET", "/phones", host="evil.example").status == 403
    assert world.call("GET", "/phones", origin=world.url).status == 200


def test_what_is_not_there_and_what_is_not_allowed_are_problems(world: RunningWorld) -> None:
    assert world.call("GET", "/nothing").body["status"] == 404
    assert world.call("DELETE", "/health").body["status"] == 405


def test_the_page_and_its_files_are_served_and_nothing_beside_them(world: RunningWorld) -> None:
    page = world.call("GET", "/").body
    assert "fixed grammar, not a language model" in page
    for name in ("page.js", "api.js", "phones.js", "thread.js", "style.css", "icon.svg"):
        assert world.call("GET", f"/page/{name}").status == 200
    assert world.call("GET", "/page/..%2fapp.py").status == 403


def test_the_page_writes_text_and_never_markup(world: RunningWorld) -> None:
    for name in ("page.js", "api.js", "phones.js", "thread.js"):
        script = world.call("GET", f"/page/{name}").body
        assert not any(word in script for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval("))


def test_the_command_prints_its_address_and_ends_on_a_signal() -> None:
    command = [sys.executable, "-m", "local.world", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:  # noqa: S603
        assert started.stdout is not None
        line = started.stdout.readline().strip()
        taken = subprocess.run(  # noqa: S603
            [*command[:-1], line.rpartition(":")[2]], capture_output=True, text=True, check=False
        )
        os.kill(started.pid, signal.SIGINT)
        assert started.wait(timeout=10) == 0
    assert line.startswith("http://127.0.0.1:")
    assert taken.returncode == 1
    assert "cannot be used" in taken.stderr
