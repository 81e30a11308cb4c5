"""The suite's side of the saboteur: what the functions were seen doing, and where one shall die next."""

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import NamedTuple

from tests.faults.inside.saboteur import AFTER, BEFORE, NOTES, ORDERS, folder_of

ARMED_AT_ONCE = 3
BEGINS = "Put TURN"


class Death(NamedTuple):
    """Before or after one step of one function."""

    function: str
    step: str
    side: str


@dataclass(slots=True)
class Deaths:
    """`each` is how many deaths every side of every step shall see; a few are armed at a time."""

    folder: Path
    each: int
    seen: dict[tuple[str, str], None] = field(default_factory=dict)
    died: Counter[Death] = field(default_factory=Counter)
    armed: Counter[Death] = field(default_factory=Counter)
    kept: set[str] = field(default_factory=set)
    begun: int = 0
    _read: int = 0
    _ordered: int = 0

    def look(self) -> None:
        """Read what was noted since the last look."""
        for line in self._whole_lines():
            self._take(json.loads(line))

    def _whole_lines(self) -> list[bytes]:
        """What is still being written has no end of line yet, and is left for the next look."""
        notes = self.folder / NOTES
        if not notes.exists():
            return []
        with notes.open("rb") as written:
            written.seek(self._read)
            whole, end, _ = written.read().rpartition(b"\n")
        self._read += len(whole) + len(end)
        return whole.splitlines()

    def arm(self) -> None:
        """Order the next deaths, the steps that saw fewest of them first; never many of one function."""
        busy = Counter(death.function for death in self.armed.elements())
        for death in sorted(self.missing(), key=self.died.__getitem__):
            if busy[death.function] < ARMED_AT_ONCE and not self.armed[death]:
                busy[death.function] += 1
                self._order(death)

    def disarm(self) -> None:
        for order in (self.folder / ORDERS).glob("*/*"):
            order.unlink(missing_ok=True)
        self.armed.clear()

    def missing(self) -> list[Death]:
        """What was not yet died often enough."""
        return [death for death in self.known() if self.died[death] < self.each]

    @property
    def died_everywhere(self) -> bool:
        return all(self.died[death] for death in self.known())

    def known(self) -> list[Death]:
        return [Death(*step, side) for step, side in product(self.seen, (BEFORE, AFTER))]

    def _order(self, death: Death) -> None:
        orders = folder_of(self.folder / ORDERS, function=death.function, step=death.step, side=death.side)
        orders.mkdir(parents=True, exist_ok=True)
        (orders / str(self._ordered)).touch()
        self._ordered += 1
        self.armed[death] += 1

    def _take(self, note: dict[str, str]) -> None:
        function, step = note["function"], note["step"]
        self.seen.setdefault((function, step))
        if killed := note.get("killed"):
            death = Death(function, step, killed)
            self.died[death] += 1
            self.armed[death] = max(0, self.armed[death] - 1)
            return
        self.begun += bool(note["done"]) and BEGINS in step
        if note["kept"]:
            self.kept.add(note["kept"])
