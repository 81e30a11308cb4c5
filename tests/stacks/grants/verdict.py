"""What a role lacks, and what it has for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.stacks.grants.actions import actions_of, names_one
from tests.stacks.grants.derived import RULES
from tests.stacks.grants.reach import Reach
from tests.stacks.grants.roles import ANYTHING, Grant, Worker


@dataclass(frozen=True, slots=True)
class Verdict:
    missing: frozenset[str]
    superfluous: frozenset[str]


def judged(worker: Worker, reach: Reach) -> Verdict:
    """Resources are compared where calls name them; where they do not, any will do."""
    granted, needed = worker.grants(), set(_needed(worker, reach))
    needed |= {grant for rule in RULES for grant in rule(worker, reach, needed)}
    missing = {need for need in needed if not any(_serves(grant, need) for grant in granted)}
    superfluous = {grant for grant in granted if not any(_serves(grant, need) for need in needed)}
    return Verdict(frozenset(map(_told, missing)), frozenset(map(_told, superfluous)))


def _needed(worker: Worker, reach: Reach) -> Iterator[Grant]:
    for call in reach.calls:
        places = {place for text in call.on for place in worker.named(text, call.index)} or {ANYTHING}
        for action in actions_of(call):
            yield from ((action, place) for place in places)


def _serves(grant: Grant, need: Grant) -> bool:
    return grant[0] == need[0] and (grant[1] == need[1] or ANYTHING in (grant[1], need[1]))


def _told(grant: Grant) -> str:
    action, (stack, name) = grant
    return f"{action} on {stack}/{name}" if stack else action


def unnamed(reach: Reach) -> frozenset[str]:
    """Calls that name a resource which was not found out."""
    return frozenset(
        f"{call.method} ({call.where})" for call in reach.calls if names_one(call) and not call.on
    )
