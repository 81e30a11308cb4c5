"""The price book, read from the file that operators edit."""

import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import Any

from switchboard.core.prices import PriceBook, TokenPrice


def price_book() -> PriceBook:
    book = tomllib.loads(files("switchboard").joinpath("prices.toml").read_text())
    models = {name: _price(entry) for name, entry in book["models"].items()}
    return PriceBook(models=models, unknown=models["unknown"])


def _price(entry: dict[str, Any]) -> TokenPrice:
    return TokenPrice(**{name: Decimal(amount) for name, amount in entry.items()})
