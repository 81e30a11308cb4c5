"""Wires what signing out closes."""

from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.people.tickets import DynamoTickets
from switchboard.adapters.sockets import Sockets, make_client
from switchboard.core.people.sign_out import SigningOut
from switchboard.platform.clock import SystemClock, new_id
from switchboard.platform.tables import Tables


def signing_out(tables: Tables, connections_url: str) -> SigningOut:
    clock = SystemClock()
    connections = DynamoConnections(tables.client, tables.conversations)
    sockets = Sockets(make_client(connections_url), connections.closed)
    return SigningOut(
        people=DynamoPeople(tables.client, tables.people, tables.conversations, new_id),
        tickets=DynamoTickets(tables.client, tables.people),
        pages=lambda conversation: connections.open(conversation, now_ms=clock.now_ms()),
        close=sockets.close,
    )
