"""One person, many channels: a code is made, entered and confirmed; the link waits and can be taken back."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256

from switchboard.core.conversation.notifier import Notifier
from switchboard.core.conversation.store import ConversationErased
from switchboard.core.jobs import Job, JobQueue, Timer
from switchboard.core.linking.codes import (
    LinkAttempt,
    LinkCode,
    LinkResult,
    Links,
    UnlinkRequest,
    masked,
    newcomer,
)
from switchboard.core.linking.merge import Merger
from switchboard.core.linking.requests import (
    LinkRequest,
    LinkRequests,
    NotDue,
    RequestState,
    RequestVoid,
    enter,
    waiting,
)
from switchboard.core.linking.separation import SEPARATE
from switchboard.core.messages.ports import Clock
from switchboard.core.people.address import NOBODY, NOWHERE, Address, People, PersonId
from switchboard.core.people.profiles import Profiles, address_id
from switchboard.core.verification_codes import LIFETIME_MS, shown

MERGE = "merge"
HOUR_MS = 3_600_000

WAITS = (
    "{when}, {maker} and {other} will be linked: each will see everything of the other's. "
    "Until then nothing is shared. To take it back, reply /unlink."
)
TAKEN_BACK = "Taken back: {maker} and {other} are not linked, and nothing was shared."
JOINED = "Linked: {maker} and {other} are one person now. What was said before follows in a moment."
VOID = "Not linked: {maker} and {other}. Something has changed since it was confirmed. /link begins again."
LEFT = (
    "This is no longer linked to your other channels. What came from here follows in a moment; what you say "
    "from now on is kept apart."
)


@dataclass(frozen=True, slots=True)
class Notices:
    """Tells both sides of a link, at every address of theirs."""

    notifier: Notifier
    profiles: Profiles

    def tell(self, text: str, request: LinkRequest, *, at_ms: int, but: Address = NOWHERE) -> None:
        """Once at each address; whoever is being erased is told nothing."""
        said, what = named(text, request), sha256(text.encode()).hexdigest()[:8]
        for address, person in self._everywhere(request).items():
            key = f"link-{request.id}-{what}-{address_id(address)}"
            if address != but:
                with suppress(ConversationErased):
                    self.notifier.tell(said, person=person, address=address, key=key, at_ms=at_ms)

    def _everywhere(self, request: LinkRequest) -> dict[Address, PersonId]:
        return {
            address: party.person
            for party in request.parties
            for address in (party.address, *addresses(self.profiles, party.person))
        }


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The wish, of somebody at an address, to take back one link that waits, or all of them."""

    person: PersonId
    here: Address
    turn: str
    at_ms: int
    request: str = ""


@dataclass(frozen=True, slots=True)
class LinkService:
    """Where people link their channels; `new_code` makes one of core.codes."""

    links: Links
    requests: LinkRequests
    people: People
    profiles: Profiles
    notifier: Notifier
    jobs: JobQueue
    new_code: Callable[[], str]

    def offer(self, person: PersonId, address: Address, *, at_ms: int) -> str:
        """A code, as it is shown."""
        code = self.new_code()
        self.links.offer(code, LinkCode(person, address, at_ms + LIFETIME_MS))
        return shown(code)

    def enter(self, entry: LinkAttempt) -> tuple[Address, str]:
        """Where the code was made, and what has to come back, as it is shown. Errors: NotLinked."""
        code = self.new_code()
        return enter(entry, code, links=self.links, requests=self.requests), shown(code)

    def waiting(self, person: PersonId) -> Sequence[LinkRequest]:
        return waiting(self.requests, person)

    def take_back(self, wish: TakeBack) -> list[LinkRequest]:
        """Taken back again in the same turn, they are the same; everybody is told but whoever wishes it."""
        asked = [each for each in self.requests.of(wish.person) if wish.request in {"", each.id}]
        taken = [each for each in asked if self._taken_back(each, wish.turn)]
        for each in taken:
            self.notices.tell(TAKEN_BACK, each, at_ms=wish.at_ms, but=wish.here)
        return taken

    def part(self, parting: UnlinkRequest) -> None:
        """Errors: NotYours."""
        if self.links.parted(parting.person, parting.turn) is None:
            self.links.part(parting)
        who = newcomer(parting.person, parting.turn)
        self.jobs.hand_over(Job(SEPARATE, who, parting.person, parting.address, detail=who))
        self.notifier.tell(
            LEFT,
            person=who,
            address=parting.address,
            key=f"unlinked-{parting.turn}",
            at_ms=parting.at_ms,
        )

    def addresses(self, person: PersonId) -> Sequence[Address]:
        return addresses(self.profiles, person)

    @property
    def notices(self) -> Notices:
        return Notices(self.notifier, self.profiles)

    def _taken_back(self, request: LinkRequest, turn: str) -> bool:
        if request.state is RequestState.WAITING:
            return self.requests.end(request, RequestState.TAKEN_BACK, turn=turn)
        return request.state is RequestState.TAKEN_BACK and request.ended_by == turn


@dataclass(frozen=True, slots=True)
class Confirming:
    """Where the second code comes back; the link is made `wait_ms` later."""

    requests: LinkRequests
    notices: Notices
    timer: Timer
    wait_ms: int

    def confirm(self, entry: LinkAttempt) -> LinkRequest:
        """Errors: NotLinked. All that follows may be done again, so a crash in between loses nothing.

        The timer is told nothing but the request's random id: there is nothing in it to erase.
        """
        request = self.requests.confirm(entry, due_ms=entry.at_ms + self.wait_ms)
        self.notices.tell(WAITS.replace("{when}", self.when), request, at_ms=entry.at_ms, but=entry.address)
        self.timer.at(Job(MERGE, request.id, NOBODY, NOWHERE), at_ms=request.due_ms)
        return request

    @property
    def when(self) -> str:
        hours = self.wait_ms // HOUR_MS
        return f"In {hours} h" if hours else "In a moment"


@dataclass(frozen=True, slots=True)
class Linker:
    """Makes the links whose time has come, and lets everything follow."""

    requests: LinkRequests
    notices: Notices
    merger: Merger
    clock: Clock

    def run(self, job: Job) -> None:
        """Errors: NotDue, ConversationBusy."""
        request = self.requests.read(job.id)
        if request and request.state in {RequestState.WAITING, RequestState.JOINED}:
            self._make(request, job)

    def _make(self, request: LinkRequest, job: Job) -> None:
        try:
            joined = self._joined(request)
        except RequestVoid:
            self.requests.end(request, RequestState.VOID)
            self.notices.tell(VOID, request, at_ms=self.clock.now_ms())
            return
        self.merger.move_pages(joined.ceased)
        self.notices.tell(JOINED, request, at_ms=self.clock.now_ms())
        self.merger.run(replace(job, person=joined.person, detail=joined.ceased))

    def _joined(self, request: LinkRequest) -> LinkResult:
        if self.clock.now_ms() < request.due_ms:
            raise NotDue("it still waits")
        return self.requests.join(request, now_ms=self.clock.now_ms())


def named(text: str, request: LinkRequest, **more: str) -> str:
    return text.format(maker=masked(request.maker.address), other=masked(request.other.address), **more)


def addresses(profiles: Profiles, person: PersonId) -> list[Address]:
    return [link.address for link in profiles.read(person).links]
