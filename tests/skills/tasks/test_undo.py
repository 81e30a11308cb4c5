"""Whatever is done to tasks is undone exactly, done once under a name, and never half."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.core.errors import UserFacing
from switchboard.core.skills.records import Change, RecordConflict
from switchboard.skills.tasks.store.keys import owner_of
from switchboard.skills.tasks.store.unit_of_work import UNDOABLE, Work, once, undone

from tests.fakes.records import FakeRecords
from tests.skills.tasks.talk import ADA, Talk

TEXTS = [
    "read 20 pages of Dune every day",
    "read 25 pages of Dune every day",
    "30 pushups mon wed fri",
    "finish the tax return by April 12, about two sessions",
    "learn Rust",
    "call the bank tomorrow",
    "yes",
    "/pick 0",
    "/pick 1",
    "did 25 pages",
    "did 10 pages of dune yesterday",
    "done 1",
    "did taxes",
    "1 done, 2 skip",
    "skip today",
    "skip 2 tomorrow",
    "move 1 to 30 pages",
    "move 2 to every friday",
    "move taxes to friday",
    "rename 1 to Dune Messiah",
    "pause 1",
    "resume 1",
    "archive 2",
    "resume 2",
    "/finish 1",
    "/week starts sunday",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(TEXTS), max_size=18))
def test_undo_is_the_exact_inverse_of_whatever_was_said(texts: list[str]) -> None:
    talk = Talk()
    before = []
    for text in texts:
        kept = talk.kept()
        talk.say(text)
        if talk.kept() != kept:
            before.append(kept)
    for kept in reversed(before):
        assert talk.say("undo").startswith("Undone: ")
        assert talk.kept() == kept
    assert talk.kept() == {}
    assert talk.say("undo") == "There is nothing to undo."


@settings(max_examples=25)
@given(st.lists(st.sampled_from([*TEXTS, "undo"]), max_size=12))
def test_a_turn_that_runs_again_does_nothing_again(texts: list[str]) -> None:
    talk = Talk()
    for place, text in enumerate(texts):
        first = talk.say(text, turn=f"turn-{place}")
        kept = talk.kept()
        again = talk.say(text, turn=f"turn-{place}")
        assert talk.kept() == kept
        assert again == first or text == "yes" or "already" in first or not kept


def test_a_rep_is_logged_once_in_a_turn_and_again_in_the_next() -> None:
    talk = Talk()
    talk.say("30 pushups every day")
    assert talk.say("did 10 pushups", turn="a") == talk.say("did 10 pushups", turn="a")
    assert talk.task(1).done == 10
    talk.say("did 10 pushups", turn="b")
    assert talk.task(1).done == 20


def test_two_things_of_one_turn_are_both_done() -> None:
    talk = Talk()
    talk.say("30 pushups every day")
    talk.say("did 10 pushups", turn="a")
    talk.say("did 15 pushups", turn="a")
    assert talk.task(1).done == 25


def test_a_bounded_number_of_changes_can_be_undone() -> None:
    talk = Talk()
    talk.say("30 pushups every day")
    for _ in range(UNDOABLE + 5):
        talk.say("did 1 pushup")
    for _ in range(UNDOABLE):
        assert talk.say("undo").startswith("Undone: 1 pushups: 1x.")
    assert talk.say("undo") == "There is nothing to undo."
    assert talk.task(1).done == 5
    assert sum(key.startswith("UNDO#") for key in talk.records.bodies(owner_of(ADA))) == 0


@dataclass
class Contended(FakeRecords):
    """Somebody else writes first, so many times."""

    times: int = 0

    def write(self, *changes: Change) -> None:
        if self.times:
            self.times -= 1
            raise RecordConflict("somebody was faster")
        super().write(*changes)


def added(work: Work) -> str:
    body: Mapping[str, int] = work.get("COUNT") or {"n": 0}
    work.put("COUNT", {"n": body["n"] + 1})
    return "done"


def test_work_that_met_another_writer_is_done_again_from_what_it_reads_then() -> None:
    records = Contended(times=3)
    assert once(records, "me", "a", added).said == "done"
    assert records.bodies("me")["COUNT"] == {"n": 1}


def test_work_that_always_meets_another_writer_is_left_to_the_queue() -> None:
    with pytest.raises(RecordConflict):
        once(Contended(times=99), "me", "a", added)


def test_two_writers_at_once_lose_nothing() -> None:
    records = FakeRecords()

    def late(work: Work) -> str:
        if not records.get("me", "COUNT"):
            once(records, "me", "other", added)
        return added(work)

    once(records, "me", "mine", late)
    assert records.bodies("me")["COUNT"] == {"n": 2}


def test_an_undo_is_done_once_under_its_name() -> None:
    records = FakeRecords()
    for name in "ab":
        once(records, "me", name, added)
    assert undone(records, "me", "u") == undone(records, "me", "u") == "Undone: done."
    assert records.bodies("me")["COUNT"] == {"n": 1}


def test_a_refusal_changes_nothing() -> None:
    records = FakeRecords()

    def refused(work: Work) -> str:
        added(work)
        raise UserFacing("no")

    with pytest.raises(UserFacing):
        once(records, "me", "a", refused)
    assert records.bodies("me") == {}
