"""A page's frames do what they say, and reach nobody else's conversation."""

import json
from dataclasses import dataclass, field, replace

import pytest
from switchboard.channels.web.inbound import Caller, Page
from switchboard.core.conversation.reply_stream import Listener
from switchboard.core.conversation.store import Lease, StoredMessage
from switchboard.core.conversation.turn import Turn, TurnState, turn_of
from switchboard.core.errors import Retryable
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import Address, ConversationId, PersonId
from switchboard.core.people.sockets import Frame, Socket
from switchboard.core.people.tickets import Principal

from tests.examples import ADA, ADAS_PAGE, CONVERSATION
from tests.fakes.clock import EPOCH_MS
from tests.fakes.conversations import FakeConversations
from tests.fakes.listener import FakeListener, Heard
from tests.fakes.throttle import FakeThrottle
from tests.fakes.topics import FakeSignals

ADAS_SOCKET = Caller("socket-1", Principal(ADA, ADAS_PAGE), EPOCH_MS)
ANOTHER_SOCKET = replace(ADAS_SOCKET, connection="socket-2")
BABBAGES_SOCKET = Caller(
    "socket-9", Principal(PersonId("babbage"), Address("web", "babbage-account")), EPOCH_MS
)
LEASE = Lease(CONVERSATION, "worker")


@dataclass
class Chat:
    """The page's side of a conversation; `happened` is what was posted and signalled, in order."""

    mailbox: FakeConversations = field(default_factory=FakeConversations)
    signals: FakeSignals = field(default_factory=FakeSignals)
    happened: list[tuple[str, Frame | str]] = field(default_factory=list)
    replayed: FakeListener = field(default_factory=FakeListener)
    throttle: FakeThrottle = field(default_factory=FakeThrottle)

    def post(self, socket: Socket, frame: Frame) -> bool:
        self.happened.append((socket.connection, frame))
        return True

    def signal(self, conversation: ConversationId) -> None:
        self.happened.append(("signal", conversation))

    def listener(self, socket: Socket, msgid: str) -> Listener:
        assert (socket.connection, msgid) == ("socket-2", "m-1")
        return self.replayed

    def take(self, action: str, caller: Caller = ADAS_SOCKET, **payload: object) -> Frame:
        """What the caller was told."""
        page = Page(self.mailbox, self, self.post, self.listener, self.throttle)
        before = len(self.happened)
        page.on_frame(json.dumps({"action": action, "payload": payload}), caller)
        told = [what for who, what in self.happened[before:] if who == caller.connection]
        assert len(told) <= 1
        return told[0] if told and isinstance(told[0], dict) else {}

    def prompt(self) -> Frame:
        return self.take("sendprompt", msgid="m-1", text="Hi")

    def begin(self) -> Turn:
        """A worker takes the prompt."""
        held = self.mailbox.acquire(LEASE, now_ms=EPOCH_MS, until_ms=EPOCH_MS + 1)
        assert held
        waiting = self.mailbox.read(LEASE, held).waiting
        turn = turn_of(waiting)
        self.mailbox.begin(LEASE, turn, waiting)
        return turn

    def answer(self) -> Turn:
        done = replace(self.begin(), state=TurnState.ANSWERED, text="Hello Ada.", beats=(5, "clock", 5))
        return self.mailbox.checkpoint(LEASE, done)


def test_ping_is_answered() -> None:
    assert Chat().take("ping") == {"type": "pong"}


def test_a_prompt_is_kept_with_its_socket_and_person() -> None:
    chat = Chat()
    chat.prompt()
    assert list(chat.mailbox.box(CONVERSATION).waiting.values()) == [
        Inbound(ADAS_PAGE, "m-1", "Hi", EPOCH_MS, stream="socket-1", person=ADA)
    ]


def test_a_prompt_is_accepted_before_anybody_can_answer_it() -> None:
    chat = Chat()
    chat.prompt()
    kept = chat.mailbox.find(CONVERSATION, "web", "m-1")
    assert chat.happened == [
        ("socket-1", {"type": "accepted", "msgid": "m-1", "turn": kept.key if kept else ""}),
        ("signal", CONVERSATION),
    ]


