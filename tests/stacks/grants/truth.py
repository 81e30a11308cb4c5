"""How conditions may come out."""

from __future__ import annotations

from collections.abc import Sequence

from tests.stacks.grants.state import State
from tests.stacks.grants.values import Class, Client, Function, Instance, Plain, Text, Value, Values

BOTH = frozenset({True, False})
ALWAYS, NEVER = frozenset({True}), frozenset({False})


def truth(state: State, values: Values) -> frozenset[bool]:
    """Empty as long as nothing is known of it, unless nothing more will be."""
    if not values:
        return BOTH if state.last_resort else frozenset()
    return frozenset(way for value in values for way in _truth(state, value))


def compared(state: State, values: Values, said: str) -> frozenset[bool]:
    """Whether something is a given text."""
    known = [state.known(value) for value in values if isinstance(value, Text)]
    if not values or len(known) < len(values) or None in known:
        return BOTH
    return frozenset(each == said for each in known)


def of_kind(state: State, values: Values, kinds: Values) -> frozenset[bool]:
    """Whether something is an object of one of some classes; both, unless all of it is ours."""
    classes = frozenset(kind for kind in kinds if isinstance(kind, Class))
    objects = [value.of for value in values if isinstance(value, Instance) and value.of]
    if not values and not state.last_resort:
        return frozenset()
    if not objects or len(classes) < len(kinds):
        return BOTH
    return frozenset(state.types.fits(each, classes) for each in objects)


def inverted(ways: frozenset[bool]) -> frozenset[bool]:
    return frozenset(not way for way in ways)


def either(parts: Sequence[frozenset[bool]], *, any_of: bool) -> frozenset[bool]:
    """Of conditions that are joined: by `or` when any of them is enough, else by `and`."""
    if any(part == {any_of} for part in parts):
        return frozenset({any_of})
    return frozenset().union(*parts)


def _truth(state: State, value: Value) -> frozenset[bool]:
    match value:
        case Plain.NOTHING:
            return NEVER
        case Instance(of=None) | Plain.UNKNOWN:
            return BOTH
        case Instance(of=kind) if kind and state.sources.members(kind) & {"__bool__", "__len__"}:
            return BOTH
        case Text():
            known = state.known(value)
            return BOTH if known is None else frozenset({bool(known)})
        case Instance() | Function() | Class() | Client():
            return ALWAYS
    return BOTH
