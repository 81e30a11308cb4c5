"""What the command says: tables for people, JSON for programs."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from switchboard.adapters.operations.ids import Letters
from switchboard.core.operations.stuck import Action, StuckItem

from operate.repairs import Done
from operate.show import moment

HEADS = ("id", "state", "since", "next: make …")
UNKNOWN = "?"


def findings(found: Sequence[StuckItem], *, now_ms: int) -> str:
    if not found:
        return "Nothing is stuck."
    rows = [(each.id, _state(each), _age(each.since_ms, now_ms), _next(each)) for each in found]
    return table((HEADS, *rows))


def findings_json(found: Sequence[StuckItem]) -> str:
    return _json(
        [
            {"id": each.id, "state": each.state, "count": each.count, "since": _moment(each.since_ms)}
            for each in found
        ]
    )


def things(shown: Sequence[Mapping[str, Any]]) -> str:
    return "\n\n".join(table([(name, _text(value)) for name, value in each.items()]) for each in shown)


def things_json(shown: Sequence[Mapping[str, Any]]) -> str:
    return _json(list(shown))


def done(each: Done) -> str:
    return f"{each.id}: {each.outcome}."


def done_json(all_done: Sequence[Done]) -> str:
    return _json([{"id": each.id, "outcome": each.outcome} for each in all_done])


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=str)


def _state(finding: StuckItem) -> str:
    return f"{finding.count} {finding.state}" if finding.count > 1 else finding.state


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return str(value)


def _next(finding: StuckItem) -> str:
    """The targets of make that deal with it."""
    if Action.REDRIVE in finding.can:
        return f"redrive QUEUE={finding.id.removeprefix(str(Letters('')))}"
    if finding.can == (Action.CLOSE,):
        return f"close ID={finding.id}"
    if finding.can == (Action.RERUN,):
        return "rerun: signals again"
    return ", or ".join(finding.can)


def _moment(at_ms: int | None) -> str | None:
    return None if at_ms is None else moment(at_ms)


def _age(since_ms: int | None, now_ms: int) -> str:
    if since_ms is None:
        return UNKNOWN
    minutes = max(0, now_ms - since_ms) // 60_000
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"
