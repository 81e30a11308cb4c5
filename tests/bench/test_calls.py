"""What a turn asks of AWS is counted, not timed: so that it can be held to its budget in every run."""

from bench.calls import BUDGET, turn


def test_a_plain_turn_by_text_keeps_to_its_budget_of_aws_calls() -> None:
    calls, _ = turn(history=3)
    assert calls.total() <= BUDGET, calls


def test_a_turn_asks_no_more_of_aws_as_the_history_grows() -> None:
    few, few_bytes = turn(history=10)
    many, many_bytes = turn(history=200)
    assert few == many
    assert many_bytes <= 1.1 * few_bytes
