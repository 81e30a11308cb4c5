"""Opt-out lists; one springs into being when it is first named, since no carrier stack is deployed here."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from local.world.carrier.errors import CarrierError, invalid

REOPT_IN_PAUSE = timedelta(days=30)


class OptOuts:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lists: dict[str, dict[str, datetime]] = {}
        self._removed: dict[tuple[str, str], datetime] = {}

    def holds(self, number: str) -> bool:
        return any(number in numbers for numbers in self._lists.values())

    def put(self, name: str, number: str) -> datetime:
        return self._lists.setdefault(name, {}).setdefault(number, self._now())

    def delete(self, name: str, number: str) -> datetime:
        """A number leaves a list at most once in 30 days, as with the real carrier."""
        since = self.since(name, number)
        removed = self._removed.get((name, number))
        if removed is not None and self._now() - removed < REOPT_IN_PAUSE:
            raise invalid(
                "PHONE_NUMBER_CANNOT_BE_OPTED_IN", f"{number} was opted in less than 30 days ago: {removed}."
            )
        del self._lists[name][number]
        self._removed[name, number] = self._now()
        return since

    def since(self, name: str, number: str) -> datetime:
        found = self._lists.get(name, {}).get(number)
        if found is None:
            raise CarrierError(
                "ResourceNotFoundException",
                f"{number} is not on the opt-out list {name}.",
                ResourceType="opted-out-number",
                ResourceId=number,
            )
        return found

    def numbers(self, name: str) -> Sequence[str]:
        return sorted(self._lists.get(name, {}))
