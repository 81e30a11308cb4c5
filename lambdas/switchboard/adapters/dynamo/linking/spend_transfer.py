"""Spending follows whoever is linked or unlinked: sums are added once, however often that is tried.

The month of somebody whose sums were carried says how much, and to whom: `carried`, `carried_to`.
"""

from switchboard.adapters.dynamo.linking.person_snapshot import person_key
from switchboard.adapters.dynamo.table.items import Item
from switchboard.adapters.dynamo.table.transactions import Write, as_read, put, update
from switchboard.core.people.address import PersonId

SUMS = ("committed", "settled")


def carrying(table: str, sheet: Item, heir: PersonId) -> list[Write]:
    """The two updates that add to an heir's month what was not added yet; none when there is nothing."""
    sums = _sums(sheet)
    added = _since(sums, sheet, heir)
    if not added:
        return []
    unchanged, read = as_read(sheet, *SUMS, "carries")
    adds = ", ".join(f"#{name} :{name}" for name in added)
    gets = update(
        table,
        person_key(heir, sheet["sk"]),
        f"SET expires = :expires ADD {adds}",
        values={f":{name}": amount for name, amount in added.items()} | {":expires": sheet["expires"]},
        names={f"#{name}": name for name in added},
    )
    gives = update(
        table,
        {"pk": sheet["pk"], "sk": sheet["sk"]},
        "SET carried = :sums, carried_to = :heir, carries = :carries",
        only_if=unchanged,
        values={":sums": sums, ":heir": heir, ":carries": sheet.get("carries", 0) + 1, **read},
    )
    return [gets, gives]


def copying(table: str, sheet: Item, newcomer: PersonId) -> list[Write]:
    """The month as it stands, for somebody who leaves; if they come back it is not added again."""
    if not sheet:
        return []
    left = {"carried": _sums(sheet), "carried_to": sheet["pk"].removeprefix("PERSON#"), "carries": 1}
    return [put(table, {**sheet, **person_key(newcomer, sheet["sk"]), **left})]


def _since(sums: Item, sheet: Item, heir: PersonId) -> Item:
    before = sheet.get("carried", {}) if sheet.get("carried_to") == heir else {}
    grown = {name: amount - before.get(name, 0) for name, amount in sums.items()}
    return {name: amount for name, amount in grown.items() if amount}


def _sums(sheet: Item) -> Item:
    return {name: amount for name, amount in sheet.items() if name.partition("_")[0] in SUMS}
