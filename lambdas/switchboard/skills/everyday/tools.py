"""The clock and the memory, as the model may call them."""

import json
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from switchboard.core.errors import UserFacing
from switchboard.core.people.profiles import LONGEST_ZONE
from switchboard.core.skills.spec import Effect, PastExchange, Toolbox, ToolContext, never
from switchboard.skills.everyday.places import find
from switchboard.skills.tool import tool

_MOST: Final = 10
_LONGEST: Final = 160


class Somewhere(BaseModel):
    place: str = Field(
        description="A city alone (Lisbon) or an IANA time zone (Europe/Lisbon)", max_length=LONGEST_ZONE
    )


class HowFarBack(BaseModel):
    limit: int = Field(description=f"How many of the latest exchanges to return, 1 to {_MOST}")


def _offset(moment: datetime) -> str:
    digits = moment.strftime("%z")
    return f"UTC{digits[:3]}:{digits[3:5]}"


@tool(Effect.READS, quotes=never)
def current_time(args: Somewhere, context: ToolContext) -> str:
    """Tell the current local time, weekday and date in a place. Call it whenever time or date matters."""
    place = find(args.place)
    if place is None:
        raise UserFacing("That place is not known. Give one big city near it, or an IANA time zone.")
    local = context.now.astimezone(ZoneInfo(place.zone))
    return f"{local:%A %H:%M} in {place.name} ({place.zone}, {_offset(local)}), {local:%Y-%m-%d}"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return json.dumps(line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…", ensure_ascii=False)


def _line(said: PastExchange) -> str:
    at = f"{said.at:%Y-%m-%d %H:%M} UTC"
    return f"{at}: the person said {_quoted(said.asked)}, the answer was {_quoted(said.answered)}"


def _any_quoted(context: ToolContext) -> bool:
    return any(said.quoted for said in context.earlier)


@tool(Effect.READS, quotes=_any_quoted)
def earlier_messages(args: HowFarBack, context: ToolContext) -> str:
    """Look up what the person said earlier in this conversation, and what was answered, with times."""
    latest = context.earlier[-max(1, min(args.limit, _MOST)) :]
    if not latest:
        return "There are no earlier messages."
    return "\n".join(("Quoted from the record, oldest first:", *map(_line, latest)))


TOOLBOX: Final = Toolbox(tools=(current_time, earlier_messages))
