"""What is taken of tasks, whichever way it is said: as a command, by the model, by a request."""

from decimal import Decimal
from typing import Final

LONGEST_TITLE: Final = 60
SMALLEST_AMOUNT: Final = Decimal("0.01")
LARGEST_AMOUNT: Final = Decimal(1_000_000)
AMOUNT: Final = r"([1-9][0-9]{0,5}(\.[0-9]{1,2})?|1000000(\.00?)?|0\.([1-9][0-9]?|0[1-9]))"
"""An amount between those, in digits."""
MOST_TIMES_A_WEEK: Final = 50
LONGEST_EFFORT: Final = 1_440
"""Minutes that a rep takes: a day."""
NUMBER_DIGITS: Final = 8
"""Of the number that a task, or an answer to choose, goes by."""
LARGEST_NUMBER: Final = 10**NUMBER_DIGITS - 1


def countable(value: Decimal) -> bool:
    return SMALLEST_AMOUNT <= value <= LARGEST_AMOUNT
