"""A person's profile and linked addresses; a version tells two who change it at the same time apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol
from zoneinfo import available_timezones

from switchboard.core.errors import UserFacing
from switchboard.core.people.address import Address, PersonId

UTC = "UTC"
LONGEST_ZONE = 64


@dataclass(frozen=True, slots=True)
class LinkedAddress:
    """`since_ms` is when it was linked (Unix milliseconds), None when nobody wrote it down."""

    address: Address
    since_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """`links` are in the order in which they were made."""

    person: PersonId
    links: Sequence[LinkedAddress] = ()
    zone: str = UTC
    version: int = 1


class VersionConflict(UserFacing):
    """Somebody else changed it first; nothing was written."""

    def __init__(self) -> None:
        super().__init__("It has changed since it was read.")


class Profiles(Protocol):
    def read(self, person: PersonId) -> Profile: ...

    def rezone(self, person: PersonId, zone: str, *, version: int) -> None:
        """Change the time zone of the profile as it was read. Errors: VersionConflict."""


def address_id(address: Address) -> str:
    """How an address is named to its owner without showing it; means nothing beside another person."""
    return sha256(f"{address.channel}:{address.value}".encode()).hexdigest()[:20]


def is_zone(name: str) -> bool:
    return name in available_timezones()
