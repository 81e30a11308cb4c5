"""How somebody's calls are analysed, from a terminal: their profiles, version by version."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.core.errors import UserFacing
from switchboard.core.people.address import PersonId
from switchboard.skills.calls.profiles.profile import BadProfile, Profile, check_form
from switchboard.skills.calls.profiles.profile_file import read, written
from switchboard.skills.calls.profiles.repository import NoSuchProfile, ProfileBook, Shelved

from operate.errors import BadId, NothingFound, Refused
from operate.report import table
from operate.stacks import Stacks

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from operate.connection import Door

HEADS = ("profile", "name", "in use", "newest", "preferred")
COMMAND = "profiles"
ABOUT = "how somebody's calls are analysed"
ARGUMENTS: Mapping[str, tuple[str, str]] = {
    "list": ("all of them, and which version is in use", ""),
    "show": ("one version, as a file that can be saved again", "profile"),
    "validate": ("whether a file holds a good profile", "file"),
    "save": ("a file becomes the next version, not yet in use", "file"),
    "publish": ("use a version, else the newest", "profile"),
    "rollback": ("use the version before again", "profile"),
    "prefer": ("for calls that nothing else is said of", "profile"),
}
STAGES = ("dev", "prod", "local")
CHANGES = frozenset({"save", "publish", "rollback", "prefer"})


def add(commands: _SubParsersAction[ArgumentParser], *, epilog: str) -> None:
    profiles = commands.add_parser(COMMAND, help=ABOUT, description=ABOUT, epilog=epilog)
    actions = profiles.add_subparsers(dest="action", required=True)
    for name, (does, takes) in ARGUMENTS.items():
        action = actions.add_parser(name, help=does, description=does, epilog=epilog)
        action.add_argument("--stage", choices=STAGES, default="dev")
        action.add_argument("--person", default="", help="whose they are")
        action.add_argument("--yes", action="store_true", help="ask nothing, even in prod")
        if takes:
            action.add_argument("what", metavar=takes)
        if name in {"publish", "show"}:
            action.add_argument("version", type=int, nargs="?", default=0)


def wrong(asked: Namespace) -> str:
    if asked.action == "validate" or asked.person:
        return ""
    return "say whose profiles, by --person (their id in the operator's list of people)"


def changes(asked: Namespace) -> bool:
    return asked.action in CHANGES


def what(asked: Namespace) -> str:
    return f"{asked.action} {asked.what} of {asked.person}"


def run(asked: Namespace, door: Callable[[], Door]) -> str:
    """What came of it. Errors: BadId, NothingFound, Refused; NoStage, and whatever botocore raises."""
    try:
        if asked.action == "validate":
            return _validated(asked)
        return ACTIONS[asked.action](asked, _book(asked, door()))
    except NoSuchProfile as error:
        raise NothingFound(str(error)) from None
    except BadProfile as error:
        raise BadId(str(error)) from None
    except UserFacing as error:
        raise Refused(str(error)) from None


def _book(asked: Namespace, door: Door) -> ProfileBook:
    made, at, config = door.session, door.endpoint, door.config
    stacks = Stacks(made.client("cloudformation", endpoint_url=at, config=config), asked.stage)
    outputs = stacks.outputs("Calls")
    records = DynamoRecords(made.client("dynamodb", endpoint_url=at, config=config), outputs["CallsTable"])
    return ProfileBook(records, PersonId(asked.person), json.loads(outputs["ModelNames"]))


def _validated(asked: Namespace) -> str:
    profile = _read(asked.what)
    check_form(profile)
    return f"{profile.id} is good: {len(profile.prompts)} prompts."


def _listed(_asked: Namespace, book: ProfileBook) -> str:
    preferred = book.preferred().id
    return table((HEADS, *(_row(each, preferred) for each in book.all())))


def _shown(asked: Namespace, book: ProfileBook) -> str:
    version = asked.version or book.shelved(asked.what).published or book.shelved(asked.what).newest
    return written(book.get(asked.what, version))


def _saved(asked: Namespace, book: ProfileBook) -> str:
    saved = book.save(_read(asked.what))
    return f"{saved.id} version {saved.version} is saved; publish it to use it."


def _published(asked: Namespace, book: ProfileBook) -> str:
    """The newest, unless one is named."""
    version = asked.version or book.shelved(asked.what).newest
    return _in_use(book.publish(asked.what, version))


def _rolled_back(asked: Namespace, book: ProfileBook) -> str:
    return _in_use(book.roll_back(asked.what, under=secrets.token_hex(8)))


def _preferred(asked: Namespace, book: ProfileBook) -> str:
    book.prefer(asked.what)
    return f"{asked.what} analyses whatever calls nothing else is said of."


def _read(path: str) -> Profile:
    try:
        return read(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise BadId(f"{path} cannot be read.") from None


def _in_use(shelved: Shelved) -> str:
    return f"{shelved.id} version {shelved.published} is in use."


def _row(each: Shelved, preferred: str) -> tuple[str, ...]:
    used = str(each.published or "-")
    return each.id, each.name, used, str(each.newest), "yes" if each.id == preferred else ""


ACTIONS: Mapping[str, Callable[[Namespace, ProfileBook], str]] = {
    "list": _listed,
    "show": _shown,
    "save": _saved,
    "publish": _published,
    "rollback": _rolled_back,
    "prefer": _preferred,
}
