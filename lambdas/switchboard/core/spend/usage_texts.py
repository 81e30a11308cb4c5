"""What a person is told of what they spend: the warning, the refusal, and the answer to /usage."""

from datetime import date
from decimal import Decimal

from switchboard.core.skills.spec import Command, ToolContext
from switchboard.core.spend.ledger import (
    MICRO,
    Ledger,
    Reservation,
    SpendCaps,
    SpendLimits,
    SpendStatus,
    Verdict,
    resets,
)


def usage_command(limits: SpendLimits, ledger: Ledger) -> Command:
    def run(_rest: str, context: ToolContext) -> str:
        today = context.now.date().isoformat()
        standing = ledger.standing(context.person, today)
        return usage(standing, limits.person, day=today, exempt=limits.exempts(context.address))

    return Command("what you have used, and when it resets", run)


def warning(warn_at: Decimal) -> str:
    return f"(You have used over {warn_at:.0%} of what I may spend on you. /usage tells you more.)"


def refusal(reservation: Reservation) -> str:
    """Kindly, and with the day on which it ends."""
    if reservation.verdict is Verdict.CLOSED:
        spent = "Everybody together has used up what I may spend for now"
    else:
        spent = "You have used up what I may spend on you for now"
    return f"{spent}, so I have to pause. {_again(reservation)}"


def abandoned(reservation: Reservation) -> str:
    """Of a turn whose worker vanished, when there is no room for another attempt."""
    broken = "Something went wrong on my side, and trying again would cost more than I may spend for now"
    return f"{broken}. {_again(reservation)}"


def usage(standing: SpendStatus, caps: SpendCaps, *, day: str, exempt: bool) -> str:
    """Today's and this month's spend against the caps, in a short sentence."""
    today, month = standing.day.settled, standing.month.settled
    if exempt:
        return f"You have used {_dollars(today)} today and {_dollars(month)} this month; you have no limit."
    return (
        f"You have used {_of(today, caps.day)} today and {_of(month, caps.month)} this month. "
        f"A new day begins on {_midnight(resets(SpendStatus(), day, caps))}."
    )


def _again(reservation: Reservation) -> str:
    return f"I can answer again from {_midnight(reservation.resets)}."


def _of(spent: int, cap: int) -> str:
    share = f" ({Decimal(spent) / cap:.0%})" if cap else ""
    return f"{_dollars(spent)} of {_dollars(cap)}{share}"


def _dollars(amount: int) -> str:
    return f"${Decimal(amount) / MICRO:.2f}"


def _midnight(day: str) -> str:
    begins = date.fromisoformat(day)
    return f"{begins.day} {begins:%B} at 00:00 UTC"
