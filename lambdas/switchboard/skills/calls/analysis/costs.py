"""What a call costs, in micro-dollars: listening by the minute, reading by the token."""

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from switchboard.core.model.names import Names
from switchboard.core.model.token_estimates import request_tokens
from switchboard.core.model.types import Request, Usage
from switchboard.core.spend.ledger import micros
from switchboard.core.spend.prices import PriceBook
from switchboard.skills.calls.analysis.planning import REPAIR_TOKENS
from switchboard.skills.calls.domain.files import MOST_SECONDS

_MINUTE_MS: Final = 60_000


def listening(duration_ms: int, transcriber: str, prices: PriceBook) -> int:
    """A transcriber that the book does not list costs what the dearest one does."""
    dearest = max(prices.minutes.values(), default=Decimal(0))
    return micros(prices.minutes.get(transcriber, dearest) * duration_ms / _MINUTE_MS)


def longest_ms(seconds: float) -> int:
    """What is paid for at most: longer recordings are turned down by whoever transcribes."""
    return math.ceil(1000 * min(MOST_SECONDS, seconds))


def reading(usages: Iterable[Usage], prices: PriceBook) -> int:
    return micros(sum((prices.cost(usage) for usage in usages), Decimal(0)))


def worst(requests: Iterable[Request], *, models: Names, prices: PriceBook) -> int:
    """Every request repaired, by the dearest of its role's models when it names none."""
    return reading((_worst(request, prices.dearest(models[request.role])) for request in requests), prices)


def _worst(request: Request, model: str) -> Usage:
    prompt = 2 * request_tokens(request) + request.max_tokens + REPAIR_TOKENS
    return Usage(request.model or model, prompt=prompt, completion=2 * request.max_tokens)