def test_a_repeated_prompt_is_accepted_again_and_kept_once() -> None:
    chat = Chat()
    assert chat.prompt() == chat.prompt()
    assert chat.mailbox.box(CONVERSATION).came == 1


def test_a_prompt_that_cannot_be_kept_may_be_sent_again() -> None:
    class Contended(FakeConversations):
        def keep(self, conversation: ConversationId, message: Inbound) -> StoredMessage:
            raise Retryable(f"{conversation} is contended for {message.key}")

    chat = Chat(mailbox=Contended())
    told = chat.prompt()
    assert (told["type"], told["code"]) == ("error", "try_again")
    assert ("signal", CONVERSATION) not in chat.happened


def test_a_bad_frame_is_answered_and_nothing_else_happens() -> None:
    chat = Chat()
    assert chat.take("sendprompt", msgid="m-1", text=7)["code"] == "bad_payload"
    assert chat.take("dance")["code"] == "unknown_action"
    assert chat.take("sendprompt", msgid="m-1", text="x" * 20_000)["code"] == "too_large"
    assert chat.mailbox.boxes == {}


def test_stop_reaches_the_turn() -> None:
    chat = Chat()
    chat.prompt()
    turn = chat.begin()
    assert chat.take("stop", msgid="m-1") == {}
    assert chat.mailbox.checkpoint(LEASE, turn).stop


def test_a_reply_that_is_complete_cannot_be_stopped() -> None:
    chat = Chat()
    chat.prompt()
    chat.answer()
    told = chat.take("stop", msgid="m-1")
    assert (told["code"], told["msgid"]) == ("not_running", "m-1")


def test_resuming_takes_a_running_turn_to_the_new_socket() -> None:
    chat = Chat()
    chat.prompt()
    turn = chat.begin()
    assert chat.take("resume", ANOTHER_SOCKET, msgid="m-1", after=2) == {}
    stored = chat.mailbox.checkpoint(LEASE, turn)
    assert (stored.stream, stored.resume_after) == ("socket-2", 2)
    assert chat.replayed.heard == []


def test_resuming_a_finished_reply_replays_what_was_missed() -> None:
    chat = Chat()
    chat.prompt()
    chat.answer()
    chat.take("resume", ANOTHER_SOCKET, msgid="m-1", after=1)
    assert chat.replayed.heard == [
        Heard("tool", 2, "clock"),
        Heard("delta", 3, " Ada."),
        Heard("done", 4, "Hello Ada."),
    ]


@pytest.mark.parametrize(("after", "fits"), [(3, True), (4, True), (5, False)])
def test_nobody_resumes_beyond_the_end(after: int, *, fits: bool) -> None:
    chat = Chat()
    chat.prompt()
    chat.answer()
    told = chat.take("resume", ANOTHER_SOCKET, msgid="m-1", after=after)
    assert told.get("code") == (None if fits else "bad_payload")


@pytest.mark.parametrize(
    ("action", "payload"), [("stop", {"msgid": "m-1"}), ("resume", {"msgid": "m-1", "after": 0})]
)
def test_another_persons_prompt_is_unknown(action: str, payload: dict[str, object]) -> None:
    chat = Chat()
    chat.prompt()
    turn = chat.begin()
    told = chat.take(action, BABBAGES_SOCKET, **payload)
    assert (told["type"], told["code"], told["msgid"]) == ("error", "unknown_msgid", "m-1")
    stored = chat.mailbox.checkpoint(LEASE, turn)
    assert (stored.stop, stored.stream) == (False, "socket-1")


def test_two_people_may_use_the_same_msgid() -> None:
    chat = Chat()
    mine, theirs = chat.prompt(), chat.take("sendprompt", BABBAGES_SOCKET, msgid="m-1", text="Hi")
    assert mine["turn"] != theirs["turn"]
    assert {conversation: box.came for conversation, box in chat.mailbox.boxes.items()} == {
        CONVERSATION: 1,
        "private-babbage": 1,
    }
