"""A turn as its holder writes it: while it is made, and when it is finished."""

from switchboard.adapters.dynamo.conversation.codec import turn_item
from switchboard.adapters.dynamo.conversation.overdue_index import OverdueKind
from switchboard.adapters.dynamo.table.items import Item
from switchboard.core.conversation.turn import Turn, TurnState

PROGRESS = (
    "SET #state = :state, #text = :text, page = :page, rest = :rest, beats = :beats, #usage = :usage,"
    " cost = :cost, quoted = :quoted, withheld = :withheld"
)
GAVE_UP = ", waiting = :waiting, waiting_since = :since"
WRITTEN = ("state", "text", "page", "rest", "beats", "usage", "cost", "quoted", "withheld")
NAMES = {"#state": "state", "#text": "text", "#usage": "usage"}


def written(turn: Turn) -> tuple[str, Item]:
    """The change and its values; a turn that failed is found by the index of what waits for an operator."""
    item = turn_item(turn)
    values = {f":{name}": item[name] for name in WRITTEN}
    if turn.state is not TurnState.FAILED:
        return PROGRESS, values
    return PROGRESS + GAVE_UP, values | {":waiting": OverdueKind.TURN.value, ":since": turn.at_ms}
