"""A call moves only where it may, and says when and why."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.calls.domain.call import (
    MOST_ANALYSES,
    MOST_MOMENTS,
    MOVES,
    Call,
    Finding,
    IllegalMove,
    Status,
)
from switchboard.skills.calls.domain.failure_reasons import Reason

from tests.skills.calls.examples import call

HAPPY = (
    Status.UPLOADING,
    Status.QUEUED,
    Status.TRANSCRIBING,
    Status.TRANSCRIBED,
    Status.ANALYZING,
    Status.COMPLETED,
)
PATHS = {
    Status.PENDING_UPLOAD: (),
    **{status: HAPPY[: number + 1] for number, status in enumerate(HAPPY)},
    Status.FAILED: (Status.FAILED,),
}


def at(status: Status) -> Call:
    made = call()
    for number, each in enumerate(PATHS[status], 1):
        made = made.moved(each, made.created_ms + number * 1000)
    return made


def test_a_call_that_goes_well_passes_every_status_with_its_time() -> None:
    done = at(Status.COMPLETED)
    assert [moment.status for moment in done.history] == [Status.PENDING_UPLOAD, *HAPPY]
    assert set(done.timings()) == {Status.PENDING_UPLOAD, *HAPPY[:-1]}
    assert set(done.timings().values()) == {1000}


@pytest.mark.parametrize(("before", "after"), list(product(Status, Status)))
def test_only_the_moves_of_the_table_are_allowed(before: Status, after: Status) -> None:
    stands = at(before)
    if after is before:
        assert stands.moved(after, 9) is stands
    elif after in MOVES[before]:
        assert stands.moved(after, 9).status is after
    else:
        with pytest.raises(IllegalMove):
            stands.moved(after, 9)


def test_every_status_on_the_way_can_fail_and_none_is_a_dead_end() -> None:
    under_way = set(Status) - {Status.COMPLETED, Status.FAILED}
    assert all(Status.FAILED in MOVES[status] for status in under_way)
    assert all(MOVES[status] for status in Status)


def test_a_failure_says_why_and_the_next_move_clears_it() -> None:
    failed = at(Status.QUEUED).moved(Status.FAILED, 9, Reason.EMPTY_FILE)
    assert failed.reason is Reason.EMPTY_FILE
    assert failed.moved(Status.QUEUED, 10).reason is None


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_for_people(reason: Reason) -> None:
    assert reason.sentence.endswith(".")
    assert reason.value not in reason.sentence
    assert len({each.sentence for each in Reason}) == len(Reason)


@given(st.lists(st.sampled_from(list(Status)), max_size=200))
def test_history_stays_bounded_and_keeps_its_beginning(wanted: list[Status]) -> None:
    made = call()
    for number, status in enumerate(wanted):
        if status is made.status or status in MOVES[made.status]:
            made = made.moved(status, made.created_ms + number)
    assert len(made.history) <= MOST_MOMENTS
    assert made.history[0].status is Status.PENDING_UPLOAD


def test_findings_add_their_cost_once_and_only_the_newest_are_kept() -> None:
    made = call()
    for number in range(MOST_ANALYSES + 5):
        finding = Finding(f"a{number}", "gist", 1, number, cost=10)
        made = made.with_finding(finding).with_finding(finding)
    assert made.cost == 10 * (MOST_ANALYSES + 5)
    assert [each.id for each in made.findings][-1] == f"a{MOST_ANALYSES + 4}"
    assert len(made.findings) == MOST_ANALYSES


def test_a_trial_is_never_the_latest_analysis() -> None:
    real, trial = Finding("a", "gist", 1, 1, 1), Finding("b", "gist", 2, 2, 1, trial=True)
    assert call().with_finding(real).with_finding(trial).latest == real
    assert call().with_finding(trial).latest is None


def test_ids_sort_by_time() -> None:
    assert call(1, at_ms=10).id < call(1, at_ms=11).id < call(1, at_ms=10**12).id
