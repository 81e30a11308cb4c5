"""What a turn costs, to the millionth of a dollar."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.model import Usage
from switchboard.core.prices import PriceBook, TokenPrice
from switchboard.runtime.prices import price_book

SMALL = TokenPrice(prompt=Decimal(2), cached=Decimal(1), completion=Decimal(10))
DEAREST = TokenPrice(prompt=Decimal(10), cached=Decimal(10), completion=Decimal(50))
BOOK = PriceBook({"small": SMALL}, unknown=DEAREST)

tokens = st.integers(min_value=0, max_value=10_000_000)
usages = st.builds(
    lambda prompt, share, completion: Usage("small", prompt, prompt * share // 100, completion),
    tokens,
    st.integers(min_value=0, max_value=100),
    tokens,
)


def test_cached_tokens_have_their_own_price() -> None:
    assert BOOK.cost(Usage("small", 1_000_000, 400_000, 100_000)) == Decimal("2.6")


def test_an_unknown_model_costs_what_the_book_says_of_unknown_ones() -> None:
    assert BOOK.cost(Usage("new", 1_000_000, 0, 0)) == Decimal(10)


def test_nothing_costs_nothing() -> None:
    assert BOOK.cost(Usage()) == 0


@given(usages, usages)
def test_two_calls_cost_what_each_costs(one: Usage, other: Usage) -> None:
    assert BOOK.cost(one + other) == BOOK.cost(one) + BOOK.cost(other)


def test_the_book_on_file_charges_the_dearest_price_for_what_it_does_not_know() -> None:
    book = price_book()
    for price in book.models.values():
        assert price.prompt <= book.unknown.prompt
        assert price.cached <= book.unknown.cached
        assert price.completion <= book.unknown.completion
