"""Which calls of a turn may run: somebody else's words change nothing, and agree to nothing.

The rule is argued in docs/decisions/0017-somebody-elses-words.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from switchboard.core.conversation.turn import Turn
from switchboard.core.messages.keywords import words_of
from switchboard.core.messages.quoting import in_a_line, repeats
from switchboard.core.messages.yes_no import answer
from switchboard.core.model.types import Message, Quoted, ToolCall, ToolResult
from switchboard.core.skills.spec import Effect, ToolContext
from switchboard.core.skills.tools import Tools
from switchboard.core.well_formed import read_json

MOST_WITHHELD: Final = 5
LONGEST_CALL: Final = 300

WAITS: Final = (
    "This was not done: it waits for the person's own yes, since words of somebody else's were read. They "
    "are asked at the end of your answer. Say that it waits; never say that it is done."
)
TOO_MUCH: Final = (
    "This was not done, since words of somebody else's were read. Ask the person to say it themselves."
)
NO_ANSWER: Final = (
    "This was not done: the person's message is not that yes or no. Ask them for a plain yes or no."
)


class Guard:
    """Runs the calls of one turn, or withholds them.

    `withheld` are the calls that wait.
    """

    def __init__(self, tools: Tools, turn: Turn, context: ToolContext, *, told: Iterable[Message]) -> None:
        self.withheld: list[ToolCall] = []
        self._tools = tools
        self._said = turn.said
        self._context = context
        self._read: set[str] = set()
        self._recalled = [message for message in told if isinstance(message, Quoted)]
        self._read_before = False
        self._changed = False

    def decided(self) -> None:
        """The model has made its next calls: what it reads from now on is not what it made them after."""
        self._read_before = bool(self._read)

    def sources(self, reply: str) -> str:
        """Where somebody else's words in a reply may come from: what was read, repeated or asked about."""
        recalled = self._recalled
        repeated = {each.source for each in recalled if self.withheld or repeats(reply, each.text)}
        return "+".join(sorted(set("+".join(self._read | repeated).split("+")) - {""}))

    def allows(self, call: ToolCall) -> bool:
        """Whether a call may run now."""
        match self._tools.effect_of(call.name):
            case Effect.READS:
                return True
            case Effect.CONSENTS:
                return not self._changed and not self._read_before and _consents(call, self._said)
            case Effect.CHANGES:
                return not self._read_before and (not self._recalled or names(self._said, call))

    def run(self, call: ToolCall) -> ToolResult:
        """Its result. Only for what is allowed."""
        return self._ran(call, self._context)

    def resume(self, call: ToolCall) -> ToolResult:
        """The result of a call that waited for the person's yes, whoever's words are in it."""
        return self._ran(call, replace(self._context, quoting=True))

    def withhold(self, call: ToolCall) -> ToolResult:
        """What the model is told of a call that may not run."""
        if self._tools.effect_of(call.name) is Effect.CONSENTS:
            return ToolResult(call.id, NO_ANSWER)
        if len(self.withheld) == MOST_WITHHELD or len(in_words(call)) > LONGEST_CALL:
            return ToolResult(call.id, TOO_MUCH)
        self.withheld.append(call)
        return ToolResult(call.id, WAITS)

    def _ran(self, call: ToolCall, context: ToolContext) -> ToolResult:
        self._changed |= self._tools.effect_of(call.name) is not Effect.READS
        result = self._tools.run(call, context)
        self._read |= {result.source} - {""}
        return result


def agreed(turn: Turn, earlier: Sequence[Turn]) -> tuple[ToolCall, ...]:
    """The calls that the person has just said yes to: those they were asked about last, and saw in full.

    `earlier` are newest first.
    """
    last = earlier[0] if earlier else None
    if last is None or last.rest or last.address != turn.address or answer(turn.said) is not True:
        return ()
    return last.withheld


def question(calls: Sequence[ToolCall]) -> str:
    """What the person is asked, call by call, in words that no model has written around them."""
    return "\n".join(("Not done yet:", *map(in_words, calls), "Reply yes to do it, or no."))


def in_words(call: ToolCall) -> str:
    said = " ".join(in_a_line(str(value)) for value in _values(call))
    return f"- {call.name.replace('_', ' ')} {said}".rstrip()


def names(said: str, call: ToolCall) -> bool:
    """Whether every word and number that a call carries is in what the person said.

    Of a call that carries none, the first word of its name must be.
    """
    heard = set(words_of(said).split())
    carried = [word for value in _values(call) for word in words_of(str(value)).split()]
    if carried:
        return heard.issuperset(carried)
    return call.name.partition("_")[0] in heard


def _consents(call: ToolCall, said: str) -> bool:
    given = [value for value in _leaves(_parsed(call)) if isinstance(value, bool)]
    return bool(given) and set(given) == {answer(said)}


def _values(call: ToolCall) -> list[Any]:
    """What a call says: its text and numbers, without what is left open."""
    return [
        value for value in _leaves(_parsed(call)) if not isinstance(value, bool) and value not in ("", None)
    ]


def _parsed(call: ToolCall) -> object:
    try:
        return read_json(call.arguments or "{}")
    except (ValueError, RecursionError):
        return call.arguments


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        yield value
        return
    for each in value:
        yield from _leaves(each)
