"""What a turn costs, from a dated price book."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from switchboard.core.model import Usage

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class TokenPrice:
    """US dollars for a million tokens."""

    prompt: Decimal
    cached: Decimal
    completion: Decimal


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Prices by model name, as of a date; an unknown model costs what the book says of `unknown`."""

    models: Mapping[str, TokenPrice]
    unknown: TokenPrice

    def cost(self, usage: Usage) -> Decimal:
        """US dollars for what the model read and wrote."""
        price = self.models.get(usage.model, self.unknown)
        fresh = (usage.prompt - usage.cached) * price.prompt
        return (fresh + usage.cached * price.cached + usage.completion * price.completion) / MILLION
