"""What a channel is, told by its capabilities: core never asks for a channel's name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from switchboard.core.channels.policy import Policy


class OutgoingPage(NamedTuple):
    """What is sent now, and what waits until the person asks for more."""

    text: str
    rest: str


Paginate = Callable[[str], OutgoingPage]


def whole(text: str) -> OutgoingPage:
    """The pagination of a channel that shows a reply of any length."""
    return OutgoingPage(text, "")


def unbilled(_text: str) -> int:
    """The parts of a channel that sends for nothing."""
    return 0


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """Everything the rest of the house may know of a channel.

    `policy` says what it may be used for. `ingress` says how messages arrive: on a topic that a
    carrier publishes to, or over the socket. `topics` are those that a service of AWS publishes to, by name,
    and the service. `authenticated` means that the sender of a message has proved
    who they are; a phone number can be forged, so nothing is granted to one for being the sender.
    `streams` means that words go out as they are made, on the socket the prompt came by; such a
    channel has no delivery queue. `parts` counts what a page is billed as, and `page_parts` is the most
    that a page can be; both are 0 where sending costs nothing. `permissions` are the exact verbs its
    delivery needs on the channel's own resources; `deliver_env` names the environment variables of its
    `deliver_*` function.
    """

    name: str
    ingress: Literal["topic", "socket"]
    streams: bool
    max_chars: int
    markdown: bool
    policy: Policy
    paginate: Paginate = whole
    parts: Callable[[str], int] = unbilled
    page_parts: int = 0
    topics: Mapping[str, str] = field(default_factory=dict)
    authenticated: bool = False
    permissions: tuple[str, ...] = ()
    deliver_env: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel's receipt: its own id of what it took."""

    channel_message_id: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One part of a reply, ready to send; `context` are our ids, which delivery events bring back."""

    to: str
    text: str
    context: Mapping[str, str] = field(default_factory=dict)


class Sender(Protocol):
    """Errors: Undeliverable (never retry), Retryable (the channel is busy or down)."""

    def send(self, outgoing: Outgoing) -> Sent: ...
