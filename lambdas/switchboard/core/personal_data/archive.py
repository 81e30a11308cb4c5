"""An export: one zip of everything, for a person to read and for a program to take elsewhere."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from heapq import merge
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from switchboard.core.spend.ledger import dollars
from switchboard.core.stored_data.inventory import KINDS, RecordKind
from switchboard.core.stored_data.reader import PersonScope, StoredRecord, StoreSet

OURS = frozenset(
    {
        *("pk", "sk", "listed", "holder", "held_until", "stream", "redirects", "resume_after", "person"),
        *("waiting", "waiting_since", "came", "taken", "paced", "open_turn", "reservation", "expires"),
    }
)
"""How we keep a record, which says nothing of whose it is."""
ABOUT = {
    "conversation.txt": "what was said, oldest first, to read",
    "turns.json": "the same, with times, channels and costs",
    "waiting.json": "what you wrote and has not been answered yet",
    "deliveries.json": "what became of each message that went out to you",
    "conversations.json": "which of your addresses opted out, and which were told who answers",
    "profile.json": "your profile",
    "addresses.json": "the addresses you are reached by",
    "links.json": "links that were confirmed in the last days, and when they are made",
    "former.json": "whom you were before you linked your addresses",
    "consent.json": "when you agreed to be written to, or revoked it",
    "spend.json": "what was spent on you, in US dollars",
    "exports.json": "the exports you asked for",
    "account.json": "the account you sign in with",
    "wake-ups.json": "the hours at which you are written to",
}
OF_A_SKILL = "what is kept of it for you"


@dataclass(frozen=True, slots=True)
class ArchiveWriter:
    """Writes one person's archive. A file is as long as it is, and never held in memory as a whole."""

    stores: StoreSet
    scope: PersonScope

    def write(self, file: BinaryIO, *, made_at: datetime) -> None:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            counts = {name: _streamed(archive, name, lines) for name, lines in self._files()}
            archive.writestr("README.txt", readme(counts, made_at, self.stores.about))

    def _files(self) -> Iterator[tuple[str, Iterable[str]]]:
        yield "conversation.txt", _script(self._said())
        for name in dict.fromkeys(kind.file for kind in KINDS if kind.file):
            yield name, map(_json, self._records(name))
        for store in self.stores.others:
            if store.file:
                yield store.file, map(_json, store.entries(self.scope))

    def _records(self, name: str) -> Iterator[Mapping[str, object]]:
        for kind in KINDS:
            if kind.file == name:
                yield from map(_shown, self.stores.belongings.of(self.scope, kind))

    def _said(self) -> Iterator[StoredRecord]:
        """Turns of all the conversations the person had, by time."""
        (turns,) = (kind for kind in KINDS if kind.file == "turns.json")
        each = (self._said_by(turns, position) for position in range(len(self.scope.persons)))
        return merge(*each, key=lambda turn: turn.sk)

    def _said_by(self, turns: RecordKind, position: int) -> Iterator[StoredRecord]:
        alone = PersonScope(self.scope.persons[position : position + 1], ())
        return self.stores.belongings.of(alone, turns)


def readme(counts: Mapping[str, int], made_at: datetime, about: Mapping[str, str]) -> str:
    told = {**ABOUT, **about}
    files = (f"  {name:20} {told.get(name, OF_A_SKILL)} ({count})" for name, count in counts.items())
    return "\n".join(
        (
            "Everything that Switchboard holds about you.",
            f"Made on {made_at:%d %B %Y at %H:%M} UTC.",
            "",
            *files,
            "",
            "Times are UTC; *_ms is milliseconds since 1970. Digests of passing codes and tickets are",
            "left out: they are keys to your data, and no data. Nobody knows your password, not even we.",
            "To have all of this erased, send /forget.",
            "",
        )
    )


def _streamed(archive: ZipFile, name: str, lines: Iterable[str]) -> int:
    """JSON files are one array, written as it comes; returns how many entries there were."""
    is_json, count = name.endswith(".json"), 0
    with archive.open(name, "w") as entry:
        for count, line in enumerate(lines, 1):
            lead = ("[\n" if count == 1 else ",\n") if is_json else ""
            entry.write(f"{lead}{line}".encode())
        if is_json:
            entry.write(b"\n]\n" if count else b"[]\n")
    return count


def _script(turns: Iterable[StoredRecord]) -> Iterator[str]:
    for turn in turns:
        values = turn.values
        at = datetime.fromtimestamp(int(str(values["at_ms"])) / 1000, UTC)
        where = values["address"]
        channel = where.get("channel", "") if isinstance(where, Mapping) else ""
        asked = f"You: {values['asked']}\n" if values.get("origin", "person") == "person" else ""
        yield f"{at:%Y-%m-%d %H:%M} UTC, {channel}\n{asked}Switchboard: {values['text']}\n\n"


def _shown(holding: StoredRecord) -> Mapping[str, object]:
    if holding.kind.file == "spend.json":
        return spent(holding)
    key = holding.sk.partition("#")[2]
    plain = {name: value for name, value in holding.values.items() if name not in OURS}
    return {"key": key, **plain} if key else plain


def spent(holding: StoredRecord) -> Mapping[str, object]:
    """A month in dollars, and each of its days. What was `moved` is counted in another's month by now."""
    month = holding.sk.partition("#")[2]
    days = {
        date.fromisoformat(f"{month}-{name.removeprefix('settled_')}").isoformat(): dollars(int(str(amount)))
        for name, amount in sorted(holding.values.items())
        if name.startswith("settled_")
    }
    return {
        "month": month,
        "spent": dollars(int(str(holding.values.get("settled", 0)))),
        "days": days,
        "moved": "carried_to" in holding.values,
    }


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: object) -> object:
    """Sets, decimals and times, which JSON does not know."""
    return sorted(map(str, value)) if isinstance(value, set | frozenset) else str(value)
