"""The price book, read from the file that operators edit."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from typing import TypeVar, cast

from switchboard.core.spend.prices import UNKNOWN, PartPrice, PriceBook, TokenPrice

SECTIONS = ("as_of", "models", "parts", "categories", "minutes")
TOKENS = ("prompt", "cached", "completion")
PART = ("prefixes", "part", "carrier_fee")

T = TypeVar("T")


class BadPriceBook(ValueError):
    """Says which price is missing or no price at all, and where."""


def price_book() -> PriceBook:
    return read(files("switchboard").joinpath("prices.toml").read_text(encoding="utf-8"))


def read(text: str) -> PriceBook:
    """Errors: BadPriceBook."""
    try:
        book = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPriceBook(f"the price book is no TOML: {error}") from None
    _only(book, SECTIONS, "the price book")
    models = {name: _tokens(entry, f"models.{name}") for name, entry in _table(book, "models").items()}
    parts = {name: _countries(_table(book["parts"], name, "parts."), name) for name in _table(book, "parts")}
    categories = _table(book, "categories")
    return PriceBook(
        models=models,
        unknown=_among(models, UNKNOWN, "models"),
        as_of=_as_of(book),
        parts=parts,
        categories={
            name: _prices(_table(categories, name, "categories."), f"categories.{name}")
            for name in categories
        },
        minutes=_prices(_table(book, "minutes"), "minutes"),
    )


def _as_of(book: Mapping[str, object]) -> date:
    value = book.get("as_of")
    if not isinstance(value, date) or isinstance(value, datetime):
        raise BadPriceBook("as_of must be a date, such as 2026-11-20")
    return value


def _tokens(entry: object, at: str) -> TokenPrice:
    fields = _fields(entry, TOKENS, at)
    price = TokenPrice(**{name: _price(fields[name], f"{at}.{name}") for name in TOKENS})
    if price.cached > price.prompt:
        raise BadPriceBook(f"{at}.cached must not exceed {at}.prompt")
    return price


def _countries(countries: Mapping[str, object], channel: str) -> dict[str, PartPrice]:
    found = {name: _part(entry, f"parts.{channel}.{name}") for name, entry in countries.items()}
    _among(found, "default", f"parts.{channel}")
    return found


def _part(entry: object, at: str) -> PartPrice:
    fields = _fields(entry, PART, at)
    prefixes = fields["prefixes"]
    if not isinstance(prefixes, list) or not all(isinstance(each, str) and each for each in prefixes):
        raise BadPriceBook(f'{at}.prefixes must be a list of beginnings of numbers, such as ["+1"]')
    return PartPrice(
        prefixes=tuple(prefixes),
        part=_price(fields["part"], f"{at}.part"),
        carrier_fee=_price(fields["carrier_fee"], f"{at}.carrier_fee"),
    )


def _prices(entries: Mapping[str, object], at: str) -> dict[str, Decimal]:
    return {name: _price(amount, f"{at}.{name}") for name, amount in entries.items()}


def _price(value: object, at: str) -> Decimal:
    """Text, since binary fractions are no money."""
    try:
        price = Decimal(value) if isinstance(value, str) else Decimal("nan")
    except InvalidOperation:
        price = Decimal("nan")
    if not price.is_finite() or price < 0:
        raise BadPriceBook(f'{at} must be an amount of dollars in quotes, such as "0.10"')
    return price


def _fields(entry: object, names: tuple[str, ...], at: str) -> dict[str, object]:
    if not isinstance(entry, dict):
        raise BadPriceBook(f"{at} must be a table with {', '.join(names)}")
    _only(entry, names, at)
    for name in names:
        _among(entry, name, at)
    return entry


def _only(entry: Mapping[str, object], names: tuple[str, ...], at: str) -> None:
    unknown = sorted(set(entry) - set(names))
    if unknown:
        raise BadPriceBook(f"{at} has no {unknown[0]!r}; there are {', '.join(names)}")


def _table(book: Mapping[str, object], name: str, at: str = "") -> Mapping[str, object]:
    value = book.get(name, {})
    if not isinstance(value, dict):
        raise BadPriceBook(f"{at}{name} must be a table")
    return cast("Mapping[str, object]", value)


def _among(entries: Mapping[str, T], name: str, at: str) -> T:
    if name not in entries:
        raise BadPriceBook(f"{at} lacks {name!r}")
    return entries[name]
