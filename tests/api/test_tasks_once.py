"""What is tapped is done once, however often it comes, and for whoever tapped it alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from switchboard.core.skills.records import RecordConflict
from switchboard.skills.tasks.api.board import TaskBoard

from tests.api.site import Caller, Site
from tests.api.tapping import added, tapped

if TYPE_CHECKING:
    from switchboard.core.skills.spec import ToolContext

KEY = {"idempotency-key": "tap-1"}

ASKED: tuple[Callable[[Caller, str], Any], ...] = (
    lambda caller, task: caller.http.get(f"/tasks/{task}"),
    lambda caller, task: caller.http.post(f"/tasks/{task}/reps", json={}),
    lambda caller, task: caller.http.post(f"/tasks/{task}/skips"),
    lambda caller, task: caller.http.patch(f"/tasks/{task}", json={"title": "x"}, headers={"if-match": "*"}),
    lambda caller, task: caller.http.patch(
        f"/tasks/{task}", json={"title": "x"}, headers={"if-match": '"1"'}
    ),
)


@pytest.mark.parametrize("ask", ASKED)
def test_a_task_of_the_others_is_as_unknown_as_one_that_never_was(
    ada: Caller, babbage: Caller, ask: Callable[[Caller, str], Any]
) -> None:
    card = added(ada)
    theirs, nobodys = ask(babbage, card["id"]), ask(babbage, "trp1_aaaa")
    assert (theirs.status_code, theirs.content) == (404, nobodys.content)
    assert ada.get("/tasks")["items"] == [card]


def test_two_people_with_the_same_task_have_one_each(ada: Caller, babbage: Caller) -> None:
    hers, his = added(ada), added(babbage)
    assert hers["id"] == his["id"]
    tapped(ada, hers)
    assert [caller.get("/tasks")["items"][0]["done"] for caller in (ada, babbage)] == ["20", "0"]
    assert babbage.http.post("/tasks/undo").json()["said"].startswith("Undone: Added 1")
    assert ada.get("/tasks")["items"][0]["done"] == "20"


def test_a_tap_that_comes_again_under_its_key_is_one_rep(ada: Caller) -> None:
    card = added(ada)
    answers = [ada.http.post(f"/tasks/{card['id']}/reps", json={}, headers=KEY) for _ in range(3)]
    assert len({answer.content for answer in answers}) == 1
    assert ada.get("/tasks")["items"][0]["done"] == "20"


@pytest.mark.parametrize("path", ["/tasks/{id}/skips", "/tasks/undo"])
def test_what_is_said_again_under_its_key_is_done_once(ada: Caller, path: str) -> None:
    card = added(ada)
    answers = [ada.http.post(path.format(**card), headers=KEY) for _ in range(3)]
    assert [answer.status_code < 300 for answer in answers] == [True] * 3
    assert len({answer.content for answer in answers}) == 1


def test_a_sentence_under_its_key_is_answered_the_same(ada: Caller) -> None:
    answers = [ada.http.post("/tasks", json={"sentence": "learn Rust"}, headers=KEY) for _ in range(2)]
    assert answers[0].content == answers[1].content
    keyed = {"idempotency-key": "tap-2"}
    taken = [ada.http.post("/tasks/answers", json={"text": "yes"}, headers=keyed) for _ in range(2)]
    assert taken[0].json()["task"]["title"] == taken[1].json()["task"]["title"] == "learn Rust"


def test_a_rep_whose_answer_was_lost_in_a_crash_is_still_one_rep(
    site: Site, ada: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = added(ada)
    with monkeypatch.context() as dying:
        dying.setattr(site.app.state.ports.answers.__class__, "keep", lambda *_answer, **_now: 1 / 0)
        assert ada.http.post(f"/tasks/{card['id']}/reps", json={}, headers=KEY).status_code == 500
    site.reported.clear()
    site.clock.advance(31)
    again = ada.http.post(f"/tasks/{card['id']}/reps", json={}, headers=KEY)
    assert (again.status_code, again.json()["task"]["done"]) == (201, "20")


def test_whoever_keeps_losing_against_others_is_told_to_try_again(
    site: Site, ada: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beaten(_board: TaskBoard, _context: ToolContext) -> str:
        raise RecordConflict("somebody else keeps changing these tasks")

    monkeypatch.setattr(TaskBoard, "undo", beaten)
    assert ada.http.post("/tasks/undo").status_code == 409
    assert site.reported == []
