"""Whoever became somebody may be about to become another: what is on its way arrives, wherever that is."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.core.skills.records import RecordConflict
from switchboard.skills.tasks.store.merge_people import join

from tests.fakes.interruptions import die
from tests.skills.tasks.merging import BABBAGE, LOVELACE, SAID, Couple, Said, check_sound, done, talked, tasks
from tests.skills.tasks.talk import ADA, Talk


@pytest.fixture
def couple() -> Couple:
    return Couple()


@settings(max_examples=40)
@given(SAID, st.integers(1, 30), st.booleans())
def test_an_heir_who_ceases_meanwhile_passes_everything_on(
    said: list[Said],
    write: int,
    dies: bool,  # noqa: FBT001 - drawn
) -> None:
    couple = talked(said)
    records, before = couple.records, done(couple.records, ADA, BABBAGE)

    def cease() -> None:
        join(records, ADA, LOVELACE)
        if dies:
            die()

    couple.befall({write: cease})
    with suppress(RecordConflict):
        couple.survive()
    couple.befall({})
    for each in (BABBAGE, ADA):
        join(records, each, LOVELACE)
    assert done(records, LOVELACE) == before
    check_sound(records, LOVELACE)
    assert tasks(records, ADA) == tasks(records, BABBAGE) == []


@pytest.mark.parametrize("write", [3, 4], ids=["month", "reps"])
def test_what_is_on_its_way_finds_a_task_that_moves_on_just_then(couple: Couple, write: int) -> None:
    couple.babbage.say("30 pushups every day")
    couple.babbage.say("did 10 pushups")
    couple.befall({write: lambda: join(couple.records, ADA, LOVELACE)})
    couple.join()
    assert Talk(records=couple.records, person=LOVELACE).task(1).done == 10
    check_sound(couple.records, LOVELACE)


def test_what_comes_to_the_old_person_meanwhile_waits_for_the_next_errand(couple: Couple) -> None:
    lovelace = Talk(records=couple.records, person=LOVELACE)
    for talk, sentence in ((couple.babbage, "30 pushups every day"), (lovelace, "20 squats every day")):
        talk.say(sentence)
        talk.say("done 1")
    before = done(couple.records, BABBAGE, LOVELACE)
    couple.befall({4: lambda: join(couple.records, LOVELACE, BABBAGE)})
    with pytest.raises(RecordConflict):
        couple.join()
    couple.join()
    assert done(couple.records, ADA) == before
    check_sound(couple.records, ADA)


def test_an_heir_who_has_ceased_is_not_given_a_task_under_a_name_that_moved_on(couple: Couple) -> None:
    for talk in (couple.ada, couple.babbage):
        talk.say("30 pushups every day")
    join(couple.records, ADA, LOVELACE)
    with pytest.raises(RecordConflict):
        couple.join()
