"""/calls, /call and /profiles: what needs no model."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from switchboard.core.errors import UserFacing
from switchboard.core.skills.records import Records
from switchboard.core.skills.spec import Command, ToolContext
from switchboard.skills.calls.chat import formatting
from switchboard.skills.calls.limits import LATEST_VERSION
from switchboard.skills.calls.profiles.repository import ProfileBook, Shelved
from switchboard.skills.calls.store.lookup import which
from switchboard.skills.calls.store.repository import CallBook, Filter

LISTED: Final = 5
HOW: Final = "/profiles lists them; /profiles publish NAME VERSION, back NAME, or use NAME changes them."


@dataclass(frozen=True, slots=True)
class Desk:
    """The commands, on the records; `models` are the names that a profile may ask for."""

    book: CallBook
    records: Records
    models: Collection[str]

    def calls(self, rest: str, context: ToolContext) -> str:
        found = self.book.page(context.person, Filter(text=rest), limit=LISTED).calls
        if not found:
            return "There are no such calls." if rest else "There are no calls yet."
        return "\n".join(formatting.line(call, context.zone) for call in found)

    def call(self, rest: str, context: ToolContext) -> str:
        return formatting.line(which(rest, book=self.book, context=context), context.zone)

    def profiles(self, rest: str, context: ToolContext) -> str:
        book = ProfileBook(self.records, context.person, self.models)
        match rest.lower().split():
            case []:
                preferred = book.preferred().id
                return "\n".join(_line(each, preferred) for each in book.all())
            case ["publish", profile, version] if _is_version(version):
                return f"Now in use: {_named(book.publish(profile, int(version)))}."
            case ["back", profile]:
                return f"Back in use: {_named(book.roll_back(profile, under=context.turn))}."
            case ["use", profile]:
                book.prefer(profile)
                return f"Calls are analysed by {profile} from now on, unless something else is said of them."
        raise UserFacing(HOW)


def commands(records: Records, *, models: Collection[str]) -> Mapping[str, Command]:
    desk = Desk(CallBook(records), records, models)
    return {
        "calls": Command("your newest recorded calls", desk.calls),
        "call": Command("where one call stands", desk.call),
        "profiles": Command("how calls are analysed", desk.profiles),
    }


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text) <= LATEST_VERSION


def _named(shelved: Shelved) -> str:
    return f"{shelved.id}, version {shelved.published}"


def _line(shelved: Shelved, preferred: str) -> str:
    used = f"version {shelved.published} in use" if shelved.published else "not in use yet"
    newest = f", newest {shelved.newest}" if shelved.newest > shelved.published else ""
    return f"{shelved.id}: {shelved.name}, {used}{newest}{' (preferred)' if shelved.id == preferred else ''}"
