"""The fate of parts in memory, and a channel that does as it is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from switchboard.core.channels.delivery import (
    IN_THE_AIR_MS,
    MAY_LEAVE,
    OPEN_FATES,
    DeliveryEvent,
    Overtaking,
    PartKey,
    PartState,
)
from switchboard.core.channels.spec import Outgoing, Sent
from switchboard.core.people.address import Address

DOUBTED = {
    PartState.UNKNOWN_AFTER_SEND: {PartState.INTENDED},
    PartState.WITHDRAWN: {PartState.INTENDED, PartState.UNKNOWN_AFTER_SEND},
}


@dataclass
class FakeDeliveries:
    states: dict[PartKey, PartState] = field(default_factory=dict)
    details: dict[PartKey, str] = field(default_factory=dict)
    events: dict[PartKey, DeliveryEvent] = field(default_factory=dict)
    claimed_at: dict[PartKey, int] = field(default_factory=dict)
    opted_out: set[Address] = field(default_factory=set)
    now_ms: Callable[[], int] = lambda: 0

    @property
    def open(self) -> set[PartKey]:
        return {key for key, state in self.states.items() if state in OPEN_FATES}

    def intend(
        self, key: PartKey, *, unless_opted_out: Address | None = None, after: str = ""
    ) -> PartState | None:
        earlier = self.states.get(key, PartState.WITHDRAWN)
        if earlier is not PartState.WITHDRAWN:
            return earlier
        if unless_opted_out in self.opted_out:
            return PartState.REFUSED
        now = self.now_ms()
        if after and self._flies(PartKey(key.conversation, after), now):
            raise Overtaking
        self.states[key], self.claimed_at[key] = PartState.INTENDED, now
        return None

    def _flies(self, key: PartKey, now_ms: int) -> bool:
        state = self.states.get(key, PartState.WITHDRAWN)
        if state is PartState.UNKNOWN_AFTER_SEND:
            return self.claimed_at[key] >= now_ms - IN_THE_AIR_MS
        return state in MAY_LEAVE

    def refuse(self, key: PartKey, reason: str) -> None:
        if self.states.get(key, PartState.WITHDRAWN) is PartState.WITHDRAWN:
            self.states[key], self.details[key] = PartState.REFUSED, reason

    def record(self, key: PartKey, state: PartState, *, detail: str = "") -> None:
        if self.states[key] not in DOUBTED.get(state, {self.states[key]}):
            return
        self.details[key] = detail
        if not self._final(key):
            self.states[key] = state

    def settle(self, event: DeliveryEvent) -> None:
        if event.key in self.states and not self._final(event.key):
            self.events[event.key], self.states[event.key] = event, event.tells

    def _final(self, key: PartKey) -> bool:
        return key in self.events and self.events[key].final


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
