"""However long a call is, every request fits the model's room, and every line is read."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.model.token_estimates import request_tokens
from switchboard.core.model.types import Request, User
from switchboard.skills.calls.analysis.planning import REPAIR_TOKENS, Budget, plan, request_of, split
from switchboard.skills.calls.analysis.prompting import repairing
from switchboard.skills.calls.profiles.builtin import STANDARD
from switchboard.skills.calls.profiles.profile import Mode, Profile

from tests.skills.calls.examples import TASKS, transcript

COSTS = st.lists(st.integers(1, 40), max_size=200)


@given(COSTS, st.integers(60, 400), st.integers(0, 20))
def test_parts_fit_cover_everything_and_go_forward(costs: list[int], room: int, overlap: int) -> None:
    parts = split(costs, room=room, overlap=overlap)
    assert all(sum(costs[part.first : part.end]) <= room for part in parts)
    assert {n for part in parts for n in range(part.first, part.end)} == set(range(len(costs)))
    for before, after in pairwise(parts):
        assert before.first < after.first <= before.end < after.end
        assert sum(costs[after.first : before.end]) <= overlap


def test_parts_overlap_by_as_much_as_they_may() -> None:
    assert split([10] * 10, room=50, overlap=20) == [(0, 5), (3, 8), (6, 10)]


def test_a_line_for_which_there_is_no_room_is_told() -> None:
    with pytest.raises(ValueError, match="no room"):
        split([10, 90], room=95, overlap=10)


SMALL = Budget(request=3_000, answer=300, overlap=100)
LONG = transcript(*(f"s{n % 2}: word number {n} and some more words to say" for n in range(600)))


@pytest.mark.parametrize("mode", Mode)
def test_every_request_fits_even_when_its_answer_is_mended(mode: Mode) -> None:
    profile = with_mode(TASKS, mode)
    planned = plan(LONG, profile, SMALL)
    assert len(planned.parts) > 3
    for work in planned.works:
        request = request_of(planned, work, transcript=LONG, profile=profile, budget=SMALL)
        again = repairing(request, "x " * 300, ["answer.summary is missing"] * 5)
        assert request_tokens(request) + SMALL.answer <= SMALL.request
        assert request_tokens(again) + SMALL.answer <= SMALL.request


def test_a_short_call_is_one_request_when_all_is_asked_together() -> None:
    planned = plan(transcript("a: Hello."), STANDARD)
    assert [work.ask for work in planned.works] == [tuple(prompt.name for prompt in STANDARD.prompts)]


def test_separate_prompts_are_asked_one_by_one() -> None:
    planned = plan(LONG, with_mode(TASKS, Mode.SEPARATE), SMALL)
    assert {work.ask for work in planned.works} == {("summary",), ("todo",)}
    assert len(planned.works) == 2 * len(planned.parts)


def test_a_schema_counts_as_part_of_a_request() -> None:
    plain = Request([User("x")])
    assert request_tokens(Request([User("x")], schema=STANDARD.schema)) > request_tokens(plain) + 300
    assert REPAIR_TOKENS > 0


def with_mode(profile: Profile, mode: Mode) -> Profile:
    return Profile(profile.id, profile.name, profile.system, profile.prompts, profile.schema, mode=mode)
