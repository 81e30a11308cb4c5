"""A socket is known while it is open: closed ones, and those that are gone, are written to no more."""

import time

import pytest
from switchboard.adapters.dynamo.conversation.connections import LIFETIME_SECONDS, DynamoConnections
from switchboard.core.people.address import PersonId, private_conversation
from switchboard.core.people.sockets import Socket

from tests.e2e.inside import Inside
from tests.e2e.outside import Phone
from tests.e2e.page import Account
from tests.e2e.patience import eventually
from tests.e2e.test_links import code_in, link, notice

NOW, LONG_AGO = 0, -(LIFETIME_SECONDS + 60) * 1000


def sockets(inside: Inside, *persons: str) -> list[str]:
    """What is kept of the sockets of their conversations."""
    items = (item for person in persons for item in inside.items_of(person))
    return [item["sk"].removeprefix("SOCKET#") for item in items if item["sk"].startswith("SOCKET#")]


def leave_behind(inside: Inside, person: str, connection: str, *, since_ms: int) -> None:
    """A socket of whose closing the gateway has told nobody."""
    connections = DynamoConnections(inside.dynamodb, inside.variable("converse", "CONVERSATIONS_TABLE"))
    socket = Socket(connection, private_conversation(PersonId(person)), inside.page_of(person))
    connections.opened(socket, at_ms=time.time_ns() // 1_000_000 + since_ms)


def test_of_a_page_that_closes_no_socket_is_left(account: Account, inside: Inside) -> None:
    person = account.person()
    with account.page() as first:
        first.ask("hello")
        with account.page() as second:
            second.ask("hello")
            assert len(sockets(inside, person)) == 2
        eventually(lambda: len(sockets(inside, person)) == 1, what="the second's closing")
    eventually(lambda: not sockets(inside, person), what="the first's closing")


def test_of_a_page_that_vanishes_no_socket_is_left(account: Account, inside: Inside) -> None:
    person = account.person()
    with account.page() as page:
        page.ask("hello")
        page.socket.socket.close()
    eventually(lambda: not sockets(inside, person), what="the closing")


def test_a_page_that_was_linked_leaves_no_socket_with_whoever_it_was(
    account: Account, phone: Phone, inside: Inside
) -> None:
    before = account.person()
    with account.page() as page:
        asked = page.ask(f"/link {code_in(phone.ask('/link'))}")
        assert "Confirmed" in page.ask(f"/confirm {code_in(asked)}")
        assert "are one person now" in notice(page)
        after = account.person()
        assert after != before
        eventually(lambda: sockets(inside, after), what="the page's move")
    eventually(lambda: not sockets(inside, before, after), what="the closing")


@pytest.mark.parametrize(("since_ms", "left"), [(NOW, 0), (LONG_AGO, 1)])
def test_the_first_push_forgets_who_is_gone_and_never_reads_who_has_expired(
    account: Account, phone: Phone, inside: Inside, since_ms: int, left: int
) -> None:
    person = account.person()
    leave_behind(inside, person, "gone-without-a-word", since_ms=since_ms)
    with account.page() as page:
        link(phone, to=page)
        eventually(lambda: len(sockets(inside, person)) == 1 + left, what="the dead one's end")
        assert sockets(inside, person).count("gone-without-a-word") == left
