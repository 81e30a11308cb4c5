"""Where every message ended: the phones' threads against what the tables say."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from switchboard.adapters.dynamo.table.items import unpack

from tests.e2e.inside import Inside, Item
from tests.faults.crowd import Caller, Crowd, Said

TOKEN = re.compile(r"t\d{4}x\d{2}")
SETTLED_FATES = {"sent", "undeliverable", "refused", "unknown_after_send", "closed"}


class End(StrEnum):
    ANSWERED = "answered"
    FELL_BACK = "answered by an honest sentence"
    UNKNOWN = "unknown after send, shown to the operator"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One phone's items, by what they are."""

    state: Item
    claims: frozenset[str]
    turns: Sequence[Item]
    parts: Mapping[str, Item]

    @property
    def stuck(self) -> bool:
        done = self.state["came"] == self.state["taken"]
        return not done or "open_turn" in self.state or "holder" in self.state

    @property
    def at_rest(self) -> bool:
        fates = (self.parts.get(turn["id"], {}).get("part_state") for turn in self.turns if turn["page"])
        return not self.stuck and all(fate in SETTLED_FATES for fate in fates)


@dataclass(slots=True)
class Accounts:
    """`ends` counts texts; what `wrong` lists is what the promises rule out, in words."""

    ends: Counter[End] = field(default_factory=Counter)
    turns: int = 0
    turns_retried: int = 0
    parts_retried: int = 0
    parts_unknown: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    misordered: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Books:
    """Both tables as they stand, read whole."""

    conversations: Mapping[str, Conversation]
    spend: Sequence[Item]

    def at_rest(self, crowd: Crowd) -> bool:
        """Every text that was sent is in, and nothing is left to be done about any."""
        return all(
            (found := self.conversations.get(caller.number)) is not None
            and found.at_rest
            and {said.message_id for said in caller.said} <= found.claims
            for caller in crowd.callers
            if caller.said
        )


def books(inside: Inside) -> Books:
    people = list(_scan(inside, inside.variable("converse", "PEOPLE_TABLE")))
    numbers = {
        item["person"]: item["pk"].rpartition("#")[2] for item in people if item["pk"].startswith("ADDRESS#")
    }
    grouped: dict[str, list[Item]] = defaultdict(list)
    for item in _scan(inside, inside.variable("converse", "CONVERSATIONS_TABLE")):
        grouped[item["pk"].removeprefix("CONV#private-")].append(item)
    return Books(
        {numbers[person]: _conversation(items) for person, items in grouped.items() if person in numbers},
        [item for item in people if item["sk"].startswith("SPEND#") and item["pk"].startswith("PERSON#")],
    )


def account(crowd: Crowd, found: Books) -> Accounts:
    accounts = Accounts()
    for caller in crowd.callers:
        conversation = found.conversations.get(caller.number)
        if conversation:
            check_phone(accounts, caller, conversation, crowd.received(caller))
        else:
            _lose(accounts, caller.said)
    accounts.unsettled += [f"{item['pk']} {name}" for item in found.spend for name in unsettled(item)]
    return accounts


def check_phone(accounts: Accounts, caller: Caller, talk: Conversation, received: list[str]) -> None:
    accounts.turns += len(talk.turns)
    accounts.turns_retried += sum(turn["attempts"] > 1 for turn in talk.turns)
    accounts.parts_retried += sum(part.get("attempts", 1) > 1 for part in talk.parts.values())
    accounts.parts_unknown += sum(part["part_state"] == "unknown_after_send" for part in talk.parts.values())
    accounts.stuck += [caller.number] if talk.stuck else []
    for said in caller.said:
        end = _end(said, talk, received)
        accounts.ends[end] += 1
        if end is End.LOST:
            _lose(accounts, [said])
    accounts.doubled += [f"{caller.number}: {what}" for what in _doubled(talk, received)]
    order = [token for text in received for token in TOKEN.findall(text)]
    accounts.misordered += [
        f"{caller.number}: {later} before {earlier}" for later, earlier in pairwise(order) if later > earlier
    ]


def _end(said: Said, talk: Conversation, received: list[str]) -> End:
    if any(said.token in text for text in received):
        return End.ANSWERED
    turn = next((turn for turn in talk.turns if said.token in turn["asked"]), None)
    if turn is None or said.message_id not in talk.claims:
        return End.LOST
    if turn["state"] == "failed" and turn["page"] in received:
        return End.FELL_BACK
    part = talk.parts.get(turn["id"], {})
    shown = part.get("part_state") == "unknown_after_send" and part.get("waiting") == "part"
    return End.UNKNOWN if shown else End.LOST


def _doubled(talk: Conversation, received: list[str]) -> Iterator[str]:
    """More texts than pages, a token in two texts, a text that two turns took."""
    pages = Counter(turn["page"] for turn in talk.turns)
    yield from (Counter(received) - pages).elements()
    for texts in ([turn["asked"] for turn in talk.turns], received):
        tokens = Counter(token for text in texts for token in set(TOKEN.findall(text)))
        yield from (token for token, times in tokens.items() if times > 1)


def unsettled(item: Item) -> list[str]:
    """What was reserved, by day and by month, and never settled."""
    names = [name for name in item if name.startswith("committed")]
    return [name for name in names if item[name] != item.get(name.replace("committed", "settled"), 0)]


def _lose(accounts: Accounts, said: Sequence[Said]) -> None:
    accounts.lost += [each.token for each in said]


def _conversation(items: list[Item]) -> Conversation:
    return Conversation(
        state=next(item for item in items if item["sk"] == "STATE"),
        claims=frozenset(item["sk"].rpartition("#")[2] for item in items if item["sk"].startswith("CLAIM#")),
        turns=[item for item in items if item["sk"].startswith("TURN#")],
        parts={item["sk"].partition("#")[2]: item for item in items if item["sk"].startswith("PART#")},
    )


def _scan(inside: Inside, table: str) -> Iterator[Item]:
    pages = inside.dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return (unpack(item) for page in pages for item in page["Items"])
