"""What there is to know of one thing; of what people said only the length, unless it was asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from switchboard.adapters.dynamo.conversation.codec import PART, TURN
from switchboard.adapters.dynamo.conversation.overdue_index import OverdueKind
from switchboard.adapters.operations import dead_letters
from switchboard.adapters.operations.ids import Letters, Stored
from switchboard.adapters.operations.stuck import held
from switchboard.core.operations.repairs import ItemNotFound

if TYPE_CHECKING:
    from switchboard.adapters.dynamo.table.items import Item
    from switchboard.adapters.operations.dead_letters import Letter
    from switchboard.adapters.operations.deps import Works

Fields = dict[str, Any]

AT_MOST = 100
TIMES = {"at_ms", "waiting_since", "resent_at", "closed_at", "held_until"}
SPOKEN = {"asked", "text", "page", "rest", "body"}
PART_FIELDS = (
    *("part_state", "at_ms", "attempts", "waiting_since", "detail", "carrier_status", "settled", "parts"),
    *("price", "resent_at", "resent_by", "closed_at", "closed_by", "closed_as"),
)
TURN_FIELDS = (
    *("state", "at_ms", "attempts", "waiting_since", "message_id", "asked", "text", "page", "rest"),
    *("usage", "cost", "closed_at", "closed_by", "rerun_as"),
)
STATE_FIELDS = ("came", "taken", "waiting_since", "open_turn", "held_until")
SHOWN = 4


def show(name: Stored | Letters, works: Works, *, spoken: bool, now_ms: int) -> list[Fields]:
    """One thing, or several dead letters. Errors: ItemNotFound."""
    if isinstance(name, Letters):
        return [_of_letter(each, spoken=spoken) for each in _letters(name, works)]
    item = works.repairs.item(name.conversation, name.sk)
    if not item:
        raise ItemNotFound(f"There is no {name}.")
    if name.kind is OverdueKind.CONVERSATION:
        return [_named(name, item, STATE_FIELDS, spoken=spoken) | {"held": held(item, now_ms)}]
    if name.kind is OverdueKind.TURN:
        part = works.repairs.item(name.conversation, PART + name.key.turn)
        return [_of_turn(name, item, spoken=spoken) | _standing(part)]
    turn = works.repairs.item(name.conversation, TURN + name.key.turn)
    told = _of_turn(name, turn, spoken=spoken) if turn else {}
    shown = {field: told[field] for field in ("channel", "to", "page") if field in told}
    return [_named(name, item, PART_FIELDS, spoken=spoken) | shown]


def moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _letters(name: Letters, works: Works) -> list[Letter]:
    seen = dead_letters.look(works.sqs, works.queue_of(name), at_most=AT_MOST)
    wanted = [letter for letter in seen if name.message in {None, letter.message_id}]
    if not wanted:
        raise ItemNotFound(f"There is no {name}, or somebody has it in hand: look again in a minute.")
    return sorted(wanted, key=lambda letter: letter.sent_ms)


def _of_letter(letter: Letter, *, spoken: bool) -> Fields:
    body = _object(letter.body)
    ids = {field: body[field] for field in ("conversation", "turn", "inboundMessageId") if field in body}
    return {
        "message": letter.message_id,
        "sent": moment(letter.sent_ms),
        "receives": letter.receives,
        **ids,
        **_said("body", letter.body, spoken=spoken),
    }


def _object(body: str) -> Mapping[str, Any]:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _of_turn(name: Stored, item: Item, *, spoken: bool) -> Fields:
    address = item["address"]
    to = address["value"] if spoken else f"…{address['value'][-SHOWN:]}"
    return _named(name, item, TURN_FIELDS, spoken=spoken) | {"channel": address["channel"], "to": to}


def _standing(part: Item) -> Fields:
    return {"part": part["part_state"]} if part else {}


def _named(name: Stored, item: Item, fields: tuple[str, ...], *, spoken: bool) -> Fields:
    shown: Fields = {"id": str(name)}
    for field in fields:
        if item.get(field, "") != "":
            shown |= _shown(field, item[field], spoken=spoken)
    return shown


def _shown(field: str, value: Any, *, spoken: bool) -> Fields:  # noqa: ANN401 - an attribute may be anything
    if field in SPOKEN:
        return _said(field, str(value), spoken=spoken)
    return {field.removesuffix("_ms"): moment(value)} if field in TIMES else {field: value}


def _said(field: str, text: str, *, spoken: bool) -> Fields:
    return {field: text if spoken else f"{len(text)} characters"}
