"""Records that follow an address or a person into another conversation, before or after they are linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from switchboard.adapters.dynamo.conversation.codec import CLAIM, SOCKET
from switchboard.adapters.dynamo.conversation.message_writes import OPEN
from switchboard.adapters.dynamo.linking.person_snapshot import PersonSnapshots, state_key
from switchboard.adapters.dynamo.table.items import Item, pack
from switchboard.adapters.dynamo.table.retries import retry_on_contention
from switchboard.adapters.dynamo.table.transactions import Write, check, delete, put
from switchboard.core.people.address import Address, ConversationId

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

AT_ONCE = 25
T = TypeVar("T")


def bring_claims(
    sides: PersonSnapshots, origin: ConversationId, target: ConversationId, *, of: Address | None = None
) -> None:
    """What was kept before a link is known after it: claims are copied, and say where they are from."""
    claims = (
        {"conversation": origin, **claim, "pk": f"CONV#{target}"}
        for claim in sides.query(sides.conversations, f"CONV#{origin}", CLAIM)
        if of is None or claim["address"] == str(of)
    )
    for some in batches(claims, AT_ONCE):
        _put_all(sides.client, sides.conversations, some)


def move_sockets(
    sides: PersonSnapshots, origin: ConversationId, target: ConversationId, *, of: Address | None = None
) -> None:
    sockets = list(sides.query(sides.conversations, f"CONV#{origin}", SOCKET))
    theirs = [each for each in sockets if of is None or each.get("address") == str(of)]
    move(sides, theirs, target)


def move(sides: PersonSnapshots, items: Iterable[Item], target: ConversationId) -> None:
    """Each record is in one of the two conversations at any time; one that is being erased takes none."""
    open_ = check(sides.conversations, state_key(target), only_if=OPEN)
    for some in batches(items, AT_ONCE):
        writes = [write for item in some for write in _moving(sides.conversations, item, target)]
        transact(sides.client, [open_, *writes])


def transact(client: DynamoDBClient, writes: Sequence[Write]) -> None:
    items: list[Any] = list(writes)
    retry_on_contention(client, lambda: client.transact_write_items(TransactItems=items))


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _moving(table: str, item: Item, target: ConversationId) -> list[Write]:
    key = {"pk": item["pk"], "sk": item["sk"]}
    return [put(table, {**item, "pk": f"CONV#{target}"}), delete(table, key)]


def _put_all(client: DynamoDBClient, table: str, items: Sequence[Item]) -> None:
    asked: list[Any] = [{"PutRequest": {"Item": pack(item)}} for item in items]
    while asked:
        answer = client.batch_write_item(RequestItems={table: asked})
        asked = list(answer.get("UnprocessedItems", {}).get(table, []))
