"""Adding, finding and reporting cost the same with ten tasks as with a thousand (the bench: ten thousand)."""

import pytest

from bench.reps import ASKED, Cost, costs, inventory

FEW, MANY = 10, 1_000


@pytest.fixture(scope="module")
def measured() -> dict[int, dict[str, Cost]]:
    return {size: costs(inventory(size)) for size in (FEW, MANY)}


@pytest.mark.parametrize("asked", ASKED)
def test_it_costs_the_same_calls_and_bytes(measured: dict[int, dict[str, Cost]], asked: str) -> None:
    few, many = (measured[size][asked] for size in (FEW, MANY))
    assert many.calls <= few.calls
    assert many.read <= few.read * 1.1
    assert many.written <= few.written * 1.1


def test_nothing_takes_more_than_some_thirty_calls(measured: dict[int, dict[str, Cost]]) -> None:
    assert max(cost.calls for cost in measured[MANY].values()) <= 32
