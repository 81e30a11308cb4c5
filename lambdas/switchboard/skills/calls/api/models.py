"""What the API says of calls: where a recording stands, what was said, and what was found in it."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, Field

from switchboard.rest.pages import Next
from switchboard.rest.times import Moment, Money
from switchboard.skills.calls.limits import (
    CALL_ID,
    LATEST_VERSION,
    LONGEST_FIELD,
    LONGEST_FILE_NAME,
    LONGEST_TYPE,
    LONGEST_VALUE,
    MOST_BYTES,
    MOST_FIELDS,
    MOST_LINKS,
    MOST_PARTS,
    PROFILE_ID,
)

EXAMPLE_ID = "019bc0ffee005f0c9a1b2d3e4f60"
EXAMPLE_ANALYSIS = "5be0d2f1a7c94e3b8d60f211"

CallId = Annotated[str, Path(pattern=f"^{CALL_ID}$", examples=[EXAMPLE_ID])]
AnalysisId = Annotated[
    str,
    Path(
        pattern=r"^[A-Za-z0-9_-]{1,64}$",
        description='An analysis of this call, or "latest"',
        examples=["latest"],
    ),
]


FieldName = Annotated[str, Field(min_length=1, max_length=LONGEST_FIELD)]
FieldValue = Annotated[str, Field(max_length=LONGEST_VALUE)]


class Status(StrEnum):
    """Where a call stands."""

    PENDING_UPLOAD = "PendingUpload"
    UPLOADING = "Uploading"
    QUEUED = "Queued"
    TRANSCRIBING = "Transcribing"
    TRANSCRIBED = "Transcribed"
    ANALYZING = "Analyzing"
    COMPLETED = "Completed"
    FAILED = "Failed"


class Reason(BaseModel):
    """Why a call failed: a code for programs, a sentence for people."""

    code: str = Field(examples=["SILENT"])
    text: str = Field(examples=["No speech was heard in the recording."])


class ProfileWish(BaseModel):
    """The profile asked for; without a version, whichever is published."""

    profile: str = Field(pattern=f"^{PROFILE_ID}$", examples=["standard"])
    version: int | None = Field(default=None, ge=1, le=LATEST_VERSION, examples=[1])


class ProfileChosen(BaseModel):
    """`version` 0 is whichever is published."""

    profile: str = Field(examples=["standard"])
    version: int = Field(examples=[1])


class NewCall(BaseModel):
    """A recording before it is there. `consent`: everybody on it agreed to be recorded and analysed."""

    file_name: str = Field(min_length=1, max_length=LONGEST_FILE_NAME, examples=["renewal.wav"])
    content_type: str = Field(max_length=LONGEST_TYPE, examples=["audio/wav"])
    size: int = Field(ge=0, le=MOST_BYTES, description="In bytes", examples=[1_048_576])
    metadata: dict[FieldName, FieldValue] = Field(
        default_factory=dict, max_length=MOST_FIELDS, examples=[{"title": "Renewal", "team": "north"}]
    )
    profile: ProfileWish | None = None
    consent: bool = Field(examples=[True])
    tell: str | None = Field(
        default=None,
        pattern=r"^[0-9a-f]{20}$",
        description="The channel, by its `id` in /me, that hears how it went; else this account",
        examples=[None],
    )


class Reanalysis(BaseModel):
    """Without a profile, the one that fits the call; without a version, whichever is published."""

    profile: str | None = Field(default=None, pattern=f"^{PROFILE_ID}$", examples=["standard"])
    version: int | None = Field(default=None, ge=1, le=LATEST_VERSION, examples=[1])

    @property
    def wish(self) -> ProfileWish | None:
        return ProfileWish(profile=self.profile, version=self.version) if self.profile else None


class CallLine(BaseModel):
    """`words`, `speakers` and `duration_s` are null before there is a transcript; `headline` is the gist."""

    id: str = Field(examples=[EXAMPLE_ID])
    file_name: str = Field(examples=["renewal.wav"])
    content_type: str = Field(examples=["audio/wav"])
    size: int = Field(examples=[1_048_576])
    created_at: Moment
    status: Status = Field(examples=[Status.COMPLETED])
    reason: Reason | None
    metadata: dict[str, str] = Field(examples=[{"title": "Renewal"}])
    profile: ProfileChosen | None
    duration_s: float | None = Field(examples=[184.2])
    speakers: int | None = Field(examples=[2])
    words: int | None = Field(examples=[412])
    headline: str = Field(examples=["The client asked for ten percent off and gets an offer by Friday."])
    cost: Money


class Calls(BaseModel):
    items: list[CallLine]
    next: Next


class History(BaseModel):
    status: Status = Field(examples=[Status.QUEUED])
    at: Moment
    reason: Reason | None


class Link(BaseModel):
    """Opens for whoever has it, until then."""

    url: str = Field(examples=["https://recordings.example/uploads/call.wav?signature=s"])
    expires_at: Moment


class Analysis(BaseModel):
    id: str = Field(examples=[EXAMPLE_ANALYSIS])
    profile: str = Field(examples=["standard"])
    profile_name: str = Field(examples=["Standard"])
    version: int = Field(examples=[1])
    at: Moment
    cost: Money
    headline: str = Field(examples=["The client asked for ten percent off."])
    trial: bool


class Call(CallLine):
    """`audio` and `transcript` are links made for this answer; `analyses` are newest first."""

    history: list[History]
    audio: Link | None
    transcript: Link | None
    talk: dict[str, Any] | None = Field(
        description="How the call was shared: duration_ms, silence_ms, overlap_ms, shares",
    )
    analyses: list[Analysis]


class Upload(BaseModel):
    """A form for POST: `fields` go before the file. `large` recordings had better go in parts."""

    url: str = Field(examples=["https://recordings.example/"])
    fields: dict[str, str] = Field(examples=[{"key": f"uploads/{EXAMPLE_ID}/renewal.wav"}])
    expires_at: Moment
    large: bool


class Numbers(BaseModel):
    """The parts that one wants to send next."""

    numbers: list[Annotated[int, Field(ge=1, le=MOST_PARTS)]] = Field(
        max_length=MOST_LINKS, examples=[[1, 2, 3]]
    )


class Parts(BaseModel):
    """Each part but the last has `part_bytes`, and is PUT to its link; `missing` have not arrived."""

    part_bytes: int = Field(examples=[16_000_000])
    count: int = Field(examples=[7])
    links: dict[str, str] = Field(examples=[{"1": "https://recordings.example/part?signature=s"}])
    missing: list[int] = Field(examples=[[1, 2, 3]])


class Utterance(BaseModel):
    n: int = Field(examples=[0])
    speaker: str = Field(examples=["speaker_0"])
    start_ms: int = Field(examples=[0])
    end_ms: int = Field(examples=[2_150])
    text: str = Field(examples=["Good morning, what can I do for you?"])


class Transcript(BaseModel):
    items: list[Utterance]
    next: Next
    speakers: list[str] = Field(examples=[["speaker_0", "speaker_1"]])


class Hit(BaseModel):
    n: int = Field(examples=[4])
    start_ms: int = Field(examples=[12_400])
    text: str = Field(examples=["I would like ten percent off."])


class Hits(BaseModel):
    """The best first."""

    items: list[Hit]


class Insights(BaseModel):
    """`values` are by the profile's own schema, with times where it cites the call."""

    id: str = Field(examples=[EXAMPLE_ANALYSIS])
    profile: str = Field(examples=["standard"])
    profile_name: str = Field(examples=["Standard"])
    version: int = Field(examples=[1])
    at: Moment
    values: dict[str, Any] = Field(examples=[{"summary": "The client asked for ten percent off."}])
    talk: dict[str, Any] = Field(examples=[{"duration_ms": 184_200, "shares": []}])
    models: list[str] = Field(examples=[["gpt-6-luna"]])
    cost: Money
    requests: int = Field(examples=[1])
    quotes_verified: int = Field(examples=[3])
    quotes_dropped: int = Field(examples=[0])
    redacted: list[str] = Field(examples=[["email"]])
    trial: bool
