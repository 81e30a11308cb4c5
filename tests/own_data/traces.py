"""What is left of somebody, and what may be."""

from collections.abc import Mapping

from switchboard.core.stored_data.inventory import CONVERSATIONS as TALKS
from switchboard.core.stored_data.inventory import PEOPLE as PERSONS
from switchboard.core.stored_data.inventory import ErasurePolicy, RecordKind, kind_of

from tests.own_data.house import House, Item
from tests.own_data.resident import Resident
from tests.tables import PEOPLE

Key = tuple[str, str, str]


def kind(key: Key) -> RecordKind | None:
    table, pk, sk = key
    return kind_of(PERSONS if table == PEOPLE else TALKS, pk, sk)


def kept_by_law(key: Key, item: Item) -> bool:
    """Consent entries and opt-outs; and, for a while, the empty shell of a conversation."""
    found = kind(key)
    assert found, key
    shell = {"pk", "sk", "gone", "buried", "expires"}
    return found.fate is ErasurePolicy.KEPT or (found.sk == "STATE" and item.keys() == shell)


def left(house: House, of: Resident) -> Mapping[Key, Item]:
    """Items in which somebody can still be recognized, though no law keeps them."""
    return {
        key: item
        for key, item in house.items().items()
        if any(trace in repr(item) for trace in of.traces) and not kept_by_law(key, item)
    }


def owned(house: House, by: Resident) -> Mapping[Key, Item]:
    return {
        key: item for key, item in house.items().items() if any(trace in repr(item) for trace in by.traces)
    }
