"""The terminal client against the WebSocket contract, with an assistant made of frames."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from local import chat
from local.chat_line import Demo, Endpoints, open_socket
from tests.world.stub_assistant import Behaviour, StubAssistant

pytestmark = pytest.mark.enable_socket

Frame = dict[str, Any]
Send = Callable[[Frame], None]
USAGE = {"prompt_tokens": 7, "completion_tokens": 2}


def hello(frame: Frame, send: Send) -> None:
    msgid = frame["payload"]["msgid"]
    send({"type": "accepted", "msgid": msgid, "turn": "t1"})
    send({"type": "delta", "msgid": "another prompt", "seq": 1, "text": "not for you"})
    send({"type": "tool", "msgid": msgid, "seq": 1, "name": "current_time"})
    send({"type": "delta", "msgid": msgid, "seq": 2, "text": "Hello"})
    send({"type": "delta", "msgid": msgid, "seq": 3, "text": " there"})
    send({"type": "done", "msgid": msgid, "seq": 4, "text": "Hello there", "usage": USAGE, "cost": "0.0001"})


def only_done(frame: Frame, send: Send) -> None:
    send({"type": "done", "msgid": frame["payload"]["msgid"], "seq": 1, "text": "All at once"})


def refuse(frame: Frame, send: Send) -> None:
    msgid = frame["payload"]["msgid"]
    send({"type": "error", "msgid": msgid, "code": "too_long", "message": "Shorter, please."})


def count_until_stopped(frame: Frame, send: Send) -> None:
    msgid = frame["payload"]["msgid"]
    if frame["action"] == "stop":
        send({"type": "done", "msgid": msgid, "seq": 2, "text": "1 2"})
        return
    send({"type": "delta", "msgid": msgid, "seq": 1, "text": "1 2"})
    os.kill(os.getpid(), signal.SIGINT)


@contextmanager
def assistant(tmp_path: Path, behave: Behaviour) -> Iterator[tuple[StubAssistant, list[str]]]:
    with StubAssistant(behave) as stub:
        written = tmp_path / "endpoints.json"
        written.write_text(json.dumps(stub.endpoints))
        yield stub, ["--endpoints", str(written)]


def test_saying_one_thing_prints_the_answer_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with assistant(tmp_path, hello) as (stub, arguments):
        code = chat.main([*arguments, "--say", "hi"])
    shown = capsys.readouterr()
    assert (code, shown.out) == (0, "Hello there\n")
    assert stub.heard[0]["action"] == "sendprompt"
    assert stub.heard[0]["payload"]["text"] == "hi"
    assert stub.tickets == ["once%2Fonly"]


def test_the_footer_tells_usage_cost_and_tools_beside_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with assistant(tmp_path, hello) as (_stub, arguments):
        chat.main([*arguments, "--say", "hi"])
    assert capsys.readouterr().err.splitlines() == [
        "[current_time]",
        "prompt tokens 7 · completion tokens 2 · cost 0.0001",
    ]


def test_an_answer_without_deltas_is_printed_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with assistant(tmp_path, only_done) as (_stub, arguments):
        assert chat.main([*arguments, "--say", "hi"]) == 0
    assert capsys.readouterr().out == "All at once\n"


def test_an_error_frame_is_told_by_code_and_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with assistant(tmp_path, refuse) as (_stub, arguments):
        assert chat.main([*arguments, "--say", "hi"]) == 1
    assert capsys.readouterr().err == "too_long: Shorter, please.\n"


def test_ctrl_c_while_streaming_stops_the_prompt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with assistant(tmp_path, count_until_stopped) as (stub, arguments):
        assert chat.main([*arguments, "--say", "count"]) == 0
    prompt, stop = stub.heard
    assert stop == {"action": "stop", "payload": {"msgid": prompt["payload"]["msgid"]}}
    assert capsys.readouterr().out == "1 2\n"


def test_a_wrong_password_is_told_and_not_a_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with assistant(tmp_path, hello) as (_stub, arguments):
        assert chat.main([*arguments, "--password", "wrong", "--say", "hi"]) == 1
    assert "401: Unknown user or wrong password." in capsys.readouterr().err


def test_without_a_laptop_it_says_what_to_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert chat.main(["--endpoints", str(tmp_path / "missing.json"), "--say", "hi"]) == 1
    assert "make up" in capsys.readouterr().err


def test_a_conversation_goes_on_after_an_error_and_ends_at_end_of_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["bad", "", "good"])

    def behave(frame: Frame, send: Send) -> None:
        (refuse if frame["payload"]["text"] == "bad" else hello)(frame, send)

    def read(_prompt: str) -> str:
        line = next(typed, None)
        if line is None:
            raise EOFError
        return line

    monkeypatch.setattr("builtins.input", read)
    with assistant(tmp_path, behave) as (stub, arguments):
        assert chat.main(arguments) == 0
    shown = capsys.readouterr()
    assert "too_long" in shown.err
    assert shown.out == "Hello there\n\n"
    assert [frame["payload"]["text"] for frame in stub.heard] == ["bad", "good"]


def test_an_idle_line_is_kept_open_by_pings(tmp_path: Path) -> None:
    with assistant(tmp_path, lambda _frame, send: send({"type": "pong"})) as (stub, _arguments):
        endpoints = Endpoints.model_validate(stub.endpoints)
        who = Demo(username="demo", password="right")
        with open_socket(endpoints, who) as socket, chat.kept_alive(socket, every=0.01):
            assert json.loads(socket.recv(timeout=5)) == {"type": "pong"}
    assert stub.heard[0] == {"action": "ping"}
