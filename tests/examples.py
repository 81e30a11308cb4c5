"""People, messages and turns to test with; every number is from the range reserved for fiction."""

from switchboard.core.conversation.store import PACE_MS
from switchboard.core.conversation.turn import Turn, turn_of
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import Address, ConversationId, PersonId, private_conversation

from tests.fakes.clock import EPOCH_MS

ADA = PersonId("ada")
ADAS_PHONE = Address("sms", "+12065550150")
ADAS_PAGE = Address("web", "ada-account")
BABBAGES_PHONE = Address("sms", "+12065550151")
CONVERSATION: ConversationId = private_conversation(ADA)


def text(number: int, words: str = "", *, address: Address = ADAS_PHONE) -> Inbound:
    """The nth thing that Ada texts, no faster than she may."""
    return Inbound(
        address=address,
        message_id=f"text-{number}",
        text=words or f"text {number}",
        at_ms=EPOCH_MS + number * PACE_MS,
        person=ADA,
    )


def prompt(number: int, words: str = "", *, stream: str = "socket-1") -> Inbound:
    """The nth thing that Ada types on the page."""
    return Inbound(
        address=ADAS_PAGE,
        message_id=f"prompt-{number}",
        text=words or f"prompt {number}",
        at_ms=EPOCH_MS + number * PACE_MS,
        stream=stream,
        person=ADA,
    )


def turn(number: int, words: str = "") -> Turn:
    return turn_of([text(number, words)])
