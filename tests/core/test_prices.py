"""What a turn costs, to the millionth of a dollar."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.model.types import Usage
from switchboard.core.people.address import Address
from switchboard.core.spend.prices import PriceBook, TokenPrice
from switchboard.platform.prices import BadPriceBook, price_book, read

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


def test_the_dearest_of_several_models_is_reckoned_with() -> None:
    assert BOOK.dearest(["small", "new"]) == "new"
    assert BOOK.dearest(["small"]) == "small"
    assert BOOK.dearest([]) == "unknown"


WRITTEN = """
as_of = 2026-11-20
[models.unknown]
prompt = "10"
cached = "5"
completion = "50"
[parts.sms.default]
prefixes = []
part = "0.25"
carrier_fee = "0.01"
[parts.sms.US]
prefixes = ["+1"]
part = "0.01"
carrier_fee = "0.004"
[parts.sms.JM]
prefixes = ["+1658", "+1876"]
part = "0.1"
carrier_fee = "0"
[categories.whatsapp]
service = "0"
[minutes]
scribe = "0.01"
"""


@pytest.mark.parametrize(
    ("number", "price"), [("+12065550100", "0.014"), ("+18765550100", "0.1"), ("+33123", "0.26")]
)
def test_the_longest_beginning_of_a_number_tells_its_country(number: str, price: str) -> None:
    assert read(WRITTEN).part(Address("sms", number)) == Decimal(price)


def test_a_channel_that_the_book_does_not_list_costs_nothing() -> None:
    assert read(WRITTEN).part(Address("web", "account")) == 0


def test_messages_by_category_and_minutes_have_their_prices() -> None:
    book = read(WRITTEN)
    assert (book.categories["whatsapp"]["service"], book.minutes["scribe"]) == (Decimal(0), Decimal("0.01"))
    assert book.as_of == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("wrong", "right", "complaint"),
    [
        ("as_of = ", "as_of = 2026-11-20", "no TOML"),
        ('as_of = "today"', "as_of = 2026-11-20", "as_of must be a date"),
        ('prompt = "ten"', 'prompt = "10"', "models.unknown.prompt must be an amount of dollars"),
        ("prompt = 10.5", 'prompt = "10"', "models.unknown.prompt must be an amount of dollars"),
        ('prompt = "-1"', 'prompt = "10"', "models.unknown.prompt must be an amount"),
        ('prompt = "NaN"', 'prompt = "10"', "models.unknown.prompt must be an amount"),
        ("", 'completion = "50"', "models.unknown lacks 'completion'"),
        ('complete = "50"', 'completion = "50"', "models.unknown has no 'complete'"),
        ('cached = "11"', 'cached = "5"', "models.unknown.cached must not exceed"),
        ("[models.known]", "[models.unknown]", "models lacks 'unknown'"),
        ("[parts.sms.other]", "[parts.sms.default]", "parts.sms lacks 'default'"),
        ('prefixes = "+1"', 'prefixes = ["+1"]', "parts.sms.US.prefixes must be a list"),
        ('prefixes = [""]', 'prefixes = ["+1"]', "parts.sms.US.prefixes must be a list"),
        ("service = 0", 'service = "0"', "categories.whatsapp.service must be an amount"),
        ("[hours]", "[minutes]", "the price book has no 'hours'"),
    ],
)
def test_a_book_that_is_wrong_says_where(wrong: str, right: str, complaint: str) -> None:
    assert right in WRITTEN
    with pytest.raises(BadPriceBook, match=complaint):
        read(WRITTEN.replace(right, wrong, 1))
