"""Turns and waiting messages as items, and back."""

from dataclasses import asdict
from typing import Any

from switchboard.core.conversation.turn import Turn, TurnState
from switchboard.core.messages.keywords import Keyword
from switchboard.core.messages.message import Inbound, Origin
from switchboard.core.model.types import ToolCall, Usage
from switchboard.core.people.address import Address, PersonId
from switchboard.core.spend.ledger import Reservation, Verdict

WAIT, TURN, CLAIM, PART, CONSENT, SOCKET = "WAIT#", "TURN#", "CLAIM#", "PART#", "CONSENT#", "SOCKET#"


def waiting_item(message: Inbound) -> dict[str, Any]:
    return {"sk": WAIT + message.key, **asdict(message)}


def waiting_message(item: dict[str, Any]) -> Inbound:
    return Inbound(
        address=Address(**item["address"]),
        message_id=item["message_id"],
        text=item["text"],
        at_ms=item["at_ms"],
        stream=item["stream"],
        stop=item["stop"],
        person=PersonId(item["person"]),
        to=item["to"],
        keyword=_keyword(item),
        origin=_origin(item),
        quoted=item.get("quoted", ""),
    )


def turn_item(turn: Turn) -> dict[str, Any]:
    return {"sk": TURN + turn.id, **asdict(turn), "beats": list(turn.beats), "withheld": _calls(turn)}


def turn_record(item: dict[str, Any]) -> Turn:
    names = Turn.__dataclass_fields__.keys() & item.keys()
    plain = {name: item[name] for name in names}
    return Turn(
        **{
            **plain,
            "person": PersonId(item["person"]),
            "address": Address(**item["address"]),
            "state": TurnState(item["state"]),
            "usage": Usage(**item["usage"]),
            "beats": tuple(item["beats"]),
            "keyword": _keyword(item),
            "origin": _origin(item),
            "reservation": _reservation(item),
            "withheld": tuple(ToolCall(**call) for call in item.get("withheld", ())),
        }
    )


def _calls(turn: Turn) -> list[dict[str, str]]:
    return [asdict(call) for call in turn.withheld]


def _reservation(item: dict[str, Any]) -> Reservation:
    kept = item["reservation"]
    return Reservation(**{**kept, "verdict": Verdict(kept["verdict"])})


def _origin(item: dict[str, Any]) -> Origin:
    return Origin(item.get("origin", Origin.PERSON))


def _keyword(item: dict[str, Any]) -> Keyword | None:
    said = item.get("keyword")
    return Keyword(said) if said else None
