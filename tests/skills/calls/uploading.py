"""A call on its way to a transcript, for the tests of its steps."""

import json
from collections.abc import Mapping
from typing import Any

from switchboard.skills.calls.domain.call import Call
from switchboard.skills.calls.domain.files import upload_key
from switchboard.skills.calls.transcription.webhook import sign
from switchboard.skills.calls.uploads.events import Arrived
from switchboard.skills.calls.workflow.transcribe import Answered, deliver, start, transcribe

from tests.skills.calls.examples import WAV, World, call

SECRET = "wsec_test"
SAID = ("anna: Hello Ben.", "ben: Hello, my card is 4111 1111 1111 1111.")


def arrived(made: Call, version: str = "v1", size: int = len(WAV)) -> Arrived:
    return Arrived(made.id, made.file_name, version, size)


def uploaded(world: World, made: Call | None = None, content: bytes = WAV) -> Call:
    made = made or call()
    world.book.add(made)
    put_there(world, made, content)
    return made


def put_there(world: World, made: Call, content: bytes = WAV, version: str = "v1") -> None:
    world.blobs.upload(upload_key(made.id, made.file_name), version, content)


def begun(world: World, made: Call | None = None) -> Call:
    """A call that is being transcribed as job-1, waited for with token-1."""
    made = uploaded(world, made)
    assert start(world.desk, arrived(made))
    transcribe(world.desk, made.id, token="token-1", longest=60_000)
    return world.book.find(made.id)


def sent(world: World, made: Call, result: Mapping[str, Any] | None, job: str = "job-1") -> Answered | None:
    data = {"request_id": job, "webhook_metadata": {"call": made.id}, "transcription": result}
    raw = json.dumps({"data": data}).encode()
    return deliver(world.desk, raw, sign(raw, secret=SECRET, now=1_800_000_000), secret=SECRET)
