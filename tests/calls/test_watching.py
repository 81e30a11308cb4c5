"""Every open page sees each status of a call; who asked hears once how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from switchboard.adapters.dynamo.conversation.connections import DynamoConnections
from switchboard.adapters.dynamo.conversation.mailbox import DynamoMailbox
from switchboard.adapters.dynamo.people.profiles import DynamoProfiles
from switchboard.core.conversation.notifier import Notifier
from switchboard.core.people.address import private_conversation
from switchboard.core.people.sockets import Socket
from switchboard.skills.calls.domain.call import Status
from switchboard.skills.calls.domain.failure_reasons import Reason
from switchboard.skills.calls.wiring.notifier import Pages, PagesAndNews

from tests.calls.conftest import Town
from tests.examples import ADAS_PAGE, ADAS_PHONE, BABBAGES_PHONE
from tests.fakes.topics import FakeSignals
from tests.skills.calls.examples import call
from tests.tables import CONVERSATIONS, PEOPLE

if TYPE_CHECKING:
    from switchboard.adapters.sockets import Sockets
    from switchboard.skills.calls.domain.call import Call


@dataclass
class Posted:
    """Stands in for the sockets; a connection called "gone" takes nothing."""

    frames: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def post(self, socket: Socket, frame: dict[str, Any]) -> bool:
        self.frames.append((socket.connection, frame))
        return socket.connection != "gone"


def watching(town: Town, posted: Posted) -> PagesAndNews:
    return PagesAndNews(
        pages=Pages(DynamoConnections(town.dynamodb, CONVERSATIONS), cast("Sockets", posted), town.clock),
        notifier=Notifier(DynamoMailbox(town.dynamodb, CONVERSATIONS), FakeSignals()),
        profiles=DynamoProfiles(town.dynamodb, PEOPLE, CONVERSATIONS),
    )


def opened(town: Town, connection: str) -> None:
    socket = Socket(connection, private_conversation(town.ada), ADAS_PAGE)
    DynamoConnections(town.dynamodb, CONVERSATIONS).opened(socket, at_ms=town.clock.now_ms())


def failed(town: Town) -> Call:
    told = replace(call(metadata={"title": "Acme"}), person=town.ada)
    return replace(told, tell=("sms", ADAS_PHONE.value)).moved(
        Status.FAILED, town.clock.now_ms(), Reason.SILENT
    )


def told(town: Town) -> list[str]:
    items = town.dynamodb.scan(TableName=CONVERSATIONS)["Items"]
    return [item["text"]["S"] for item in items if item["sk"]["S"].startswith("WAIT#")]


def test_every_open_page_sees_a_status_with_its_time_and_reason(town: Town) -> None:
    posted = Posted()
    opened(town, "gone")
    opened(town, "there")
    watching(town, posted).moved(failed(town))
    assert {connection for connection, _ in posted.frames} == {"gone", "there"}
    (_, frame), _ = posted.frames
    assert frame == {
        "type": "call",
        "id": failed(town).id,
        "status": "Failed",
        "at": "2027-01-15T08:00:00Z",
        "reason": {"code": "SILENT", "text": "No speech was heard in the recording."},
    }


def test_a_status_without_reason_says_so(town: Town) -> None:
    posted = Posted()
    opened(town, "there")
    watching(town, posted).moved(replace(call(), person=town.ada))
    ((_, frame),) = posted.frames
    assert (frame["status"], frame["reason"]) == ("PendingUpload", None)


def test_how_it_ended_is_told_once_however_often_it_is_heard(town: Town) -> None:
    for _ in range(3):
        watching(town, Posted()).moved(failed(town))
    assert told(town) == ['Your call "Acme" failed. No speech was heard in the recording.']


def test_what_is_told_of_a_call_is_marked_as_somebody_elses(town: Town) -> None:
    watching(town, Posted()).moved(failed(town))
    items = town.dynamodb.scan(TableName=CONVERSATIONS)["Items"]
    assert [item["quoted"]["S"] for item in items if item["sk"]["S"].startswith("WAIT#")] == ["calls"]


def test_what_goes_on_is_not_told(town: Town) -> None:
    watching(town, Posted()).moved(replace(failed(town), history=call().history))
    assert told(town) == []


def test_an_address_that_was_unlinked_hears_nothing(town: Town) -> None:
    """It may be somebody else's by now."""
    watching(town, Posted()).moved(replace(failed(town), tell=("sms", BABBAGES_PHONE.value)))
    assert told(town) == []


def test_nobody_is_told_where_nobody_asked_to_be(town: Town) -> None:
    watching(town, Posted()).moved(replace(failed(town), tell=()))
    assert told(town) == []


def test_whoever_is_being_erased_is_told_nothing(town: Town) -> None:
    key = {"pk": {"S": f"CONV#{private_conversation(town.ada)}"}, "sk": {"S": "STATE"}}
    town.dynamodb.put_item(TableName=CONVERSATIONS, Item={**key, "gone": {"BOOL": True}})
    watching(town, Posted()).moved(failed(town))
    assert told(town) == []
