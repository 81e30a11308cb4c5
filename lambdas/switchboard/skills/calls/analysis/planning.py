"""How a call of any length is read within the model's room: in parts that overlap a little."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from switchboard.core.model.token_estimates import estimate_tokens, request_tokens
from switchboard.core.model.types import Request
from switchboard.skills.calls.analysis.prompting import line_text, request_for
from switchboard.skills.calls.domain.transcript import Transcript
from switchboard.skills.calls.profiles.profile import Profile

REPAIR_TOKENS: Final = 400
"""What asking again adds beside the answer that did not fit."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Tokens of one request with its answer, even when that has to be repaired; `answer` is for that."""

    request: int = 32_000
    answer: int = 4_000
    overlap: int = 1_000


DEFAULT: Final = Budget()


class Part(NamedTuple):
    """Lines `first` up to but not including `end`."""

    first: int
    end: int


class Work(NamedTuple):
    """One request: some prompts on one part."""

    part: int
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    parts: Sequence[Part]
    works: Sequence[Work]


def plan(transcript: Transcript, profile: Profile, budget: Budget = DEFAULT) -> Plan:
    fixed = max(
        request_tokens(request_for(profile, (), ask=ask, first=0, place=(99, 99), max_tokens=budget.answer))
        for ask in profile.asks
    )
    room = budget.request - 2 * budget.answer - REPAIR_TOKENS - fixed
    costs = [estimate_tokens(line_text(line, number)) for number, line in enumerate(transcript.lines)]
    parts = split(costs, room=room, overlap=budget.overlap)
    return Plan(parts, [Work(number, ask) for number in range(len(parts)) for ask in profile.asks])


def request_of(
    plan: Plan, work: Work, *, transcript: Transcript, profile: Profile, budget: Budget = DEFAULT
) -> Request:
    part = plan.parts[work.part]
    return request_for(
        profile,
        transcript.lines[part.first : part.end],
        ask=work.ask,
        first=part.first,
        place=(work.part + 1, len(plan.parts)),
        max_tokens=budget.answer,
    )


def split(costs: Sequence[int], *, room: int, overlap: int) -> list[Part]:
    """Parts that cost at most `room`, each beginning about `overlap` before the last one ended.

    Errors: ValueError, when a line and the overlap do not fit.
    """
    if max(costs, default=0) + overlap > room:
        raise ValueError("there is no room for a line of this call")
    parts: list[Part] = []
    first = 0
    while not parts or parts[-1].end < len(costs):
        end = _end(costs, first, room)
        parts.append(Part(first, end))
        first = _back(costs, end, overlap, at_least=first + 1)
    return parts


def _end(costs: Sequence[int], first: int, room: int) -> int:
    end = first
    while end < len(costs) and costs[end] <= room:
        room -= costs[end]
        end += 1
    return end


def _back(costs: Sequence[int], end: int, overlap: int, *, at_least: int) -> int:
    first = end
    while first > at_least and costs[first - 1] <= overlap:
        first -= 1
        overlap -= costs[first]
    return first
