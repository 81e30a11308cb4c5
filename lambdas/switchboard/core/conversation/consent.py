"""Who may be written to: the words a person says for it, and what they are answered."""

from dataclasses import replace

from switchboard.core.channels.policy import Policy
from switchboard.core.conversation.store import LeaseState
from switchboard.core.conversation.turn import Turn
from switchboard.core.messages.keywords import Keyword

ANSWERS = {
    Keyword.STOP: "You are opted out and will get no more messages from here. Reply START to come back.",
    Keyword.START: "Welcome back. Reply STOP to opt out again, HELP for help.",
    Keyword.HELP: "This is Switchboard, an automated assistant: write what you need. "
    "Reply STOP to opt out. Message and data rates may apply.",
}


def apply_consent(turn: Turn, held: LeaseState, policy: Policy) -> Turn:
    """The turn as consent allows it: to somebody who opted out it says nothing, but for one confirmation.

    START, and HELP, which people are owed whatever they agreed to, are always answered. A page needs no
    consent: it says itself with whom one speaks.
    """
    address = str(turn.address)
    if not policy.consents or turn.keyword in {Keyword.START, Keyword.HELP}:
        return turn
    if turn.keyword is Keyword.STOP:
        return replace(turn, silent=address in held.told)
    silent = address in held.opted_out
    return replace(turn, silent=silent, greets=not silent and address not in held.greeted)
