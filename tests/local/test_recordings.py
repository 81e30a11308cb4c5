"""Sample calls: the same script makes the same bytes, and every word is where its sidecar says."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import wave
from array import array
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.places import ROOT
from local.recordings import espeak
from local.recordings.espeak import PROGRAM, RATE, VOICES, NoSpeech, Voice, resampled, speak
from local.recordings.long_call import long_call
from local.recordings.recording import Recorded, Speak, mix, record, save
from local.recordings.scripts import SCRIPTS, Script, Turn
from local.world.transcriber.audio import examine
from local.world.transcriber.recordings import Recordings, Word
from local.world.transcriber.transcript import spread


def beep(text: str, voice: Voice) -> array[int]:
    """A speaker for tests: a tenth of a second a letter, between two silences."""
    quiet = [0] * (RATE // 2)
    return array("h", quiet + [voice.pitch * 100] * (RATE // 10 * len(text)) + quiet)


def spoken_by(made: Recorded, speaker: str) -> list[str]:
    return [word.text for word in made.sidecar.words if word.speaker == speaker]


def samples(made: Recorded) -> array[int]:
    with wave.open(io.BytesIO(made.audio)) as read:
        assert (read.getframerate(), read.getnchannels(), read.getsampwidth()) == (RATE, 1, 2)
        return array("h", read.readframes(read.getnframes()))


TALK = Script("talk", "Two talk", (Turn("a", "one two"), Turn("b", "three", after=0.5), Turn("a", "four")))


def test_every_word_of_a_script_is_in_its_recording_by_its_speaker() -> None:
    made = record(TALK, beep)
    assert spoken_by(made, "a") == ["one", "two", "four"]
    assert spoken_by(made, "b") == ["three"]


def test_an_utterance_begins_and_ends_where_its_words_do() -> None:
    made = record(TALK, beep)
    one, two, three, _ = made.sidecar.words
    assert (one.start, two.end, three.start) == pytest.approx((0.35, 1.05, 1.55), abs=0.0011)
    heard = samples(made)
    assert (heard[round(0.34 * RATE)], heard[round(0.36 * RATE)]) == (0, VOICES[0].pitch * 100)
    assert (heard[round(1.54 * RATE)], heard[round(1.56 * RATE)]) == (0, VOICES[1].pitch * 100)


def test_who_interrupts_is_heard_at_the_same_time() -> None:
    made = record(Script("cut", "Cut", (Turn("a", "wait a minute"), Turn("b", "no", after=-0.5))), beep)
    waiting, interrupting = (
        next(word for word in made.sidecar.words if word.text == text) for text in ("minute", "no")
    )
    assert waiting.start < interrupting.start < waiting.end
    both = (VOICES[0].pitch + VOICES[1].pitch) * 100
    assert both in samples(made)


def test_two_loud_voices_do_not_overflow() -> None:
    track = array("h", [30_000, -30_000])
    mix(track, array("h", [30_000, -30_000, 5]), at=0)
    assert track.tolist() == [32_767, -32_767, 5]


@given(
    st.lists(st.text("abc.", min_size=1, max_size=12), min_size=1, max_size=30),
    st.floats(0, 100),
    st.floats(0.01, 100),
)
def test_words_fill_their_time_in_order(texts: list[str], start: float, length: float) -> None:
    words = spread(texts, start=start, end=start + length, speaker="a")
    times = [time for word in words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert (times[0], times[-1]) == pytest.approx((start, start + length), abs=0.0011)
    assert times[-1] <= start + length


def test_a_change_of_rate_keeps_the_shape() -> None:
    slope = array("h", range(0, 22_050, 2))
    found = resampled(slope, rate=22_050)
    assert len(found) == pytest.approx(len(slope) * RATE / 22_050, abs=2)
    assert all(abs(later - earlier - 2.756) <= 1 for earlier, later in pairwise(found))


def test_a_saved_recording_is_known_to_the_transcriber_by_its_bytes(tmp_path: Path) -> None:
    made = record(TALK, beep)
    path = save(made, tmp_path)
    (tmp_path / "other.json").write_text("{}")
    recordings = Recordings(tmp_path)
    assert recordings.known(path.read_bytes()) == made.sidecar
    assert recordings.known(path.read_bytes()[:-2]) is None
    assert [each.title for each in recordings.all()] == ["Two talk"]


def test_a_call_of_three_hours_has_its_words_and_is_small() -> None:
    made = long_call()
    assert len(made.sidecar.words) >= 30_000
    assert len(made.audio) < 1_000_000
    assert examine(made.audio).seconds == made.sidecar.seconds == 10_800
    assert made.sidecar.sha256 == hashlib.sha256(made.audio).hexdigest()


def test_without_a_voice_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "may_install", lambda: False)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(NoSpeech, match="install it, such as Debian's package"):
        espeak.found()


def test_a_voice_that_does_not_exist_is_an_error_in_words() -> None:
    with pytest.raises(NoSpeech, match="did not run"):
        speak("/nowhere/espeak-ng", "Hello", voice=VOICES[0])


@pytest.fixture(scope="module")
def say() -> Speak:
    """CI fails without espeak-ng; a developer's machine is told what to install."""
    if shutil.which(PROGRAM) is None and os.environ.get("CI") != "true":
        pytest.skip(f"{PROGRAM} is not installed")
    program = espeak.found()
    return lambda text, voice: speak(program, text, voice=voice)


def test_the_same_script_makes_the_same_bytes(say: Speak) -> None:
    script = Script("short", "Short", SCRIPTS[0].turns[:2])
    assert record(script, say) == record(script, say)


def test_the_two_voices_differ(say: Speak) -> None:
    assert say("Hello", VOICES[0]) != say("Hello", VOICES[1])


@pytest.fixture(scope="module")
def folder(say: Speak, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command makes."""
    made = tmp_path_factory.mktemp("recordings")
    command = [sys.executable, "-m", "local.recordings", "--folder", str(made)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert [Path(line.split()[0]).stem for line in done.stdout.splitlines()] == [
        each.name for each in SCRIPTS
    ]
    return made


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_sample_call_is_audible_where_its_words_are(script: Script, folder: Path) -> None:
    audio = (folder / f"{script.name}.wav").read_bytes()
    sidecar = Recordings(folder).known(audio)
    assert sidecar
    assert sorted(word.text for word in sidecar.words) == sorted(
        word for turn in script.turns for word in turn.text.split()
    )
    heard = samples(Recorded(script.name, audio, sidecar))
    assert all(loud(heard, word) for word in sidecar.words if len(word.text) > 3)


def loud(heard: array[int], word: Word) -> bool:
    return max(map(abs, heard[round(word.start * RATE) : round(word.end * RATE)])) > 500
