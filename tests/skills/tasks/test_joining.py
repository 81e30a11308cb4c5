"""Two people become one, and so do their tasks: all of it once, whatever happens meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.core.skills.spec import SkillDeps
from switchboard.skills import SKILLS
from switchboard.skills.tasks.api.reports import Report, report
from switchboard.skills.tasks.domain.similarity import digest
from switchboard.skills.tasks.domain.task import State
from switchboard.skills.tasks.store.keys import owner_of
from switchboard.skills.tasks.store.merge_people import join
from switchboard.skills.tasks.store.repository import head_of
from switchboard.skills.tasks.store.unit_of_work import Work

from tests.fakes.interruptions import die
from tests.skills.tasks.merging import BABBAGE, LOVELACE, SAID, Couple, Said, check_sound, done, talked, tasks
from tests.skills.tasks.talk import ADA, MONDAY, Talk
from tests.skills.tasks.test_undo import TEXTS


@settings(max_examples=60)
@given(SAID)
def test_what_the_heir_has_is_the_sum_of_both(said: list[Said]) -> None:
    couple = talked(said)
    records = couple.records
    before, times = done(records, ADA, BABBAGE), _times(couple)
    digests = _digests(couple)
    couple.join()
    assert done(records, ADA) == before
    assert _times(couple) == times
    assert _digests(couple) == digests
    check_sound(records, ADA)
    assert {key.partition("#")[0] for key in couple.bodies(BABBAGE)} <= {"MOVED"}


@settings(max_examples=40)
@given(SAID, st.lists(st.integers(1, 30), max_size=4))
def test_cut_short_anywhere_and_done_again_it_is_done_once(said: list[Said], deaths: list[int]) -> None:
    undisturbed, cut = talked(said), talked(said)
    undisturbed.join()
    cut.befall(dict.fromkeys(deaths, die))
    cut.survive()
    cut.join()
    assert cut.bodies() == undisturbed.bodies()


@settings(max_examples=40)
@given(SAID, st.integers(1, 30))
def test_two_errands_at_once_do_it_once(said: list[Said], write: int) -> None:
    undisturbed, crowded = talked(said), talked(said)
    undisturbed.join()
    crowded.befall({write: crowded.join})
    crowded.join()
    assert crowded.bodies() == undisturbed.bodies()


@settings(max_examples=40)
@given(SAID, st.integers(1, 30), st.lists(st.sampled_from([*TEXTS, "undo", "undo"]), min_size=1, max_size=4))
def test_the_heir_goes_on_talking_meanwhile(said: list[Said], write: int, meanwhile: list[str]) -> None:
    couple = talked(said)

    def talk() -> None:
        for text in meanwhile:
            couple.ada.say(text)

    couple.befall({write: talk})
    couple.survive()
    check_sound(couple.records, ADA)
    couple.ada.say("undo")
    check_sound(couple.records, ADA)


DAILY, WEEKLY = "30 pushups every day", "30 pushups 3 times a week"
LOG = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 2), st.sampled_from([10, 30, 40, 0])), min_size=1, max_size=20
)


@settings(max_examples=60)
@given(st.sampled_from([DAILY, WEEKLY]), LOG)
def test_the_same_task_goes_on_as_if_one_person_had_told_all_of_it(
    sentence: str, log: list[tuple[int, int, int]]
) -> None:
    """Amounts, streaks, marks, bars, the heat of every day, trend and best day.

    A streak that stood for a moment only, by a skip that was taken back, is known to who saw it alone.
    """
    couple, alone = Couple(), Talk(person=LOVELACE)
    everybody = (couple.ada, couple.babbage, alone)
    for talk in everybody:
        talk.say(sentence)
    for who, days, amount in log:
        for talk in everybody:
            talk.day += timedelta(days=days)
        for talk in (everybody[who], alone):
            talk.say(f"did {amount} pushups" if amount else "skip 1")
    couple.join()
    assert len(tasks(couple.records, ADA)) == 1
    both, one = _report(couple.ada), _report(alone)
    assert replace(both, longest_streak=one.longest_streak) == one
    skipped = any(amount == 0 for *_, amount in log)
    assert both.longest_streak == one.longest_streak or skipped


def _report(talk: Talk) -> Report:
    """But for how often it was written."""
    found = report(Work(talk.records, owner_of(talk.person)), talk.task(1), talk.day)
    return replace(found, card=replace(found.card, version=0))


def _digests(couple: Couple) -> set[str]:
    return {digest(task.plan) for person in (ADA, BABBAGE) for task in tasks(couple.records, person)}


def _times(couple: Couple) -> int:
    return sum(task.times for person in (ADA, BABBAGE) for task in tasks(couple.records, person))


@pytest.fixture
def couple() -> Couple:
    return Couple()


def test_tasks_get_the_next_numbers_and_similar_ones_stay_apart(couple: Couple) -> None:
    couple.ada.say("read 20 pages of Dune every day")
    couple.babbage.say("read 25 pages of Dune every day")
    couple.babbage.say("learn Rust")
    couple.babbage.say("yes")
    couple.join()
    assert [couple.ada.task(number).plan.amount for number in (1, 2)] == [20, 25]
    assert couple.ada.task(3).plan.title == "learn Rust"
    assert couple.ada.say("30 pushups every day").startswith("Added 4")


def test_the_reps_of_the_same_task_are_together(couple: Couple) -> None:
    for talk in (couple.ada, couple.babbage):
        talk.say("30 pushups every day")
        talk.say("did 10 pushups", turn="the same words in turns of the same name")
    couple.join()
    assert couple.ada.task(1).done == 20
    assert couple.ada.task(1).times == 2
    check_sound(couple.records, ADA)


def test_a_task_that_was_finished_takes_no_part_in_one_that_goes_on(couple: Couple) -> None:
    for talk in (couple.ada, couple.babbage):
        talk.say("30 pushups every day")
    couple.ada.say("did 30 pushups")
    couple.ada.say("/finish 1")
    couple.join()
    assert [each.state for each in (couple.ada.task(1), couple.ada.task(2))] == [State.FINISHED, State.OPEN]


def test_a_task_that_is_paused_for_the_heir_goes_on_if_the_other_went_on(couple: Couple) -> None:
    for talk in (couple.ada, couple.babbage):
        talk.say("30 pushups every day")
    couple.ada.say("pause 1")
    couple.join()
    assert couple.ada.task(1).state is State.OPEN
    assert couple.ada.say("did 30 pushups").startswith("1 pushups")
    check_sound(couple.records, ADA)


def test_what_was_said_of_an_end_completes_what_the_heir_said(couple: Couple) -> None:
    couple.ada.say("30 pushups every day")
    couple.babbage.say("30 pushups every day, 90 in all")
    for talk in (couple.ada, couple.babbage):
        talk.say("did 45 pushups")
    total = couple.babbage.task(1).plan.total
    couple.join()
    assert couple.ada.task(1).plan.total == total
    assert couple.ada.task(1).state is (State.FINISHED if total == 90 else State.OPEN)


def test_an_hour_of_one_is_sixty_minutes_of_the_other(couple: Couple) -> None:
    couple.ada.say("meditate 60 minutes every day")
    couple.babbage.say("meditate 1 hour every day")
    couple.babbage.say("did half an hour of meditation")
    assert couple.babbage.task(1).plan.unit == "hour"
    couple.join()
    assert couple.ada.task(1).done == 30
    assert couple.ada.task(1).plan.unit == "minute"
    check_sound(couple.records, ADA)


def test_the_heirs_week_begins_when_it_did_and_otherwise_as_it_did_for_the_other(couple: Couple) -> None:
    couple.babbage.say("/week starts sunday")
    couple.join()
    assert _week_starts(couple) == 6
    lovelace = Talk(records=couple.records, person=LOVELACE)
    lovelace.say("/week starts saturday")
    join(couple.records, LOVELACE, ADA)
    assert _week_starts(couple) == 6


def _week_starts(couple: Couple) -> int:
    return head_of(Work(couple.records, owner_of(ADA))).week_starts


def test_questions_proposals_and_what_could_be_undone_end_with_the_old_person(couple: Couple) -> None:
    couple.babbage.say("30 pushups every day")
    couple.babbage.say("learn Rust")
    couple.ada.say("30 pushups every day")
    couple.join()
    assert couple.ada.say("yes") == "I have no open proposal to confirm."
    assert couple.ada.say("undo") == "There is nothing to undo."


def test_more_reps_than_one_write_takes_come_along(couple: Couple) -> None:
    couple.babbage.say("30 pushups every day")
    for number in range(120):
        couple.babbage.day = MONDAY + timedelta(days=number // 3)
        couple.babbage.say("did 10 pushups")
    couple.join()
    assert couple.ada.task(1).times == 120
    check_sound(couple.records, ADA)


def test_nobody_who_keeps_nothing_leaves_anything(couple: Couple) -> None:
    couple.join()
    assert couple.records.writes == 0


@pytest.mark.parametrize("name", [name for name, spec in SKILLS.items() if spec.keeps])
def test_every_skill_that_keeps_records_passes_them_on(name: str, couple: Couple) -> None:
    assert SKILLS[name].load(SkillDeps(records=couple.records)).join
