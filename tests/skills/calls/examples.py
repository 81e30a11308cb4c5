"""Calls and transcripts to test with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from switchboard.core.model.types import Role
from switchboard.core.people.address import PersonId
from switchboard.core.spend.prices import PriceBook, TokenPrice
from switchboard.skills.calls.analysis.planning import DEFAULT, Budget
from switchboard.skills.calls.domain.call import Call, Moment, Status, Wish, call_id
from switchboard.skills.calls.domain.transcript import Spoken, Transcript, Word, transcript_of
from switchboard.skills.calls.profiles.profile import Profile, Prompt
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.workflow.context import Desk

from tests.fakes.clock import EPOCH_MS, ManualClock
from tests.fakes.records import FakeRecords
from tests.skills.calls.fakes import FakeBlobs, FakeTill, FakeTranscriber, Reader, Reply, Watched

ADA = PersonId("ada")
WAV = (
    b"RIFF\x88\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"
    b"\x80\x3e\x00\x00\x00\x7d\x00\x00\x02\x00\x10\x00data" + bytes(100)
)
ONE = Decimal(1)
PRICES = PriceBook(
    models={"reader": TokenPrice(ONE, ONE, ONE)},
    unknown=TokenPrice(ONE, ONE, ONE),
    minutes={"scribe": Decimal("0.01")},
)


def call(
    number: int = 1,
    *,
    at_ms: int = EPOCH_MS,
    wish: Wish | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Call:
    return Call(
        id=call_id(at_ms + number, f"{number:012x}"),
        person=ADA,
        file_name="call.wav",
        content_type="audio/wav",
        size=len(WAV),
        created_ms=at_ms + number,
        history=(Moment(Status.PENDING_UPLOAD, at_ms + number),),
        metadata=metadata or {},
        wish=wish,
        consent=True,
    )


def words(speaker: str, text: str, *, start_ms: int = 0, each_ms: int = 300) -> list[Spoken]:
    """Words at an even pace."""
    return [
        Spoken(speaker, Word(f" {word}", start_ms + n * each_ms, start_ms + (n + 1) * each_ms))
        for n, word in enumerate(text.split())
    ]


def transcript(*said: str, gap_ms: int = 400) -> Transcript:
    """Of lines such as "anna: Hello there."."""
    spoken: list[Spoken] = []
    at_ms = 0
    for line in said:
        speaker, _, text = line.partition(": ")
        spoken += words(speaker, text, start_ms=at_ms)
        at_ms = spoken[-1].word.end_ms + gap_ms
    return transcript_of(spoken, language="eng", duration_ms=at_ms)


def elevenlabs(*said: str) -> Mapping[str, Any]:
    """The same, as ElevenLabs would send it."""
    made = transcript(*said)
    return {
        "language_code": "eng",
        "language_probability": 0.98,
        "text": " ".join(line.text for line in made.lines),
        "audio_duration_secs": made.duration_ms / 1000,
        "words": [word for line in made.lines for each in line.words for word in _told(line.speaker, each)],
    }


def _told(speaker: str, word: Word) -> Iterable[Mapping[str, Any]]:
    times = {"start": word.start_ms / 1000, "end": word.end_ms / 1000, "speaker_id": speaker}
    yield {"text": " ", "type": "spacing", **times, "end": times["start"]}
    yield {"text": word.text.strip(), "type": "word", **times}


def closed(**properties: object) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


TEXT = {"type": "string"}
INTEGER = {"type": "integer"}
SUMMARY = Prompt("summary", "Sum it up.")
GIST = Profile(
    id="gist", name="Gist", system="You read calls.", prompts=(SUMMARY,), schema=closed(summary=TEXT)
)
TASKS = Profile(
    id="jobs",
    name="Jobs",
    system="You read calls.",
    prompts=(SUMMARY, Prompt("todo", "List what is to be done.")),
    schema=closed(summary=TEXT, todo={"type": "array", "items": closed(task=TEXT, quote=TEXT, line=INTEGER)}),
)


@dataclass
class World:
    """A desk, and what stands around it."""

    replies: tuple[Reply, ...] = ('{"summary": "They talked."}',)
    room: int = 10**12
    budget: Budget = DEFAULT
    records: FakeRecords = field(default_factory=FakeRecords)
    blobs: FakeBlobs = field(default_factory=FakeBlobs)
    transcriber: FakeTranscriber = field(default_factory=FakeTranscriber)
    clock: ManualClock = field(default_factory=ManualClock)
    watched: Watched = field(default_factory=Watched)

    def __post_init__(self) -> None:
        self.book = CallBook(self.records)
        self.model = Reader(self.replies)
        self.till = FakeTill(self.room)
        self.desk = Desk(
            book=self.book,
            blobs=self.blobs,
            transcriber=self.transcriber,
            model=self.model,
            prices=PRICES,
            models={Role.SMALL: ("reader",), Role.LARGE: ("reader",)},
            clock=self.clock,
            watcher=self.watched,
            till=self.till,
            budget=self.budget,
        )
