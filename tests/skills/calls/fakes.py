"""The world of a call in memory: a bucket, a transcriber, a scripted model, who watches, and the till."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from switchboard.core.model.types import Completion, Request, Usage
from switchboard.core.skills.blobs import BlobInfo, NoSuchBlob, UploadForm
from switchboard.core.spend.ledger import BudgetExceeded, SpendStatus
from switchboard.skills.calls.domain.call import Call
from switchboard.skills.calls.domain.failure_reasons import Reason

USAGE = Usage(model="reader", prompt=1000, completion=100)


@dataclass
class FakeBlobs:
    """`kept` is what each key has now, `versions` what was uploaded to it, by the names of the versions."""

    kept: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    versions: dict[str, dict[str, bytes]] = field(default_factory=dict)
    gets: int = 0

    def upload(self, key: str, version: str, content: bytes) -> None:
        self.put(key, content, content_type="audio/wav")
        self.versions.setdefault(key, {})[version] = content

    def get(self, key: str) -> bytes:
        self.gets += 1
        if key not in self.kept:
            raise NoSuchBlob(key)
        return self.kept[key][0]

    def ends(self, key: str, count: int, *, version: str) -> tuple[bytes, bytes]:
        content = self.versions.get(key, {}).get(version)
        if content is None:
            raise NoSuchBlob(key)
        return content[:count], content[-count:]

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        self.kept[key] = (content, content_type)

    def delete(self, prefix: str) -> None:
        for key in [key for key in self.kept if key.startswith(prefix)]:
            del self.kept[key]
            self.versions.pop(key, None)

    def discard(self, key: str, version: str) -> None:
        """What was there before comes back."""
        there = self.versions.get(key, {})
        if there.pop(version, None) is None:
            return
        self.kept.pop(key)
        for content in list(there.values())[-1:]:
            self.put(key, content, content_type="audio/wav")

    def stat(self, key: str) -> BlobInfo | None:
        found = self.kept.get(key)
        versions = list(self.versions.get(key, {"": b""}))
        return BlobInfo(len(found[0]), found[1], versions[-1]) if found else None

    def upload_form(self, key: str, *, content_type: str, max_bytes: int, seconds: int) -> UploadForm:
        fields = {"key": key, "type": content_type, "most": str(max_bytes), "seconds": str(seconds)}
        return UploadForm("https://bucket.example", fields)

    def download_link(self, key: str, *, seconds: int) -> str:
        return f"https://bucket.example/{key}?seconds={seconds}"

    def version_link(self, key: str, version: str, *, seconds: int) -> str:
        return f"https://bucket.example/{key}?versionId={version}&seconds={seconds}"


@dataclass
class FakeTranscriber:
    """Jobs are numbered; `error` is raised instead of starting one."""

    name: str = "scribe"
    started: list[tuple[str, str]] = field(default_factory=list)
    results: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    error: Exception | None = None
    forgotten: list[str] = field(default_factory=list)

    def start(self, call: str, audio_url: str) -> str:
        if self.error:
            raise self.error
        self.started.append((call, audio_url))
        return f"job-{len(self.started)}"

    def result(self, job: str) -> Mapping[str, Any] | None:
        return self.results.get(job)

    def forget(self, job: str) -> None:
        self.results.pop(job, None)
        self.forgotten.append(job)


Reply = str | Exception | Callable[[Request], object]


@dataclass
class Reader:
    """Answers as it is told, in order; the last reply is repeated. What is no text becomes JSON."""

    replies: Sequence[Reply]
    requests: list[Request] = field(default_factory=list)
    reason: str = "stop"

    def complete(self, request: Request) -> Completion:
        reply = self.replies[min(len(self.requests), len(self.replies) - 1)]
        self.requests.append(request)
        if isinstance(reply, Exception):
            raise reply
        said = reply(request) if callable(reply) else reply
        text = said if isinstance(said, str) else json.dumps(said)
        return Completion(text, usage=USAGE, reason=self.reason)


@dataclass
class Watched:
    """What a watcher heard: where each call came to stand, without repetitions."""

    heard: list[tuple[str, Reason | None]] = field(default_factory=list)

    def moved(self, call: Call) -> None:
        said = (call.status.value, call.reason)
        if not self.heard or self.heard[-1] != said:
            self.heard.append(said)


@dataclass
class FakeTill:
    room: int = 10**12
    reserved: dict[str, int] = field(default_factory=dict)
    settled: dict[str, int] = field(default_factory=dict)

    def reserve(self, call: Call, amount: int, *, under: str) -> None:
        if amount > self.room:
            raise BudgetExceeded(SpendStatus())
        self.reserved.setdefault(under, amount)

    def settle(self, call: Call, amount: int, *, under: str) -> None:
        if under in self.reserved:
            self.settled.setdefault(under, amount)


LINE = re.compile(r"^(\d+) (\w+): (.*)$", re.MULTILINE)


def lines_of(request: Request) -> list[tuple[int, str, str]]:
    """The lines of the transcript that a request shows: number, speaker, text."""
    return [(int(number), speaker, text) for number, speaker, text in LINE.findall(request.messages[1].text)]
