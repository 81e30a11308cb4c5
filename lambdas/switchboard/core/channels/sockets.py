"""Sockets: one for each page that is open."""

from dataclasses import dataclass

from switchboard.core.people.address import Address, ConversationId


@dataclass(frozen=True, slots=True)
class Socket:
    """`connection` is what the gateway calls it; it hears what is told in `conversation` to `address`."""

    connection: str
    conversation: ConversationId
    address: Address
