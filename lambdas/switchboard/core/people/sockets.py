"""Sockets: one for each page that is open."""

from dataclasses import dataclass
from typing import Any

from switchboard.core.people.address import Address, ConversationId

Frame = dict[str, Any]
"""What a page is sent, or sends: one JSON object."""


@dataclass(frozen=True, slots=True)
class Socket:
    """`connection` is what the gateway calls it; it hears what is told in `conversation` to `address`."""

    connection: str
    conversation: ConversationId
    address: Address
