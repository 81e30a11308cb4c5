"""After an unlink: what came with an address goes with it again, in steps that may be done again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from switchboard.core.jobs import Job
from switchboard.core.linking.merge import Merger
from switchboard.core.people.address import Address, PersonId
from switchboard.core.skills.spec import SeparatePeople

SEPARATE = "separate"


class Came(NamedTuple):
    """Somebody who became one with `person` by a link that was confirmed at the address concerned."""

    ceased: PersonId
    person: PersonId


class Separation(Protocol):
    """The tables, as a separation changes them. Each call may be repeated, and goes on."""

    def came_with(self, person: PersonId, address: Address) -> Sequence[Came]:
        """Also by way of somebody whom that person became one with."""

    def now(self, person: PersonId) -> PersonId:
        """Whom somebody has become."""

    def exists(self, person: PersonId) -> bool:
        """Not while they are being erased, or afterwards."""

    def give_turns(self, ceased: PersonId, *, holder: PersonId, newcomer: PersonId) -> None: ...
    def note(self, came: Came, newcomer: PersonId) -> None:
        """From now on whoever ceased is the newcomer. This comes last: it takes away what leads here."""


@dataclass(frozen=True, slots=True)
class Separator:
    """`separate` is for what skills keep."""

    merger: Merger
    separation: Separation
    separate: SeparatePeople

    def run(self, job: Job) -> None:
        """`person` is whom the address has left, and `detail` who it is now. Errors: ConversationBusy."""
        for came in self.separation.came_with(job.person, job.address):
            self.merger.run(replace(job, detail=came.ceased))
            self._give(came, PersonId(job.detail))

    def _give(self, came: Came, newcomer: PersonId) -> None:
        holder, who = self.separation.now(came.person), self.separation.now(newcomer)
        if who == holder or not self.separation.exists(who):
            return
        self.separation.give_turns(came.ceased, holder=holder, newcomer=who)
        self.separate(came.ceased, holder, who)
        self.separation.note(came, who)
