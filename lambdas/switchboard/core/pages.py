"""Lists that are read in pages: where the next one begins, as the store knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from switchboard.core.errors import UserFacing

T = TypeVar("T")


class BadPosition(UserFacing):
    """Nothing in this list is called so."""

    def __init__(self) -> None:
        super().__init__("cursor: this list gave out no such cursor")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next` is the position to go on from, "" at the end."""

    items: Sequence[T]
    next: str = ""
