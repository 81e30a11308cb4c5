"""A message is durable before anybody is told of it."""

from dataclasses import replace

import pytest
from switchboard.core.conversations import Kept
from switchboard.core.errors import Retryable
from switchboard.core.messages import Inbound
from switchboard.core.people import NOBODY, ConversationId, private_conversation
from switchboard.core.receiving import receive

from tests.examples import ADA, ADAS_PHONE, CONVERSATION, text
from tests.fakes.conversations import FakeConversations
from tests.fakes.people import FakePeople
from tests.fakes.topics import FakeSignals

TEXT = replace(text(1), person=NOBODY)


def test_a_text_waits_in_the_conversation_of_whoever_sent_it() -> None:
    mailbox, signals = FakeConversations(), FakeSignals()
    kept = receive(TEXT, people=FakePeople({ADAS_PHONE: ADA}), mailbox=mailbox, signals=signals)
    assert kept == Kept(TEXT.key, new=True)
    assert list(mailbox.box(CONVERSATION).waiting.values()) == [text(1)]
    assert signals.sent == [CONVERSATION]


def test_a_repeated_delivery_only_repeats_the_signal() -> None:
    people, mailbox, signals = FakePeople(), FakeConversations(), FakeSignals()
    kept = [receive(TEXT, people=people, mailbox=mailbox, signals=signals) for _ in range(3)]
    assert [each.new for each in kept] == [True, False, False]
    conversation = private_conversation(people.behind(ADAS_PHONE))
    assert mailbox.box(conversation).came == 1
    assert signals.sent == [conversation] * 3


def test_a_message_that_could_not_be_kept_is_not_signalled() -> None:
    signals = FakeSignals()

    class Contended(FakeConversations):
        def keep(self, conversation: ConversationId, message: Inbound) -> Kept:
            raise Retryable(f"{conversation} is contended for {message.key}")

    with pytest.raises(Retryable):
        receive(TEXT, people=FakePeople(), mailbox=Contended(), signals=signals)
    assert signals.sent == []
