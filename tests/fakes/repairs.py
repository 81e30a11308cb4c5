"""The operator's hand on fakes of conversations and deliveries."""

from dataclasses import dataclass, field

from switchboard.core.channels.delivery import PartKey, PartState
from switchboard.core.conversation.turn import Turn, TurnState
from switchboard.core.operations.repairs import IN_FLIGHT_MS, AuditStamp

from tests.fakes.conversations import FakeConversations
from tests.fakes.deliveries import FakeDeliveries


@dataclass
class FakeRepairs:
    conversations: FakeConversations = field(default_factory=FakeConversations)
    deliveries: FakeDeliveries = field(default_factory=FakeDeliveries)
    closed: dict[PartKey, str] = field(default_factory=dict)

    def turn(self, key: PartKey) -> Turn | None:
        return self.conversations.box(key.conversation).turns.get(key.turn)

    def failed(self, key: PartKey) -> Turn | None:
        turn = self.turn(key)
        is_open = turn is not None and turn.state is TurnState.FAILED and key not in self.closed
        return turn if is_open else None

    def withdraw(self, key: PartKey, hand: AuditStamp) -> bool:
        withdrawn = self.deliveries.states.get(key) is PartState.WITHDRAWN
        at_rest = self.deliveries.claimed_at.get(key, 0) < hand.at_ms - IN_FLIGHT_MS
        return (withdrawn or at_rest) and self._part(key, PartState.WITHDRAWN)

    def close_part(self, key: PartKey, _hand: AuditStamp) -> bool:
        return self._part(key, PartState.CLOSED)

    def close_turn(self, key: PartKey, _hand: AuditStamp, *, rerun_as: str = "") -> bool:
        if self.failed(key) is None:
            return False
        self.closed[key] = rerun_as
        return True

    def _part(self, key: PartKey, state: PartState) -> bool:
        if key not in self.deliveries.open:
            return False
        self.deliveries.states[key] = state
        return True
