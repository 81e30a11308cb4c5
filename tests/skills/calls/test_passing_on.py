"""Whoever becomes another brings their calls and profiles along, wherever it is cut short."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.people.address import PersonId
from switchboard.core.skills.spec import SkillDeps
from switchboard.skills.calls import SPEC
from switchboard.skills.calls.domain.call import Finding, NoSuchCall, Status, Wish
from switchboard.skills.calls.profiles.repository import NoSuchProfile, ProfileBook
from switchboard.skills.calls.profiles.selection import choose
from switchboard.skills.calls.store.merge_people import join
from switchboard.skills.calls.store.repository import CallBook

from tests.fakes.records import FakeRecords
from tests.skills.calls.examples import ADA, GIST, call

if TYPE_CHECKING:
    from switchboard.core.skills.records import Change, Record

HEIR = PersonId("heir")


class Stopped(Exception):
    pass


class Stopping(FakeRecords):
    """Takes so many writes, and then no more."""

    left = 0

    def write(self, *changes: Change) -> None:
        if not self.left:
            raise Stopped
        self.left -= 1
        super().write(*changes)


def furnish(records: FakeRecords) -> None:
    """Ada has two calls and a profile in use; the heir has a call and a profile of the same name."""
    hers, theirs = ProfileBook(records, ADA), ProfileBook(records, HEIR)
    for version in (1, 2, 3):
        hers.save(replace(GIST, name=f"Ada's {version}"))
    hers.publish("gist", 1)
    hers.publish("gist", 2)
    hers.prefer("gist")
    theirs.save(replace(GIST, name="The heir's"))
    theirs.publish("gist", 1)
    book = CallBook(records)
    found = Finding("a", "gist", 2, 1, 1)
    book.add(replace(call(1, wish=Wish("gist", 1)), findings=(found,)))
    book.add(call(2).moved(Status.QUEUED, 9))
    book.add(replace(call(3), person=HEIR))
    book.wait(call(2).id, "token")


def kept(records: FakeRecords, person: PersonId) -> dict[str, object]:
    return records.bodies(f"PERSON#{person}")


@pytest.fixture
def records() -> FakeRecords:
    made = FakeRecords()
    furnish(made)
    return made


def test_calls_are_found_by_their_heir_alone(records: FakeRecords) -> None:
    join(records, ADA, HEIR)
    book = CallBook(records)
    assert [each.id for each in book.page(HEIR).calls] == [call(number).id for number in (3, 2, 1)]
    assert {each.person for each in book.page(HEIR).calls} == {HEIR}
    assert book.page(ADA).calls == []
    assert {key.partition("#")[0] for key in kept(records, ADA)} == {"CAME"}
    with pytest.raises(NoSuchCall):
        book.get(ADA, call(1).id)


def test_a_call_passes_while_it_is_worked_on(records: FakeRecords) -> None:
    join(records, ADA, HEIR)
    book = CallBook(records)
    moved = book.change(call(2).id, lambda each: each.moved(Status.TRANSCRIBING, 10))
    assert (moved.person, moved.status, book.waiting(moved.id)) == (HEIR, Status.TRANSCRIBING, "token")


def test_a_step_that_looked_just_before_finds_it_all_the_same(records: FakeRecords) -> None:
    """Between looking up whose it is and reading it, it passes on."""

    class Passing(FakeRecords):
        passed = False

        def get(self, owner: str, key: str) -> Record | None:
            if owner == f"PERSON#{ADA}" and not self.passed:
                self.passed = True
                join(self, ADA, HEIR)
            return super().get(owner, key)

    passing = Passing(records.kept)
    assert CallBook(passing).find(call(1).id).person == HEIR
    assert passing.passed


def test_a_profile_of_the_same_name_gets_another(records: FakeRecords) -> None:
    join(records, ADA, HEIR)
    profiles = ProfileBook(records, HEIR)
    (other,) = (each for each in profiles.all() if each.id not in {"standard", "gist"})
    assert other.id.startswith("gist-")
    assert (other.newest, list(other.trail)) == (3, [1, 2])
    assert [each.name for each in profiles.versions(other.id)] == ["Ada's 3", "Ada's 2", "Ada's 1"]
    assert {each.id for each in profiles.versions(other.id)} == {other.id}
    assert profiles.wished(Wish("gist")).name == "The heir's"
    assert profiles.preferred().name == "Ada's 2"


def test_calls_are_analysed_by_the_profile_they_asked_for(records: FakeRecords) -> None:
    join(records, ADA, HEIR)
    passed = CallBook(records).find(call(1).id)
    assert choose(passed, ProfileBook(records, HEIR)).name == "Ada's 1"
    assert passed.findings[0].profile == (passed.wish.profile if passed.wish else "")


def test_a_profile_that_the_heir_does_not_have_keeps_its_name() -> None:
    records = FakeRecords()
    ProfileBook(records, ADA).save(GIST)
    ProfileBook(records, ADA).publish("gist", 1)
    join(records, ADA, HEIR)
    assert ProfileBook(records, HEIR).wished(Wish("gist")) == GIST
    with pytest.raises(NoSuchProfile):
        ProfileBook(records, ADA).shelved("gist")


def test_the_heirs_own_preference_stands(records: FakeRecords) -> None:
    ProfileBook(records, HEIR).prefer("standard")
    join(records, ADA, HEIR)
    assert ProfileBook(records, HEIR).preferred().id == "standard"


@given(st.lists(st.integers(0, 4), max_size=12))
def test_cut_short_anywhere_it_comes_to_the_same(stops: list[int]) -> None:
    """Nothing is lost on the way either: each call is somebody's at every moment."""
    whole, cut = FakeRecords(), Stopping()
    furnish(whole)
    cut.left = 10**6
    furnish(cut)
    join(whole, ADA, HEIR)
    for left in stops:
        cut.left = left
        try:
            join(cut, ADA, HEIR)
        except Stopped:
            assert {CallBook(cut).find(call(number).id).id for number in (1, 2, 3)}
    cut.left = 10**6
    join(cut, ADA, HEIR)
    assert (kept(cut, HEIR), kept(cut, ADA)) == (kept(whole, HEIR), kept(whole, ADA))


def test_the_skill_joins(records: FakeRecords) -> None:
    box = SPEC.load(SkillDeps(records))
    assert box.join
    box.join(ADA, HEIR)
    assert CallBook(records).page(ADA).calls == []
