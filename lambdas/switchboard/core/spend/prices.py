"""What a turn costs, from a dated price book."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from switchboard.core.model.types import Usage
from switchboard.core.people.address import Address

MILLION = Decimal(1_000_000)
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TokenPrice:
    """US dollars for a million tokens."""

    prompt: Decimal
    cached: Decimal
    completion: Decimal

    def of(self, usage: Usage) -> Decimal:
        fresh = (usage.prompt - usage.cached) * self.prompt
        return (fresh + usage.cached * self.cached + usage.completion * self.completion) / MILLION


@dataclass(frozen=True, slots=True)
class PartPrice:
    """US dollars for a part of a text into a country, told by how its numbers begin."""

    prefixes: tuple[str, ...]
    part: Decimal
    carrier_fee: Decimal

    @property
    def whole(self) -> Decimal:
        return self.part + self.carrier_fee


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Prices as of a date; whatever it does not list costs what it says of `unknown` or of `default`.

    `parts` are, by channel, prices of a part by country; `categories`, by channel, those of a whole
    message by its category; `minutes` what a transcriber takes for a minute.
    """

    models: Mapping[str, TokenPrice]
    unknown: TokenPrice
    as_of: date = date.min
    parts: Mapping[str, Mapping[str, PartPrice]] = field(default_factory=dict)
    categories: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    minutes: Mapping[str, Decimal] = field(default_factory=dict)

    def cost(self, usage: Usage) -> Decimal:
        """US dollars for what the model read and wrote."""
        return self.models.get(usage.model, self.unknown).of(usage)

    def dearest(self, models: Iterable[str]) -> str:
        """The model that an answer would cost most from; `unknown` when none is named."""
        probe = Usage(prompt=1, completion=1)
        return max(models, key=lambda name: self.models.get(name, self.unknown).of(probe), default=UNKNOWN)

    def part(self, address: Address) -> Decimal:
        """US dollars for one part to that address; nothing on a channel that the book does not list."""
        countries = self.parts.get(address.channel)
        if not countries:
            return Decimal(0)
        fitting = [
            (len(prefix), price.whole)
            for price in countries.values()
            for prefix in price.prefixes
            if address.value.startswith(prefix)
        ]
        return max(fitting)[1] if fitting else countries["default"].whole
