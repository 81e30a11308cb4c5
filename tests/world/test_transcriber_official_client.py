"""The transcriber before the official client, which is far too large to install: it runs from its wheel."""

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stacks.bundling.wheels import wheels
from tests.world.dictation import Dictation, known_audio
from tests.world.stub_client import SECRET

pytestmark = pytest.mark.enable_socket

Official = Any  # it has types, but not where a type checker finds them
PINS = Path(__file__).with_name("elevenlabs.txt")


@pytest.fixture(scope="module")
def elevenlabs() -> Iterator[Official]:
    """The package; its wheels are fetched once, and CI fails without them."""
    try:
        folder = wheels(Path(sys.executable), PINS)
    except subprocess.CalledProcessError as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"the official client cannot be fetched: {missing.stderr.strip()[-200:]}")
    with pytest.MonkeyPatch.context() as patch:
        for wheel in folder.glob("*.whl"):
            patch.syspath_prepend(wheel)
        yield importlib.import_module("elevenlabs")


@pytest.fixture
def client(elevenlabs: Official, dictation: Dictation) -> Iterator[Official]:
    dictation.tell(known_audio())
    with importlib.import_module("httpx").Client(trust_env=False) as http:
        yield elevenlabs.ElevenLabs(api_key="any", base_url=dictation.world.url, httpx_client=http)


def test_it_reads_a_whole_transcription(client: Official) -> None:
    done = client.speech_to_text.convert(
        model_id="scribe_v2",
        file=("call.wav", known_audio()),
        diarize=True,
        timestamps_granularity="character",
    )
    assert type(done).__name__ == "SpeechToTextChunkResponseModel"
    assert (done.text, done.audio_duration_secs) == ("Hello, Maya. Hi!", 4.0)
    assert [word.speaker_id for word in done.words if word.type == "word"] == ["speaker_0"] * 2 + [
        "speaker_1"
    ]
    assert done.words[0].characters[0].text == "H"
    assert client.speech_to_text.transcripts.get(done.transcription_id) == done
    client.speech_to_text.transcripts.delete(done.transcription_id)


def test_it_orders_by_address_and_takes_the_webhook_for_true(
    client: Official, elevenlabs: Official, dictation: Dictation
) -> None:
    dictation.wire()
    accepted = client.speech_to_text.convert(
        model_id="scribe_v2",
        source_url=dictation.client.put("call.wav", known_audio()),
        webhook=True,
        webhook_metadata={"call": "c-1"},
        num_speakers=2,
    )
    assert type(accepted).__name__ == "SpeechToTextWebhookResponseModel"
    [posted] = dictation.client.wait_for(1)
    event = client.webhooks.construct_event(posted.raw.decode(), posted.signature, SECRET)
    assert event["data"]["request_id"] == accepted.request_id
    assert event["data"]["webhook_metadata"] == {"call": "c-1"}
    with pytest.raises(elevenlabs.BadRequestError):
        client.webhooks.construct_event(posted.raw.decode(), posted.signature, "another")


def test_it_reads_refusals(client: Official, dictation: Dictation) -> None:
    errors = importlib.import_module("elevenlabs.errors")
    api_error = importlib.import_module("elevenlabs.core.api_error").ApiError
    with pytest.raises(errors.NotFoundError):
        client.speech_to_text.transcripts.get("none")
    with pytest.raises(errors.UnprocessableEntityError):
        client.speech_to_text.convert(model_id="scribe_v2", file=known_audio(), num_speakers=99)
    with pytest.raises(api_error) as refused:
        client.speech_to_text.convert(model_id="scribe_v2", file=b"no audio")
    assert refused.value.status_code == 400
    assert refused.value.body["detail"]["code"] == "invalid_file_type"
