"""Somebody with everything that a person can have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.adapters.dynamo.idempotency import DynamoIdempotency
from switchboard.adapters.dynamo.people.tickets import DynamoTickets
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.core.conversation.turn import turn_of
from switchboard.core.idempotency import Made, Once
from switchboard.core.linking.codes import LinkCode
from switchboard.core.people.address import Address, ConversationId, PersonId, private_conversation
from switchboard.core.people.sockets import Socket
from switchboard.core.people.tickets import Principal
from switchboard.core.skills.records import Record
from switchboard.core.skills.reminders import ScheduledReminder
from switchboard.skills.calls.profiles.repository import ProfileBook

from tests.api.recorded import done, keep
from tests.own_data.house import TASKS, House
from tests.own_data.linked import ask, confirm, link
from tests.skills.calls.examples import GIST, call
from tests.tables import CONVERSATIONS, PEOPLE, RECORDINGS


@dataclass(frozen=True)
class Resident:
    """Somebody with everything: two linked channels, talks on both, consent, exports, tickets, requests."""

    name: str
    person: PersonId
    former: PersonId
    phone: Address
    page: Address
    export: str

    @property
    def conversation(self) -> ConversationId:
        return private_conversation(self.person)

    @property
    def traces(self) -> Sequence[str]:
        """Whatever would give them away."""
        return (self.name, self.person, self.former, self.phone.value, self.page.value)


def move_in(house: House, name: str, number: str) -> Resident:
    phone, page = Address("sms", number), house.sign_up(name)
    person, former = house.people.behind(phone), house.people.behind(page)
    for doubt in (False, True):
        house.part(house.talk(phone, f"{name} texts", f"{name} is answered"), doubt=doubt)
    house.talk(page, f"{name} types", f"{name} reads")
    house.say(phone, "STOP")
    house.say(phone, "START")
    _answer_keywords(house, person)
    house.merge(link(house, phone, page))
    _come_and_go(house, (person, former), phone, page, name)
    return Resident(name, person, former, phone, page, house.export(person, phone, key=name))


def _answer_keywords(house: House, person: PersonId) -> None:
    lease = house.hold(person)
    waiting = house.conversations.read(lease, house.held(lease)).waiting
    house.conversations.begin(lease, turn_of(waiting), waiting)
    house.conversations.release(lease)


def _come_and_go(house: House, selves: Sequence[PersonId], phone: Address, page: Address, name: str) -> None:
    person = selves[0]
    now = house.clock.now_ms()
    DynamoTickets(house.dynamodb, PEOPLE).issue(f"ticket-{name}", Principal(person, page), expires=now)
    DynamoConnections(house.dynamodb, CONVERSATIONS).opened(
        Socket(f"socket-{name}", private_conversation(person), page), at_ms=now
    )
    once = Once(person, name, "POST /links")
    answers = DynamoIdempotency(house.dynamodb, PEOPLE)
    answers.claim(once, now_ms=now)
    answers.keep(once, Made("answer"), now_ms=now)
    neighbour = Address("sms", phone.value.replace("+1206", "+1360"))
    confirm(house, phone, neighbour)
    ask(house, neighbour, page)
    house.links.offer(f"VOID{name}", LinkCode(person, phone, now))
    house.links.offer(f"GOOD{name}", LinkCode(person, phone, now))
    house.erasure_service.ask(person)
    house.say(page, f"{name} waits")
    records = DynamoRecords(house.dynamodb, TASKS)
    records.write(*(Record(f"PERSON#{who}", "TASK#1", {"name": f"{name} runs"}) for who in selves))
    for number, who in enumerate(selves):
        _record_calls(house, who, number, name)
    house.schedules.set(ScheduledReminder(person, phone, "tasks", time(7), "Europe/Oslo"))


def _record_calls(house: House, person: PersonId, number: int, name: str) -> None:
    """One that is done, one whose recording is still being uploaded in parts, and a profile."""
    book, blobs = house.call_files.book, house.call_files.blobs
    chance = f"{number}-{name}".encode().hex()
    keep(done(person, number, secret=name, name=f"a{chance}"), book, blobs, name)
    uploading = replace(call(), id=f"b{chance}", person=person, metadata={"title": f"{name} calls"})
    begun = S3Blobs(house.s3, RECORDINGS).begin(f"uploads/b{chance}/call.wav", content_type="audio/wav")
    book.add(replace(uploading, upload=begun))
    book.wait(uploading.id, "token")
    ProfileBook(book.records, person).save(replace(GIST, name=name))
