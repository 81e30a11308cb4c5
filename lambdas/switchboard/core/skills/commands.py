"""Commands: /words that are answered without a model, the house's own and those of the skills on offer."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from switchboard.core.errors import UserFacing
from switchboard.core.skills.spec import Command, Toolbox, ToolContext

SHAPE = re.compile(r"\s*/([a-z]{1,20})[.,;:!?]*(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)


ALONE = re.compile(r"\s*(unlink)[.,;:!?]*\s*", re.IGNORECASE)
"""What is a command without its slash, too, when it is all of a message."""


class ParsedCommand(NamedTuple):
    """A command's word, in lower case, and what follows it."""

    word: str
    rest: str


def asked(text: str) -> ParsedCommand | None:
    """The command that a message is, if it is one: it begins with a slash and a word."""
    alone = ALONE.fullmatch(text)
    if alone:
        return ParsedCommand(alone[1].lower(), "")
    found = SHAPE.fullmatch(text)
    return ParsedCommand(found[1].lower(), (found[2] or "").strip()) if found else None


class Commands:
    """Every command there is. A skill's are known only where its channel's policy offers the skill."""

    def __init__(self, house: Mapping[str, Command], skills: Mapping[str, Toolbox]) -> None:
        self._house = house
        self._skills = skills

    def source(self, text: str, context: ToolContext, *, offers: Callable[[str], bool]) -> str:
        """The skill whose command a text is, if what that tells may hold somebody else's words."""
        wish = asked(text)
        theirs = ((name, box) for name, box in self._skills.items() if offers(name))
        owner = next(((name, box) for name, box in theirs if wish and wish.word in box.commands), None)
        return owner[0] if owner and owner[1].quotes(context.person) else ""

    def answer(self, text: str, context: ToolContext, *, offers: Callable[[str], bool]) -> str | None:
        """What the person is told; None when the text is no command."""
        wish = asked(text)
        if wish is None:
            return None
        known = self._offered(offers)
        command = known.get(wish.word)
        if command is None:
            return f"I do not know /{wish.word}. {_listed(known)}"
        if len(wish.rest) > command.longest:
            return f"/{wish.word} takes {command.longest} characters at most; that was {len(wish.rest)}."
        try:
            return command.run(wish.rest, context)
        except UserFacing as error:
            return str(error)

    def _offered(self, offers: Callable[[str], bool]) -> dict[str, Command]:
        theirs = [box.commands for name, box in self._skills.items() if offers(name)]
        known = {word: command for commands in (self._house, *theirs) for word, command in commands.items()}
        known["help"] = Command("lists what you can type", lambda _rest, _context: _listed(known))
        return known


def _listed(known: Mapping[str, Command]) -> str:
    lines = (f"/{word}: {command.summary}" for word, command in sorted(known.items()))
    return "\n".join(("You can type:", *lines))
