"""A message is durable before anybody is told of it."""

from dataclasses import dataclass, field, replace

import pytest
from switchboard.core.channels.policy import Policy
from switchboard.core.conversation.receive import InboundDeps, receive
from switchboard.core.conversation.store import BURST, StoredMessage
from switchboard.core.errors import Retryable
from switchboard.core.messages.keywords import Keyword
from switchboard.core.messages.message import Inbound
from switchboard.core.people.address import NOBODY, Address, ConversationId, private_conversation

from tests.examples import ADA, ADAS_PHONE, CONVERSATION, text
from tests.fakes.conversations import FakeConversations
from tests.fakes.desk import CHATTING, TEXTING
from tests.fakes.people import FakePeople
from tests.fakes.topics import FakeReplies, FakeSignals

TEXT = replace(text(1), person=NOBODY)


@dataclass
class Lobby:
    mailbox: FakeConversations = field(default_factory=FakeConversations)
    people: FakePeople = field(default_factory=lambda: FakePeople({ADAS_PHONE: ADA}))
    signals: FakeSignals = field(default_factory=FakeSignals)
    replies: FakeReplies = field(default_factory=FakeReplies)
    asked: list[Address] = field(default_factory=list)
    tells: bool = True

    def receive(self, message: Inbound, policy: Policy = TEXTING) -> StoredMessage | None:
        return receive(
            message,
            InboundDeps(policy, self.people, self.mailbox, self.signals, self.replies, self.may_tell),
        )

    def may_tell(self, address: Address, _at_ms: int) -> bool:
        self.asked.append(address)
        return self.tells


def test_a_text_waits_in_the_conversation_of_whoever_sent_it() -> None:
    lobby = Lobby()
    assert lobby.receive(TEXT) == StoredMessage(TEXT.key, CONVERSATION, new=True)
    assert list(lobby.mailbox.box(CONVERSATION).waiting.values()) == [text(1)]
    assert lobby.signals.sent == [CONVERSATION]


def test_a_repeated_delivery_only_repeats_the_signal() -> None:
    lobby = Lobby(people=FakePeople())
    kept = [lobby.receive(TEXT) for _ in range(3)]
    assert [each.new for each in kept if each] == [True, False, False]
    conversation = private_conversation(lobby.people.behind(ADAS_PHONE))
    assert lobby.mailbox.box(conversation).came == 1
    assert lobby.signals.sent == [conversation] * 3


def test_a_message_that_could_not_be_kept_is_not_signalled() -> None:
    class Contended(FakeConversations):
        def keep(self, conversation: ConversationId, message: Inbound) -> StoredMessage:
            raise Retryable(f"{conversation} is contended for {message.key}")

    lobby = Lobby(mailbox=Contended())
    with pytest.raises(Retryable):
        lobby.receive(TEXT)
    assert lobby.signals.sent == []


def test_stop_rules_from_the_moment_it_is_kept_and_leaves_proof() -> None:
    lobby = Lobby()
    lobby.receive(replace(TEXT, text="Stop!", to="+12065550100"))
    box = lobby.mailbox.box(CONVERSATION)
    assert box.opted_out == {str(ADAS_PHONE)}
    assert [(proof.keyword, proof.text, proof.to) for proof in box.ledger] == [
        (Keyword.STOP, "Stop!", "+12065550100")
    ]


def test_stop_on_a_page_is_a_word_like_any_other() -> None:
    lobby = Lobby()
    lobby.receive(replace(TEXT, text="stop"), CHATTING)
    assert not lobby.mailbox.box(CONVERSATION).opted_out


def test_who_writes_too_fast_is_told_so_and_nothing_is_kept() -> None:
    lobby = Lobby()
    texts = [replace(TEXT, message_id=str(number)) for number in range(BURST + 3)]
    kept = [lobby.receive(each) for each in texts]
    assert kept[BURST:] == [None] * 3
    assert lobby.mailbox.box(CONVERSATION).came == BURST
    assert len({reply.turn for reply in lobby.replies.published}) == 1
    assert "faster" in lobby.replies.published[0].text


def test_who_may_not_be_told_is_not_told_and_nobody_else_is_asked_about() -> None:
    lobby = Lobby(tells=False)
    for number in range(BURST + 3):
        lobby.receive(replace(TEXT, message_id=str(number)))
    assert lobby.replies.published == []
    assert lobby.asked == [ADAS_PHONE] * 3


def test_stop_is_heard_however_fast_it_comes() -> None:
    lobby = Lobby()
    for number in range(BURST):
        lobby.receive(replace(TEXT, message_id=str(number)))
    assert lobby.receive(replace(TEXT, message_id="last", text="STOP")) is not None
