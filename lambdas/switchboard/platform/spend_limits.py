"""The caps on spending, as the stacks write them into a function's environment."""

import json
from decimal import Decimal
from typing import Any

from switchboard.core.spend.ledger import SpendCaps, SpendLimits, micros


def from_json(text: str) -> SpendLimits:
    """Amounts are US dollars, in quotes; addresses that are exempt are digests."""
    given = json.loads(text)
    return SpendLimits(
        person=_caps(given, "person"),
        deployment=_caps(given, "deployment"),
        warn_at=Decimal(given["warn_at"]),
        exempt=frozenset(given["exempt"]),
    )


def _caps(given: dict[str, Any], who: str) -> SpendCaps:
    return SpendCaps(micros(given[f"{who}_day"]), micros(given[f"{who}_month"]))
