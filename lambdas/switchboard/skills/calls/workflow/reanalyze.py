"""Analysing a call again, with another profile or version: what was heard is never listened to again."""

from typing import NamedTuple

from switchboard.skills.calls.domain.call import Call, Wish
from switchboard.skills.calls.profiles.repository import ProfileBook
from switchboard.skills.calls.profiles.selection import check_choice
from switchboard.skills.calls.workflow.context import check_reanalysis


class Again(NamedTuple):
    """What a machine is to do, once: `analysis` is the id of what it will find."""

    call: str
    analysis: str
    wish: Wish | None = None
    trial: bool = False


def again(call: Call, *, analysis: str, book: ProfileBook, wish: Wish | None, trial: bool = False) -> Again:
    """Errors: NoSuchProfile, BadProfile; UserFacing, when there is no transcript or it is being worked on."""
    check_choice(call, book, wish=wish)
    check_reanalysis(call)
    return Again(call.id, analysis, wish, trial)
