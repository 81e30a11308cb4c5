"""Who is behind an address."""

from dataclasses import dataclass
from typing import NewType, Protocol

from switchboard.core.errors import UserFacing

PersonId = NewType("PersonId", str)
ConversationId = NewType("ConversationId", str)

NOBODY = PersonId("")


class AccountErased(UserFacing):
    """An account that was erased; a token of it may still be good for a while."""

    def __init__(self) -> None:
        super().__init__("This account has been erased.")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a channel finds somebody: a phone number in E.164, a web account's id."""

    channel: str
    value: str

    def __str__(self) -> str:
        return f"{self.channel}#{self.value}"


NOWHERE = Address("", "")


class People(Protocol):
    def behind(self, address: Address) -> PersonId:
        """The person behind an address; a first contact makes one. Errors: AccountErased."""


def private_conversation(person: PersonId) -> ConversationId:
    """The one private conversation of a person, whichever channel they use."""
    return ConversationId(f"private-{person}")
