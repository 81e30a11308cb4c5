"""After a link: what whoever ceased said, spent and kept follows them, in steps that may be done again."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from switchboard.core.errors import Retryable
from switchboard.core.jobs import Job
from switchboard.core.people.address import PersonId
from switchboard.core.skills.spec import MergePeople


class ConversationBusy(Retryable):
    """Something still goes on that has to end first."""


class MergeStore(Protocol):
    """The tables, as a merge changes them. Each call may be repeated, and goes on where it was cut short."""

    def heirs(self, ceased: PersonId) -> Sequence[PersonId]:
        """Whom somebody became, and whom that one became; the last is still there."""

    def move_pages(self, ceased: PersonId, heir: PersonId) -> None:
        """Open pages hear what is told to the heir."""

    def at_rest(self, ceased: PersonId) -> bool:
        """Nothing waits in their conversation, and nobody holds it; nothing new comes into it."""

    def move_turns(self, ceased: PersonId, heir: PersonId) -> None: ...
    def move_consent(self, ceased: PersonId, heir: PersonId) -> None:
        """The ledger, which proves who agreed to what."""

    def carry(self, ceased: PersonId, heir: PersonId) -> None:
        """Add what was spent since it was carried last."""


@dataclass(frozen=True, slots=True)
class Merger:
    """`join` is for what skills keep."""

    removal: MergeStore
    join: MergePeople

    def move_pages(self, before: PersonId) -> Sequence[PersonId]:
        """Open pages hear what is told from now on; who they were, and whom each became."""
        line = (before, *self.removal.heirs(before))
        for each in line[:-1]:
            self.removal.move_pages(each, line[-1])
        return line

    def run(self, job: Job) -> None:
        """`detail` is who ceased; nobody, once they were erased.

        Errors: ConversationBusy, also when the heir ceased meanwhile.
        """
        before = PersonId(job.detail)
        line = self.move_pages(before)
        if line == (before,):
            return
        *ceased, heir = line
        if not all(self.removal.at_rest(each) for each in ceased):
            raise ConversationBusy("a turn is being answered")
        for each, successor in pairwise(line):
            self.removal.move_turns(each, heir)
            self.removal.move_consent(each, heir)
            self.removal.carry(each, successor)
            self.join(each, heir)
        if self.removal.heirs(before)[-1] != heir:
            raise ConversationBusy("the heir has ceased")
