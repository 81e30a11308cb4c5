"""The fate of parts in memory, and a channel that does as it is told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from switchboard.core.channel import Outgoing, Sent
from switchboard.core.delivery import DeliveryEvent, PartKey, PartState


@dataclass
class FakeDeliveries:
    states: dict[PartKey, PartState] = field(default_factory=dict)
    details: dict[PartKey, str] = field(default_factory=dict)
    events: dict[PartKey, DeliveryEvent] = field(default_factory=dict)

    def intend(self, key: PartKey) -> PartState | None:
        earlier = self.states.get(key, PartState.WITHDRAWN)
        if earlier is not PartState.WITHDRAWN:
            return earlier
        self.states[key] = PartState.INTENDED
        return None

    def record(self, key: PartKey, state: PartState, *, detail: str = "") -> None:
        self.states[key], self.details[key] = state, detail

    def settle(self, event: DeliveryEvent) -> None:
        earlier = self.events.get(event.key)
        if event.key in self.states and not (earlier and earlier.final):
            self.events[event.key] = event


@dataclass
class FakeSender:
    """Each send takes the next outcome; the last one is repeated."""

    outcomes: Sequence[Sent | BaseException] = (Sent("m-1"),)
    sent: list[Outgoing] = field(default_factory=list)

    def send(self, outgoing: Outgoing) -> Sent:
        outcome = self.outcomes[min(len(self.sent), len(self.outcomes) - 1)]
        self.sent.append(outgoing)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome
