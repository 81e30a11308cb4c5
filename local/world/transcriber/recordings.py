"""What the transcriber knows: the words of recordings that were made for it, by the audio's SHA-256."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Seconds = Annotated[float, Field(ge=0, le=36_000)]
MOST_RECORDINGS = 200


class Word(BaseModel):
    """Told, times in seconds from the start of the recording."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[str, StringConstraints(pattern=r"^\S+$", max_length=100)]
    start: Seconds
    end: Seconds
    speaker: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Recording(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: Sha256
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{3}$")] = "eng"
    seconds: Annotated[Seconds, Field(gt=0)]
    words: Annotated[tuple[Word, ...], Field(max_length=200_000)]

    @model_validator(mode="after")
    def _words_are_in_order(self) -> Self:
        starts = [word.start for word in self.words]
        if starts != sorted(starts) or any(word.start > word.end for word in self.words):
            raise ValueError("words: each ends after it starts, and they are in order")
        if any(word.end > self.seconds for word in self.words):
            raise ValueError("words: the recording ends before they do")
        return self


class Recordings:
    """Those that were told, and those whose sidecars lie in the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told: dict[str, Recording] = {}

    def tell(self, recording: Recording) -> None:
        self._told.pop(recording.sha256, None)
        self._told[recording.sha256] = recording
        if len(self._told) > MOST_RECORDINGS:
            del self._told[next(iter(self._told))]

    def known(self, audio: bytes) -> Recording | None:
        digest = hashlib.sha256(audio).hexdigest()
        found = (each for each in self._sidecars() if each.sha256 == digest)
        return self._told.get(digest) or next(found, None)

    def all(self) -> Sequence[Recording]:
        return tuple({each.sha256: each for each in (*self._sidecars(), *self._told.values())}.values())

    def _sidecars(self) -> Iterator[Recording]:
        for path in sorted(self._folder.glob("*.json")):
            try:
                yield Recording.model_validate_json(path.read_bytes())
            except (ValidationError, OSError):
                continue
