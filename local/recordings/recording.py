"""From a script to a recording: who says what at which second is known, since it was put there."""

from __future__ import annotations

import hashlib
import io
import wave
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from local.recordings.espeak import RATE, VOICES, Voice, found, speak
from local.recordings.scripts import Script
from local.whole import write_whole
from local.world.transcriber.recordings import Recording, Word
from local.world.transcriber.transcript import spread

AUDIBLE = 300
LOUDEST = 32_767
Speak = Callable[[str, Voice], "array[int]"]


@dataclass(frozen=True, slots=True)
class Recorded:
    name: str
    audio: bytes
    sidecar: Recording


def espeak() -> Speak:
    """Raises NoSpeech."""
    program = found()
    return lambda text, voice: speak(program, text, voice=voice)


def record(script: Script, say: Speak) -> Recorded:
    """Raises NoSpeech."""
    voices = casting(script)
    track, words, end = array("h"), list[Word](), 0.0
    for turn in script.turns:
        samples = trimmed(say(turn.text, voices[turn.speaker]))
        start = max(0.0, end + turn.after)
        end = start + len(samples) / RATE
        mix(track, samples, at=round(start * RATE))
        words.extend(spread(turn.text.split(), start=start, end=end, speaker=turn.speaker))
    return recorded(script.name, script.title, wav(track), words=words, seconds=len(track) / RATE)


def recorded(name: str, title: str, audio: bytes, *, words: Iterable[Word], seconds: float) -> Recorded:
    ordered = tuple(sorted(words, key=lambda word: word.start))
    digest = hashlib.sha256(audio).hexdigest()
    return Recorded(name, audio, Recording(sha256=digest, title=title, seconds=seconds, words=ordered))


def casting(script: Script) -> Mapping[str, Voice]:
    speakers = dict.fromkeys(turn.speaker for turn in script.turns)
    return dict(zip(speakers, VOICES, strict=True))


def trimmed(samples: array[int]) -> array[int]:
    """Without the silence around it, so that the first word begins at the first sample."""
    first = next((place for place, sample in enumerate(samples) if abs(sample) > AUDIBLE), 0)
    last = next((place for place, sample in enumerate(reversed(samples)) if abs(sample) > AUDIBLE), 0)
    return samples[first : len(samples) - last]


def mix(track: array[int], samples: array[int], *, at: int) -> None:
    """Adds them, where two speak at once as loud as it gets."""
    track.extend([0] * (at - len(track)))
    together = len(track) - at
    for place, sample in enumerate(samples[:together], start=at):
        track[place] = max(-LOUDEST, min(LOUDEST, track[place] + sample))
    track.extend(samples[together:])


def wav(samples: array[int], *, rate: int = RATE) -> bytes:
    """Of 16 bits, one channel."""
    return written(samples.tobytes(), rate=rate, width=2)


def written(samples: bytes, *, rate: int, width: int) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(width)
        out.setframerate(rate)
        out.writeframes(samples)
    return file.getvalue()


def save(made: Recorded, folder: Path) -> Path:
    """The audio and its sidecar, which the transcriber of the world reads; returns where the audio is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{made.name}.wav"
    path.write_bytes(made.audio)
    write_whole(path.with_suffix(".json"), made.sidecar.model_dump_json(indent=1) + "\n")
    return path
