"""Which country a number belongs to, what a text there costs, and which countries are blocked.

The prices are examples of the right size, not the carrier's list.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Country:
    iso: str
    mcc: str
    mnc: str
    message_price: Decimal
    carrier_fee: Decimal


@dataclass(frozen=True, slots=True)
class Cost:
    message: Decimal
    carrier: Decimal

    @property
    def total(self) -> Decimal:
        return self.message + self.carrier


UNITED_STATES = Country("US", "310", "800", Decimal("0.00830"), Decimal("0.00350"))
CANADA = Country("CA", "302", "720", Decimal("0.00830"), Decimal("0.00550"))
BRITAIN = Country("GB", "234", "15", Decimal("0.04000"), Decimal(0))
PORTUGAL = Country("PT", "268", "01", Decimal("0.03500"), Decimal(0))

# The longest prefix wins. A country that is None is known and blocked, like every prefix that is not here.
PREFIXES: dict[str, Country | None] = {
    "1": UNITED_STATES,
    **dict.fromkeys(("1204", "1236", "1250", "1306", "1403", "1416", "1418", "1438", "1506"), CANADA),
    **dict.fromkeys(("1514", "1519", "1587", "1604", "1613", "1647", "1705", "1778", "1902", "1905"), CANADA),
    **dict.fromkeys(("1242", "1246", "1264", "1268", "1284", "1345", "1441", "1473", "1649", "1664")),
    **dict.fromkeys(("1658", "1721", "1758", "1767", "1784", "1809", "1829", "1849", "1868", "1869", "1876")),
    "44": BRITAIN,
    "351": PORTUGAL,
}


def country_of(number: str) -> Country | None:
    """None where the protect configuration blocks."""
    digits = number.removeprefix("+")
    prefixes = (digits[:length] for length in range(4, 0, -1))
    return next((PREFIXES[prefix] for prefix in prefixes if prefix in PREFIXES), None)


def cost_of(country: Country, *, parts: int) -> Cost:
    return Cost(country.message_price * parts, country.carrier_fee * parts)
