"""The table that a run prints."""

from collections.abc import Iterable, Sequence

from tests.faults.accounts import End
from tests.faults.deaths import Death
from tests.faults.inside.saboteur import AFTER, BEFORE
from tests.faults.trial import Result

Row = tuple[str, object]


def promises(result: Result) -> list[tuple[str, list[str]]]:
    """What must not have happened, and where it did."""
    accounts = result.accounts
    return [
        ("lost", accounts.lost),
        ("visible duplicates", accounts.doubled),
        ("out of order", accounts.misordered),
        ("unsettled reservations", accounts.unsettled),
        ("stuck conversations", accounts.stuck),
    ]


def table(result: Result) -> str:
    accounts, deaths = result.accounts, result.deaths
    steps = deaths.known()
    rows: list[Row] = [
        ("texts sent, each delivered five times", result.texts),
        ("turns", accounts.turns),
        *((end.value, accounts.ends[end]) for end in (End.ANSWERED, End.FELL_BACK, End.UNKNOWN)),
        ("turns taken up again after a death", accounts.turns_retried),
        ("parts sent in a later attempt", accounts.parts_retried),
        ("parts left unknown after send", accounts.parts_unknown),
        ("messages between functions repeated late", result.repeated),
        ("dead letters redriven", result.redriven),
        ("deaths", deaths.died.total()),
        ("steps died at, of all seen", f"{sum(bool(deaths.died[step]) for step in steps)}/{len(steps)}"),
        ("seconds", f"{result.seconds:.0f}"),
        *((name, len(found)) for name, found in promises(result)),
    ]
    return aligned(rows)


def step_table(result: Result) -> str:
    """Every step by its number, and how often its function died before and after it."""
    died = result.deaths.died
    rows = [
        (
            f"{place:3} {function}",
            f"{step[:90]}",
            *(died[Death(function, step, side)] for side in (BEFORE, AFTER)),
        )
        for place, (function, step) in enumerate(sorted(result.deaths.seen), 1)
    ]
    return aligned([("step", "call", "before", "after"), *rows])


def aligned(rows: Iterable[Sequence[object]]) -> str:
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
    return "\n".join(line.rstrip() for line in lines)
