"""How a reply leaves word by word: numbered, coalesced, and never more than a channel takes."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from switchboard.core.conversation.turn import Turn
from switchboard.core.messages.ports import Clock
from switchboard.core.model.types import Usage

COALESCE_SECONDS = 0.045
DELTA_CHARS = 4_000
REPLY_BYTES = 24_000


class Listener(Protocol):
    """Where words go while they are made. It never raises because somebody hung up."""

    def delta(self, seq: int, text: str) -> None: ...
    def tool(self, seq: int, name: str) -> None: ...
    def restarted(self) -> None: ...
    def done(self, seq: int, *, text: str, usage: Usage, cost: str) -> None: ...


class NullListener:
    """The listener of a channel that does not stream."""

    def delta(self, seq: int, text: str) -> None: ...
    def tool(self, seq: int, name: str) -> None: ...
    def restarted(self) -> None: ...
    def done(self, seq: int, *, text: str, usage: Usage, cost: str) -> None: ...


class ReplyStream:
    """Collects a reply and passes it on: the first words at once, the rest at most 60 ms late."""

    def __init__(self, listener: Listener, clock: Clock) -> None:
        self.listener = listener
        self.text = ""
        self.beats: list[int | str] = []
        self._clock = clock
        self._pending = ""
        self._bytes = 0
        self._flushed = float("-inf")

    @property
    def full(self) -> bool:
        """True when the reply has reached the size a frame can carry."""
        return self._bytes >= REPLY_BYTES

    @property
    def length(self) -> int:
        """In characters, of all that was said."""
        return len(self.text) + len(self._pending)

    def say(self, text: str) -> None:
        encoded = text.encode()
        self._pending += encoded[: max(0, REPLY_BYTES - self._bytes)].decode(errors="ignore")
        self._bytes += len(encoded)
        self.tick()

    def tick(self) -> None:
        if self._clock.monotonic() - self._flushed >= COALESCE_SECONDS:
            self.flush()

    def tool(self, name: str) -> None:
        self.flush()
        self.beats.append(name)
        self.listener.tool(len(self.beats), name)

    def flush(self) -> None:
        for chunk in _chunks(self._pending):
            self.text += chunk
            self.beats.append(len(chunk))
            self.listener.delta(len(self.beats), chunk)
            self._flushed = self._clock.monotonic()
        self._pending = ""

    def move(self, listener: Listener, *, after: int) -> None:
        """Speak to another listener from now on, which has heard everything up to `after`."""
        self.listener = listener
        replay(self.text, self.beats, listener, after=after)


def replay(text: str, beats: Sequence[int | str], listener: Listener, *, after: int) -> None:
    """Repeat what was said after a given number, exactly as it was said."""
    for seq, beat in _spoken(text, beats):
        if seq <= after:
            continue
        if isinstance(beats[seq - 1], int):
            listener.delta(seq, beat)
        else:
            listener.tool(seq, beat)


def retell(turn: Turn, listener: Listener, *, after: int) -> None:
    """Replay a finished turn, its end included."""
    replay(turn.text, turn.beats, listener, after=still_valid(turn, listener, after=after))
    listener.done(len(turn.beats) + 1, text=turn.text, usage=turn.usage, cost=turn.cost)


def still_valid(turn: Turn, listener: Listener, *, after: int) -> int:
    """How much of what a page heard still stands: nothing, when the reply began again meanwhile."""
    if turn.attempts == 1 or not after:
        return after
    listener.restarted()
    return 0


def _spoken(text: str, beats: Sequence[int | str]) -> Iterator[tuple[int, str]]:
    at = 0
    for seq, beat in enumerate(beats, start=1):
        if isinstance(beat, str):
            yield seq, beat
            continue
        yield seq, text[at : at + beat]
        at += beat


def _chunks(text: str) -> Iterator[str]:
    for start in range(0, len(text), DELTA_CHARS):
        yield text[start : start + DELTA_CHARS]
