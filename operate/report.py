"""What the command says: tables for people, JSON for programs."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from operate.repairs import Done
from operate.show import moment
from operate.stuck import Finding

HEADS = ("id", "state", "since", "next: make …")


def findings(found: Sequence[Finding], *, now_ms: int) -> str:
    if not found:
        return "Nothing is stuck."
    rows = [(str(each.id), _state(each), _age(now_ms - each.since_ms), each.next) for each in found]
    return table((HEADS, *rows))


def findings_json(found: Sequence[Finding]) -> str:
    return _json(
        [
            {"id": str(each.id), "state": each.state, "count": each.count, "since": moment(each.since_ms)}
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


def _state(finding: Finding) -> str:
    return f"{finding.count} {finding.state}" if finding.count > 1 else finding.state


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return str(value)


def _age(milliseconds: int) -> str:
    minutes = max(0, milliseconds) // 60_000
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"
