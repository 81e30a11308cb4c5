"""Codes that link: made in one channel, entered in another, good once and for ten minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol

from switchboard.core.errors import UserFacing
from switchboard.core.people.address import Address, PersonId

MOST_ADDRESSES: Final = 10


class NotLinked(UserFacing):
    """Nothing was linked; the sentence says why."""


class InvalidCode(NotLinked):
    def __init__(self) -> None:
        super().__init__(
            "I do not know that code: it is mistyped, was used, or is over ten minutes old. "
            "/link gives you another one."
        )


class MadeHere(NotLinked):
    def __init__(self) -> None:
        super().__init__(
            "That code was made right here. Enter it in the other channel that you want to link."
        )


class LinkedAlready(NotLinked):
    def __init__(self) -> None:
        super().__init__("These two are linked already; /me shows what is.")


class TooManyTries(NotLinked):
    def __init__(self, wait_ms: int) -> None:
        minutes = max(1, -(-wait_ms // 60_000))
        super().__init__(f"That were too many wrong codes. Please wait {minutes} min and try again.")


class TooManyLinks(NotLinked):
    def __init__(self) -> None:
        super().__init__(f"That would be over {MOST_ADDRESSES} linked channels. /unlink one of them first.")


class NotUnlinked(UserFacing):
    """Nothing was unlinked; the sentence says why."""


class WrittenFrom(NotUnlinked):
    def __init__(self) -> None:
        super().__init__("That is where you are writing from. Unlink it from another of your channels.")


class NotYours(NotUnlinked):
    def __init__(self) -> None:
        super().__init__("None of your channels has that number. /unlink lists them.")


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code that was made: by whom, and where. `used_by` is the turn in which it was entered, or ""."""

    person: PersonId
    address: Address
    expires_ms: int
    used_by: str = ""


@dataclass(frozen=True, slots=True)
class LinkAttempt:
    """A code that was entered, in its plain form: where, in which turn, and when (Unix milliseconds)."""

    code: str
    address: Address
    turn: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class LinkResult:
    """`ceased` is one with `person` now; `maker` is where the code had been made."""

    person: PersonId
    ceased: PersonId
    maker: Address


@dataclass(frozen=True, slots=True)
class UnlinkRequest:
    """The wish that an address leaves a person; `turn` is where it was uttered, so that it is done once."""

    person: PersonId
    address: Address
    turn: str
    at_ms: int


class Links(Protocol):
    """Where codes and links are written down."""

    def offer(self, code: str, offer: LinkCode) -> None:
        """From now on this is the one code of that person."""

    def found(self, code: str) -> LinkCode | None: ...

    def tried(self, address: Address, *, now_ms: int) -> int:
        """Count a try of that address: 0, or the milliseconds until it may try again."""

    def parted(self, person: PersonId, turn: str) -> Address | None:
        """The address that left that person in that turn."""

    def part(self, parting: UnlinkRequest) -> None:
        """The address is its `newcomer`'s from now on. Errors: NotYours, for a person's last one too."""


def newcomer(person: PersonId, turn: str) -> PersonId:
    """Who an address becomes that leaves a person in that turn; as hard to guess as the person."""
    return PersonId(sha256(f"{person}:{turn}".encode()).hexdigest()[:24])


def masked(address: Address) -> str:
    """A number is known by its end; an account has none that anybody would know."""
    number = address.value.startswith("+")
    return f"{address.channel} …{address.value[-4:]}" if number else address.channel


def numbered(addresses: Sequence[Address], *, here: Address) -> str:
    lines = (
        f"{number}. {masked(address)}{' (here)' if address == here else ''}"
        for number, address in enumerate(addresses, 1)
    )
    return "\n".join(lines)
