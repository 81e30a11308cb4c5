"""What a call costs is reckoned before and after."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.model.token_estimates import request_tokens
from switchboard.core.model.types import Request, Usage, User
from switchboard.core.spend.prices import PriceBook
from switchboard.skills.calls.analysis.costs import listening, longest_ms, reading, worst
from switchboard.skills.calls.analysis.prompting import repairing
from switchboard.skills.calls.domain.files import MOST_SECONDS

from tests.skills.calls.examples import PRICES


@pytest.mark.parametrize(
    ("duration_ms", "cost"), [(0, 0), (60_000, 10_000), (90_000, 15_000), (3_600_000, 600_000), (1, 1)]
)
def test_listening_costs_by_the_minute_and_is_rounded_up(duration_ms: int, cost: int) -> None:
    assert listening(duration_ms, "scribe", PRICES) == cost


def test_a_transcriber_without_a_price_costs_what_the_dearest_does() -> None:
    book = PriceBook(PRICES.models, PRICES.unknown, minutes={"a": Decimal("0.01"), "b": Decimal("0.02")})
    assert listening(60_000, "new", book) == 20_000
    assert listening(60_000, "new", PriceBook(PRICES.models, PRICES.unknown)) == 0


def test_no_more_is_set_aside_than_the_longest_recording_costs() -> None:
    assert longest_ms(12.5) == 12_500
    assert longest_ms(0.0001) == 1
    assert longest_ms(10**9) == MOST_SECONDS * 1000


def test_reading_costs_what_the_tokens_cost() -> None:
    assert reading([Usage("reader", prompt=1000, completion=100)] * 2, PRICES) == 2200


@given(st.text(max_size=300), st.integers(1, 2000))
def test_the_worst_case_covers_an_answer_that_has_to_be_mended(said: str, max_tokens: int) -> None:
    request = Request([User(said)], max_tokens=max_tokens)
    again = repairing(request, "x" * max_tokens * 3, ["answer.summary is missing"] * 5)
    usages = [
        Usage("reader", prompt=request_tokens(each), completion=max_tokens) for each in (request, again)
    ]
    assert worst([request], models={request.role: ("reader",)}, prices=PRICES) >= reading(usages, PRICES)
