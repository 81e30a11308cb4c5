"""How a failed comparison of large values is told: in a moment, wherever it runs.

Where `CI` is set, pytest compares every line of both values as far as they go, which for two recordings
takes longer than any run may.
"""

from collections.abc import Iterator
from hashlib import sha256

from _pytest.assertion import util

LARGE = 20_000
"""Characters of both values as Python writes them."""
AROUND = 60
_compare = util.assertrepr_compare


def bound_comparisons() -> None:
    util.assertrepr_compare = _compared


def _compared(op: str, left: object, right: object, **how: object) -> Iterator[str]:
    written = repr(left), repr(right)
    if sum(map(len, written)) <= LARGE:
        return _compare(op, left, right, **how)  # type: ignore[arg-type]
    return _told(op, *written)


def _told(op: str, left: str, right: str) -> Iterator[str]:
    """Where they begin to differ; two values may be written alike and be different."""
    at = next((n for n, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, at - AROUND)
    yield f"large value {op} large value"
    yield ""
    for written in (left, right):
        digest = sha256(written.encode(errors="surrogatepass")).hexdigest()
        yield f"{len(written)} characters, SHA-256 {digest}, at {start}: {written[start : at + AROUND]}"
