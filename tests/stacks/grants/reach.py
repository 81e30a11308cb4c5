"""What a handler can reach: its calls of clients, and what it calls that is not ours."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.stacks.grants.externals import Externals
from tests.stacks.grants.objects import Arguments, Objects
from tests.stacks.grants.source import Sources
from tests.stacks.grants.state import Call, State, said
from tests.stacks.grants.statements import Statements
from tests.stacks.grants.values import UNKNOWN, Frame, Function, Text


@dataclass(frozen=True, slots=True)
class Reach:
    """`others` are dotted names of functions that are not ours."""

    calls: frozenset[Call]
    others: frozenset[str]
    asked: Mapping[Text, object]


@dataclass(frozen=True, slots=True)
class Reaches:
    """Each module is followed once for all environments that answer alike to what is asked of them."""

    sources: Sources
    known: dict[str, list[Reach]] = field(default_factory=lambda: defaultdict(list))

    def of(self, module: str, settings: Mapping[str, str]) -> Reach:
        for found in self.known[module]:
            if all(said(settings, text) == answer for text, answer in found.asked.items()):
                return found
        self.known[module].append(reach(self.sources, module, settings))
        return self.known[module][-1]


def reach(sources: Sources, module: str, settings: Mapping[str, str]) -> Reach:
    """From a module and its function `handler`, in an environment that says `settings` in so many words."""
    state = State(sources, settings)
    top = state.module(module)
    _settle(state, top)
    state.last_resort = True
    state.again(state.reached)
    _settle(state, top)
    return Reach(frozenset().union(*state.calls.values()), frozenset(state.invoked), state.asked)


def _settle(state: State, top: Frame) -> None:
    """Until nothing more is found."""
    while state.waiting:
        frame = next(iter(state.waiting))
        del state.waiting[frame]
        Statements(state, frame).all()
        if frame is top:
            _called(state, top)


def _called(state: State, top: Frame) -> None:
    """Lambda calls the handler with an event and a context."""
    objects = Objects(state, top)
    for each in state.read(top, top, "handler"):
        if isinstance(each, Function):
            Externals(objects).called(each, Arguments([UNKNOWN, UNKNOWN]), ast.Constant(None))
