"""Signing out: tickets and sockets of the person end, nobody else's do."""

from switchboard.core.people.address import Address, ConversationId, PersonId, private_conversation
from switchboard.core.people.sign_out import SigningOut
from switchboard.core.people.sockets import Socket
from switchboard.core.people.tickets import Principal

from tests.examples import ADA, ADAS_PAGE
from tests.fakes.people import FakeTickets


class OnlyAda:
    def behind(self, address: Address) -> PersonId:
        assert address == ADAS_PAGE
        return ADA


def test_tickets_end_before_sockets_are_closed_and_only_ones_own_are() -> None:
    tickets, closed = FakeTickets(), list[Socket]()
    tickets.issue("t-1", Principal(ADA, ADAS_PAGE), expires=60)
    open_pages = [Socket(name, private_conversation(ADA), ADAS_PAGE) for name in ("socket-1", "socket-2")]

    def pages(conversation: ConversationId) -> list[Socket]:
        assert conversation == private_conversation(ADA)
        assert tickets.issued == {}
        return open_pages

    SigningOut(people=OnlyAda(), tickets=tickets, pages=pages, close=closed.append)(ADAS_PAGE)
    assert closed == open_pages
