"""What a page asks for, done: prompts into the mailbox, resumes and stops to their turn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from switchboard.channels.web.frames import (
    BadFrame,
    Ping,
    Prompt,
    Resume,
    Stop,
    error_frame,
    parse,
)
from switchboard.core.conversation.reply_stream import Listener, retell
from switchboard.core.conversation.store import ConversationErased, Mailbox, RateLimited, StoredMessage
from switchboard.core.conversation.turn import Turn
from switchboard.core.errors import Retryable
from switchboard.core.messages.message import Inbound
from switchboard.core.messages.ports import Signals
from switchboard.core.people.address import private_conversation
from switchboard.core.people.sockets import Frame, Socket
from switchboard.core.people.throttle import Rate, Throttle, ThrottleKey
from switchboard.core.people.tickets import Principal

FOLLOW_UPS: Final = Rate(30)
"""Of what a person's pages may ask about prompts that were kept: a page that reconnects asks once for each
reply that is not complete."""
TOO_OFTEN: Final = "That is asked for faster than I can answer. Please wait a little and ask again."


@dataclass(frozen=True, slots=True)
class Caller:
    """The socket a frame came by, and who it speaks for."""

    connection: str
    bearer: Principal
    at_ms: int

    @property
    def socket(self) -> Socket:
        return Socket(self.connection, private_conversation(self.bearer.person), self.bearer.address)


class Post(Protocol):
    def __call__(self, socket: Socket, frame: Frame) -> bool: ...


@dataclass(frozen=True, slots=True)
class Page:
    """One page's side of a conversation; it can only ever reach the conversation of its bearer."""

    mailbox: Mailbox
    signals: Signals
    post: Post
    listener: Callable[[Socket, str], Listener]
    throttle: Throttle

    def on_frame(self, body: str, caller: Caller) -> None:
        """Whatever a page sends, it is answered by a frame and keeps its socket; `accepted` comes first."""
        try:
            self._act(parse(body), caller)
        except BadFrame as error:
            self.post(caller.socket, error_frame(error))

    def _act(self, frame: Prompt | Resume | Stop | Ping, caller: Caller) -> None:
        if isinstance(frame, Ping):
            self.post(caller.socket, {"type": "pong"})
            return
        try:
            self._do(frame, caller)
        except ConversationErased as error:
            sentence = "Everything in this conversation has been erased. Please sign out."
            raise BadFrame("erased", sentence, frame.msgid) from error
        except Retryable as error:
            sentence = "That was too much at once. Please send it again."
            raise BadFrame("try_again", sentence, frame.msgid) from error

    def _do(self, frame: Prompt | Resume | Stop, caller: Caller) -> None:
        match frame:
            case Prompt():
                self._prompt(frame, caller)
            case Resume():
                self._resume(frame, caller)
            case Stop():
                self._stop(frame, caller)

    def _prompt(self, prompt: Prompt, caller: Caller) -> None:
        bearer = caller.bearer
        message = Inbound(
            address=bearer.address,
            message_id=prompt.msgid,
            text=prompt.text,
            at_ms=caller.at_ms,
            stream=caller.connection,
            person=bearer.person,
        )
        conversation = private_conversation(bearer.person)
        try:
            kept = self.mailbox.keep(conversation, message)
        except RateLimited as error:
            raise BadFrame("too_fast", str(error), prompt.msgid) from error
        self.post(caller.socket, {"type": "accepted", "msgid": prompt.msgid, "turn": kept.key})
        if kept.new or self._within_pace(caller):
            self.signals.signal(kept.conversation)

    def _resume(self, resume: Resume, caller: Caller) -> None:
        kept = self._kept(resume.msgid, caller)
        turn = self.mailbox.redirect(
            kept.conversation, kept.key, stream=caller.connection, after=resume.after
        )
        if turn is not None:
            self._retell(turn, resume, caller)

    def _retell(self, turn: Turn, resume: Resume, caller: Caller) -> None:
        if resume.after > len(turn.beats) + 1:
            raise BadFrame("bad_payload", "after is beyond the end of that reply.", resume.msgid)
        retell(turn, self.listener(caller.socket, resume.msgid), after=resume.after)

    def _stop(self, stop: Stop, caller: Caller) -> None:
        kept = self._kept(stop.msgid, caller)
        if not self.mailbox.stop(kept.conversation, kept.key):
            raise BadFrame("not_running", "That reply is already complete.", stop.msgid)

    def _within_pace(self, caller: Caller) -> bool:
        """Whether a person's pages, all together, keep the pace; it is counted."""
        bucket = ThrottleKey.of("again", caller.bearer.person)
        return self.throttle.take(bucket, FOLLOW_UPS, now_ms=caller.at_ms) == 0

    def _kept(self, msgid: str, caller: Caller) -> StoredMessage:
        if not self._within_pace(caller):
            raise BadFrame("too_fast", TOO_OFTEN, msgid)
        conversation = private_conversation(caller.bearer.person)
        kept = self.mailbox.find(conversation, caller.bearer.address.channel, msgid)
        if kept is None:
            raise BadFrame("unknown_msgid", "You have sent no prompt with that msgid.", msgid)
        return kept
