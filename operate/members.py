"""What an operator may do with what a skill keeps: a command of its own, found by the skill's name."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, cast

from switchboard.skills import SKILLS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Callable, Mapping

    from operate.connection import Door


class OwnCommand(Protocol):
    """A module of `operate.skills`; its command is called `COMMAND`."""

    COMMAND: str

    def add(self, commands: _SubParsersAction[ArgumentParser], *, epilog: str) -> None:
        """What it may be told."""

    def wrong(self, asked: Namespace) -> str:
        """What is missing from a command; "" when nothing is."""

    def changes(self, asked: Namespace) -> bool:
        """Whether somebody has to say yes to it in prod."""

    def what(self, asked: Namespace) -> str:
        """What it is done with, in words."""

    def run(self, asked: Namespace, door: Callable[[], Door]) -> str:
        """What came of it. Errors: OperateError, and whatever botocore raises."""


def own_commands() -> Mapping[str, OwnCommand]:
    """By what they are called."""
    names = (f"operate.skills.{skill}" for skill in SKILLS)
    found = (cast("OwnCommand", import_module(name)) for name in names if find_spec(name))
    return {each.COMMAND: each for each in found}
