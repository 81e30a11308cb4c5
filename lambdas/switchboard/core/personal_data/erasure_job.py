"""Being forgotten: done in steps that may each be repeated, and proven by a second look.

The order is what makes it safe. First the conversations close, so that whatever comes late is refused. What
consent law needs is put aside. Then the addresses lead here no more, and whoever writes from one is new. Only
then are records taken away, last of all those that say where the others are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from switchboard.core.errors import Permanent, Retryable
from switchboard.core.jobs import Job
from switchboard.core.messages.ports import Clock
from switchboard.core.people.address import Address, PersonId
from switchboard.core.people.sockets import Socket
from switchboard.core.personal_data.erasure_requests import Erasure, ErasureState
from switchboard.core.stored_data.inventory import ErasurePolicy
from switchboard.core.stored_data.reader import PersonScope, StoredRecord, StoreSet

PATIENCE_MS = 60_000
"""For so long after the request, a reply that is being made may still be finished."""

LINKED = "I erased nothing: you were linked to another channel before I could. Please send /forget again."

ASIDE = frozenset({ErasurePolicy.ASIDE})
"""Goes first: it is found by a record that is ERASED."""
TAKEN = frozenset({ErasurePolicy.ERASED, ErasurePolicy.ASIDE})
INDEX = frozenset({ErasurePolicy.INDEX})


class Linked(Permanent):
    """Whoever asked has become somebody else meanwhile, who did not ask."""


class ErasureIncomplete(Retryable):
    """The second look found what the first should have taken away."""


@dataclass(frozen=True, slots=True)
class RetainedConsent:
    """What is put aside for consent law: proofs, and addresses that are not to be written to."""

    entries: int
    opted_out: int

    @property
    def counts(self) -> Mapping[str, int]:
        named = {"consent entries": self.entries, "opt-outs": self.opted_out}
        return {name: count for name, count in named.items() if count}


class EraserStore(Protocol):
    """The tables, as an erasure changes them. Every step may be repeated."""

    def close(self, person: PersonId, *, now_ms: int, patient: bool) -> None:
        """From now on their conversation takes no write but ours, and no link.

        Errors: Linked; Busy, while it is held, if patient.
        """

    def close_former(self, person: PersonId, *, now_ms: int) -> None:
        """The same, for whom somebody was before."""

    def to_keep(self, scope: PersonScope) -> RetainedConsent: ...
    def keep(self, scope: PersonScope, *, now_ms: int) -> None:
        """Put the consent ledger aside."""

    def part(self, scope: PersonScope, address: Address, *, now_ms: int) -> None:
        """The address leads to nobody, and its opt-out stands, from the same moment on.

        A token of an account that was issued before introduces nobody.
        """

    def bury(self, scope: PersonScope, *, now_ms: int) -> None:
        """Leave closed conversations empty, as a refusal of whatever comes late, for a day."""

    def take(self, holdings: Iterator[StoredRecord]) -> None: ...
    def take_last(self, scope: PersonScope, holdings: Iterator[StoredRecord]) -> None:
        """Records that say where others are: the person's own are gone all at once."""

    def opted_out(self, address: Address) -> bool: ...


class Receipts(Protocol):
    """What remains of an erasure: counts, and no data."""

    def read(self, erasure: str) -> Erasure | None: ...
    def begin(self, erasure: str, *, found: Mapping[str, int], kept: Mapping[str, int]) -> None:
        """What the first look found; when it was begun before, that stands."""

    def finish(self, erasure: str) -> Erasure: ...
    def fail(self, erasure: str) -> None: ...


class FinalNotice(Protocol):
    def pages(self, scope: PersonScope) -> Sequence[Socket]:
        """The sockets that are open just now."""

    def say(self, address: Address, text: str, *, erasure: str) -> None:
        """A last message, once, that belongs to no conversation."""

    def show(self, pages: Sequence[Socket], text: str, *, erasure: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Eraser:
    stores: StoreSet
    estate: EraserStore
    receipts: Receipts
    farewell: FinalNotice
    clock: Clock

    def run(self, job: Job) -> None:
        """Errors: Busy; ErasureIncomplete."""
        erasure = self.receipts.read(job.id)
        if erasure is None:
            return
        try:
            text = proof(self._done(job, erasure))
        except Linked:
            self.receipts.fail(job.id)
            text = LINKED
        if not self.estate.opted_out(job.address):
            self.farewell.say(job.address, text, erasure=job.id)

    def give_up(self, job: Job) -> None:
        self.receipts.fail(job.id)

    def _done(self, job: Job, erasure: Erasure) -> Erasure:
        """Whoever has a page open sees the receipt there, too. Errors: Busy; Linked; ErasureIncomplete."""
        if erasure.state is ErasureState.DONE:
            return erasure
        scope = self._closed(job.person, erasure)
        pages = self.farewell.pages(scope)
        self._erase(scope, erasure)
        done = self.receipts.finish(job.id)
        self.farewell.show(pages, proof(done), erasure=job.id)
        return done

    def _closed(self, person: PersonId, erasure: Erasure) -> PersonScope:
        """Nobody joins a closed conversation: whom they were before is known only then."""
        now = self.clock.now_ms()
        self.estate.close(person, now_ms=now, patient=now < erasure.at_ms + PATIENCE_MS)
        scope = self.stores.belongings.scope(person)
        for former in scope.persons[1:]:
            self.estate.close_former(former, now_ms=now)
        return scope

    def _erase(self, scope: PersonScope, erasure: Erasure) -> None:
        now = self.clock.now_ms()
        self._count(scope, erasure.id)
        self.estate.keep(scope, now_ms=now)
        for address in scope.addresses:
            self.estate.part(scope, address, now_ms=now)
        self.estate.bury(scope, now_ms=now)
        self._take_all(scope)

    def _count(self, scope: PersonScope, erasure: str) -> None:
        kept = self.estate.to_keep(scope)
        found = self._found(scope, TAKEN | INDEX)
        found["consent entries"] = 0
        self.receipts.begin(erasure, found=+found, kept=kept.counts)

    def _take_all(self, scope: PersonScope) -> None:
        """Errors: ErasureIncomplete, and then the records that say where to look are still there."""
        for fates in (ASIDE, TAKEN):
            self.estate.take(self._held(scope, fates))
        for store in self.stores.others:
            store.erase(scope)
        left = self._found(scope, TAKEN)
        if left:
            raise ErasureIncomplete(f"{left.total()} records are left")
        self.estate.take_last(scope, self._held(scope, INDEX))
        if self._found(scope, TAKEN | INDEX):
            raise ErasureIncomplete("the index is left")

    def _held(self, scope: PersonScope, fates: frozenset[ErasurePolicy]) -> Iterator[StoredRecord]:
        return (each for each in self.stores.belongings.all(scope) if each.kind.fate in fates)

    def _found(self, scope: PersonScope, fates: frozenset[ErasurePolicy]) -> Counter[str]:
        """Every store is looked into: how many records of each kind there are."""
        found = Counter(holding.kind.name for holding in self._held(scope, fates))
        for store in self.stores.others:
            found[store.name] = sum(1 for _ in store.entries(scope))
        return +found


def proof(erasure: Erasure) -> str:
    """The receipt in a sentence that fits a text message."""
    count = sum((erasure.erased or {}).values())
    kept = ", ".join(f"{number} {name}" for name, number in (erasure.kept or {}).items())
    told = (
        f"I erased {count} records about you, looked again, and found none. Kept by law: {kept or 'nothing'}."
    )
    return f"{told} Receipt: {erasure.id}"
