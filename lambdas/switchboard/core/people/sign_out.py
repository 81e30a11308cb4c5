"""Signing out: whoever holds what a session had opened hears and says nothing more by it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from switchboard.core.people.address import Address, ConversationId, People, private_conversation
from switchboard.core.people.sockets import Socket
from switchboard.core.people.tickets import Tickets


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningOut:
    """`pages` are the open sockets of a conversation; a browser still signed in opens another by itself."""

    people: People
    tickets: Tickets
    pages: Callable[[ConversationId], Sequence[Socket]]
    close: Callable[[Socket], None]

    def __call__(self, account: Address) -> None:
        """Tickets first: one that opened a socket in between would outlive it."""
        person = self.people.behind(account)
        self.tickets.withdraw(person)
        for page in self.pages(private_conversation(person)):
            self.close(page)
