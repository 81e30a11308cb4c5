"""Whatever comes late, to a conversation that is being erased or was, is refused and recreates nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from switchboard.adapters.dynamo.linking.merge import DynamoMergeStore
from switchboard.adapters.dynamo.operations.repairs import DynamoRepairs
from switchboard.adapters.dynamo.people.profiles import DynamoProfiles
from switchboard.core.channels.delivery import DeliveryEvent, PartKey, PartState
from switchboard.core.conversation.store import ConversationErased, Lease
from switchboard.core.conversation.turn import Turn, TurnState, turn_of
from switchboard.core.errors import LeaseLost
from switchboard.core.messages.keywords import Keyword
from switchboard.core.messages.message import Inbound
from switchboard.core.operations.repairs import AuditStamp
from switchboard.core.people.address import Address, private_conversation
from switchboard.core.people.profiles import VersionConflict
from switchboard.core.personal_data.export_requests import Export, ExportState
from switchboard.core.spend.ledger import Reservation

from tests.own_data.house import House
from tests.own_data.linked import link
from tests.own_data.resident import Resident
from tests.own_data.snapshot import Snapshot
from tests.tables import CONVERSATIONS, PEOPLE

Late = Callable[[House, Resident, Lease, Turn], object]


def message(of: Resident, words: str = "late", keyword: Keyword | None = None) -> Inbound:
    return Inbound(of.phone, "late-1", words, 1_900_000_000_000, person=of.person, keyword=keyword)


def part(of: Resident, turn: Turn) -> PartKey:
    return PartKey(of.conversation, turn.id)


def keep(house: House, of: Resident, *_: object) -> None:
    for late in (message(of), message(of, "STOP", Keyword.STOP)):
        with pytest.raises(ConversationErased):
            house.mailbox.keep(of.conversation, late)
    with pytest.raises(ConversationErased):
        house.mailbox.keep(private_conversation(of.former), replace(message(of), address=of.page))


def hold(house: House, of: Resident, lease: Lease, turn: Turn) -> None:
    conversations = house.conversations
    assert conversations.acquire(replace(lease, token="another"), now_ms=0, until_ms=1) is None
    done = replace(turn, state=TurnState.ANSWERED, text="late", cost="0.000042")
    steps: tuple[Callable[[], object], ...] = (
        lambda: conversations.renew(lease, until_ms=1),
        lambda: conversations.begin(lease, turn_of([message(of)]), []),
        lambda: conversations.checkpoint(lease, turn),
        lambda: conversations.finish(lease, done),
        lambda: conversations.release(lease),
        lambda: conversations.let_go(lease),
    )
    for step in steps:
        with pytest.raises(LeaseLost):
            step()


def deliver(house: House, of: Resident, _lease: Lease, turn: Turn) -> None:
    deliveries, key = house.deliveries, part(of, turn)
    assert deliveries.intend(key) is PartState.GONE
    assert deliveries.intend(key, unless_opted_out=of.phone, after="before") is PartState.GONE
    deliveries.refuse(key, "window_closed")
    for state in (PartState.SENT, PartState.WITHDRAWN, PartState.UNKNOWN_AFTER_SEND):
        deliveries.record(key, state, detail="late")
    deliveries.settle(DeliveryEvent(key, "DELIVERED", final=True, parts=1, price=Decimal(1)))


def reach(house: House, of: Resident, _lease: Lease, turn: Turn) -> None:
    house.mailbox.redirect(of.conversation, turn.id, stream="socket", after=0)
    house.mailbox.stop(of.conversation, turn.id)


def repair(house: House, of: Resident, _lease: Lease, turn: Turn) -> None:
    repairs, hand = DynamoRepairs(house.dynamodb, CONVERSATIONS), AuditStamp("operator", 1_900_000_000_000)
    assert not repairs.withdraw(part(of, turn), hand)
    assert not repairs.close_part(part(of, turn), hand)
    assert not repairs.close_turn(part(of, turn), hand)


def change_profile(house: House, of: Resident, *_: object) -> None:
    with pytest.raises(VersionConflict):
        DynamoProfiles(house.dynamodb, PEOPLE, CONVERSATIONS).rezone(of.person, "Europe/Oslo", version=1)


def export(house: House, of: Resident, *_: object) -> None:
    assert not house.exports.change(of.person, Export(of.export, 0, ExportState.DONE))


def merge(house: House, of: Resident, *_: object) -> None:
    removal = DynamoMergeStore(house.dynamodb, PEOPLE, CONVERSATIONS)
    assert removal.heirs(of.former) == []


LATE: tuple[Late, ...] = (keep, hold, deliver, reach, repair, change_profile, export, merge)


@dataclass(frozen=True)
class Aftermath:
    """Somebody was erased while a worker had a turn of theirs open."""

    house: House
    ada: Resident
    lease: Lease
    turn: Turn


@pytest.fixture(scope="module")
def erased(moved_in: Snapshot) -> Aftermath:
    house, ada = moved_in.restored(), moved_in.residents[0]
    said = house.say(ada.phone, "while they leave")
    lease = house.hold(ada.person)
    turn = replace(turn_of([said]), reservation=Reservation("2027-01-15", 100))
    house.conversations.begin(lease, turn, [said])
    job = house.forget(ada.person, ada.phone)
    house.clock.advance(120)
    house.eraser().run(job)
    return Aftermath(house, ada, lease, turn)


@pytest.mark.parametrize("late", LATE, ids=lambda late: late.__name__)
def test_what_comes_late_recreates_nothing(late: Late, erased: Aftermath) -> None:
    before = erased.house.items()
    late(erased.house, erased.ada, erased.lease, erased.turn)
    assert erased.house.items() == before


def test_turns_that_are_being_brought_along_stop_at_a_closed_conversation(
    house: House, ada: Resident, bob: Resident
) -> None:
    job = link(house, ada.phone, bob.phone)
    wait = house.hold(bob.person)
    waiting = house.conversations.read(wait, house.held(wait)).waiting
    house.conversations.begin(wait, turn_of(waiting), waiting)
    house.conversations.release(wait)
    erasure = house.forget(ada.person, ada.phone)
    house.eraser().run(erasure)
    house.merge(job)
    assert not any(of.name in house.everything() for of in (ada, bob))


def test_a_message_that_comes_meanwhile_is_kept_for_somebody_new(house: House, ada: Resident) -> None:
    house.eraser().run(house.forget(ada.person, ada.phone))
    fresh = house.say(ada.phone, "hello again").person
    assert fresh not in {ada.person, ada.former}
    assert house.items()[CONVERSATIONS, f"CONV#{private_conversation(fresh)}", "STATE"]["came"] == 1


def test_a_page_that_was_open_cannot_speak_for_the_erased(house: House, ada: Resident) -> None:
    house.eraser().run(house.forget(ada.person, ada.phone))
    with pytest.raises(ConversationErased):
        house.mailbox.keep(ada.conversation, replace(message(ada), address=Address("web", ada.page.value)))
