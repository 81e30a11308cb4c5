"""The world's control interface, as tests use it: phones, the model's script, faults, the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx2

from tests.e2e.patience import PATIENCE, eventually

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class World:
    http: httpx2.Client

    def script(self, match: str, reply: str, *, tokens_per_second: float = 1000, **calls: Entry) -> None:
        """The model answers this and nothing else until the test ends, once it has called those tools."""
        made = [{"name": name, "arguments": arguments} for name, arguments in calls.items()]
        entry = {
            "match": match,
            "reply": reply,
            "tokens_per_second": tokens_per_second,
            "tool_calls": made,
        }
        self.http.put("/model/script", json=[entry]).raise_for_status()

    def break_(self, service: str, kind: str, **parameters: object) -> None:
        self.http.post("/faults", json={"service": service, "kind": kind, **parameters}).raise_for_status()

    def heal(self) -> None:
        self.http.delete("/faults").raise_for_status()
        self.http.delete("/model/script").raise_for_status()

    def journal(self, service: str) -> list[Entry]:
        found: list[Entry] = self.http.get("/journal", params={"service": service}).json()
        return found

    def sends_to(self, number: str) -> int:
        """How often the carrier was asked to send to this number."""
        asked = (entry["body"] for entry in self.journal("carrier"))
        return sum(isinstance(body, dict) and body.get("DestinationPhoneNumber") == number for body in asked)

    def model_was_asked(self, text: str) -> int:
        """How many requests to the model end with this text of a person."""
        bodies = (entry["body"] for entry in self.journal("model"))
        return sum(isinstance(body, dict) and last_said(body) == text for body in bodies)


def last_said(body: Entry) -> str:
    said = [message["content"] for message in body.get("messages", []) if message["role"] == "user"]
    return str(said[-1]) if said else ""


@dataclass(frozen=True, slots=True)
class Phone:
    """Only what it received after the first `heard` texts counts."""

    world: World
    number: str
    heard: int = 0

    def introduced(self) -> "Phone":
        """After a first exchange, in which the assistant says what it is."""
        self.ask("hello")
        return Phone(self.world, self.number, heard=len(self.thread()))

    def text(self, words: str) -> None:
        self.world.http.post(f"/phones/{self.number}/texts", json={"text": words}).raise_for_status()

    def thread(self) -> Sequence[Entry]:
        """What this phone received, oldest first."""
        texts: list[Entry] = self.world.http.get(f"/phones/{self.number}/texts").json()
        return [text for text in texts if text["direction"] == "in"][self.heard :]

    def replies(self, count: int, *, seconds: float = PATIENCE) -> list[str]:
        """At least so many, waited for."""

        def enough() -> list[Entry] | None:
            received = list(self.thread())
            return received if len(received) >= count else None

        what = f"{count} replies to {self.number}"
        return [text["text"] for text in eventually(enough, what=what, seconds=seconds)]

    def ask(self, words: str, *, seconds: float = PATIENCE) -> str:
        before = len(self.thread())
        self.text(words)
        return self.replies(before + 1, seconds=seconds)[before]
