"""A person's calls as records: found by person in the order of time, and by a call's id alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, NamedTuple

from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import DeleteRecord, Record, Records, retry_on_conflict
from switchboard.skills.calls.domain.call import Call, Finding, Heard, Moment, NoSuchCall, Status, Wish
from switchboard.skills.calls.domain.failure_reasons import Reason

READ_AT_ONCE: Final = 50
MOST_READ: Final = 500
CALL: Final = "CALL#"
OWNER: Final = "OWNER"
_WAIT: Final = "WAIT"
_TEXTS: Final = ("id", "file_name", "content_type", "upload", "object_version", "job")

Change = Callable[[Call], Call]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which calls are wanted; `since_ms` is included, `until_ms` is not.

    Every word of `text` must stand in the file's name or the metadata.
    """

    status: Status | None = None
    profile: str = ""
    since_ms: int | None = None
    until_ms: int | None = None
    text: str = ""

    def takes(self, call: Call) -> bool:
        return (
            (self.status is None or call.status is self.status)
            and (not self.profile or self.profile in _profiles(call))
            and all(word in _written(call) for word in self.text.casefold().split())
        )


EVERY: Final = Filter()


class Page(NamedTuple):
    """The newest first; `next` continues after them, or is "". A page may be short and still not the last."""

    calls: list[Call]
    next: str


@dataclass(frozen=True, slots=True)
class CallBook:
    """Every change is made on what is stored, again if it changed meanwhile."""

    records: Records

    def add(self, call: Call, *beside: Record) -> None:
        """With what is written `beside` it, or none of it.

        Errors: RecordConflict, when there is one of that id.
        """
        pointer = Record(CALL + call.id, OWNER, {"person": call.person})
        self.records.write(Record(owner_of(call.person), CALL + call.id, body(call)), pointer, *beside)

    def get(self, person: PersonId, call: str) -> Call:
        """Errors: NoSuchCall, also when it is somebody else's."""
        return from_body(self._record(person, call).body)

    def find(self, call: str) -> Call:
        """Whoever's it is. Errors: NoSuchCall."""
        return from_body(self._found(call).body)

    def change(self, call: str, change: Change) -> Call:
        """Errors: NoSuchCall, and what `change` raises; RecordConflict after many tries."""
        return retry_on_conflict(lambda: self._changed(call, change))

    def page(self, person: PersonId, wanted: Filter = EVERY, *, after: str = "", limit: int = 20) -> Page:
        """Reads so many records at most, so that a filter that fits nothing comes to an end and can go on."""
        found: list[Call] = []
        last = ""
        for seen, call in enumerate(self._newest(person, after or _before(wanted)), 1):
            if wanted.since_ms is not None and call.created_ms < wanted.since_ms:
                return Page(found, "")
            found += [call] if wanted.takes(call) else []
            last = CALL + call.id
            if len(found) >= limit or seen >= MOST_READ:
                return Page(found, last)
        return Page(found, "")

    def wait(self, call: str, token: str) -> None:
        """Whoever brings the transcript answers to this token; the last one counts."""

        def note() -> None:
            kept = self.records.get(CALL + call, _WAIT) or Record(CALL + call, _WAIT)
            self.records.write(replace(kept, body={"token": token}))

        retry_on_conflict(note)

    def waiting(self, call: str) -> str:
        """The token that is waited with, or ""."""
        kept = self.records.get(CALL + call, _WAIT)
        return str(kept.body["token"]) if kept else ""

    def remove(self, call: str) -> None:
        """What is not there any more is no error."""
        pointer = self.records.get(CALL + call, OWNER)
        if pointer is None:
            return
        kept = (
            pointer,
            self.records.get(CALL + call, _WAIT),
            self.records.get(owner_of(PersonId(pointer.body["person"])), CALL + call),
        )
        self.records.write(*(DeleteRecord(record) for record in kept if record))

    def _changed(self, call: str, change: Change) -> Call:
        record = self._found(call)
        before = from_body(record.body)
        after = change(before)
        if after != before:
            self.records.write(replace(record, body=body(after)))
        return after

    def _owner(self, call: str) -> PersonId:
        pointer = self.records.get(CALL + call, OWNER)
        if pointer is None:
            raise NoSuchCall
        return PersonId(pointer.body["person"])

    def _found(self, call: str) -> Record:
        """A call may pass to another person between two looks."""
        person = self._owner(call)
        try:
            return self._record(person, call)
        except NoSuchCall:
            heir = self._owner(call)
            if heir == person:
                raise
            return self._record(heir, call)

    def _record(self, person: PersonId, call: str) -> Record:
        record = self.records.get(owner_of(person), CALL + call)
        if record is None:
            raise NoSuchCall
        return record

    def _newest(self, person: PersonId, after: str) -> Iterator[Call]:
        while True:
            found = self.records.find(
                owner_of(person), CALL, limit=READ_AT_ONCE, after=after, newest_first=True
            )
            yield from (from_body(record.body) for record in found.records)
            after = found.next
            if not after:
                return


def body(call: Call) -> Mapping[str, Any]:
    """Text and whole numbers only."""
    return {
        **asdict(call),
        "history": [
            {"status": moment.status.value, "at_ms": moment.at_ms, "reason": moment.reason or ""}
            for moment in call.history
        ],
        "metadata": dict(call.metadata),
        "tell": list(call.tell),
        "findings": [{**asdict(each), "trial": int(each.trial)} for each in call.findings],
        "consent": int(call.consent),
    }


def from_body(kept: Mapping[str, Any]) -> Call:
    plain = {name: kept[name] for name in _TEXTS}
    heard, wish = kept["heard"], kept["wish"]
    return Call(
        **plain,
        person=PersonId(kept["person"]),
        size=int(kept["size"]),
        created_ms=int(kept["created_ms"]),
        longest_ms=int(kept.get("longest_ms", 0)),
        history=tuple(map(_moment, kept["history"])),
        metadata=kept["metadata"],
        wish=Wish(wish["profile"], int(wish["version"])) if wish else None,
        consent=bool(kept["consent"]),
        tell=tuple(kept["tell"]),
        heard=_heard(heard) if heard else None,
        findings=tuple(map(_finding, kept["findings"])),
        cost=int(kept["cost"]),
    )


def _moment(kept: Mapping[str, Any]) -> Moment:
    reason = Reason(kept["reason"]) if kept["reason"] else None
    return Moment(Status(kept["status"]), int(kept["at_ms"]), reason)


def _heard(kept: Mapping[str, Any]) -> Heard:
    return Heard(int(kept["duration_ms"]), int(kept["words"]), int(kept["speakers"]), kept["language"])


def _finding(kept: Mapping[str, Any]) -> Finding:
    numbers = {name: int(kept[name]) for name in ("version", "at_ms", "cost")}
    return Finding(**{**kept, **numbers, "trial": bool(kept["trial"])})


def owner_of(person: PersonId) -> str:
    """Of a person's records."""
    return f"PERSON#{person}"


def _before(wanted: Filter) -> str:
    """The key that no call of that time or later comes before."""
    return "" if wanted.until_ms is None else f"{CALL}{wanted.until_ms:012x}"


def _profiles(call: Call) -> set[str]:
    return {each.profile for each in call.findings} | ({call.wish.profile} if call.wish else set())


def _written(call: Call) -> str:
    return " ".join((call.file_name, *call.metadata, *call.metadata.values())).casefold()
