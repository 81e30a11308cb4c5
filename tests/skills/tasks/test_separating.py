"""Tasks that somebody brought along go with them again, whatever happens; what both had alike stays."""

from collections import Counter
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import RecordConflict
from switchboard.skills.tasks.domain.similarity import digest
from switchboard.skills.tasks.domain.task import State
from switchboard.skills.tasks.store.merge_people import join
from switchboard.skills.tasks.store.separate_people import separate

from tests.fakes.interruptions import Killed, die
from tests.skills.tasks.merging import (
    BABBAGE,
    LOVELACE,
    SAID,
    Couple,
    Done,
    Said,
    check_sound,
    done,
    talked,
    tasks,
)
from tests.skills.tasks.talk import ADA

NEWCOMER = PersonId("newcomer")


def held(couple: Couple, person: PersonId, *, among: set[str] | None = None) -> Done:
    """What was done of each task, or of those with these digests."""
    found = done(couple.records, person)
    return Counter({key: n for key, n in found.items() if among is None or key[0] in among})


def unfinished(couple: Couple, person: PersonId) -> list[str]:
    """Their digests: of two people's that are the same, one task is made."""
    return [digest(each.plan) for each in tasks(couple.records, person) if each.state is not State.FINISHED]


def alone(couple: Couple) -> set[str]:
    """Digests of tasks that Babbage has and Ada has not."""
    return {digest(each.plan) for each in tasks(couple.records, BABBAGE)} - {*unfinished(couple, ADA)}


def brought(couple: Couple) -> int:
    """How many tasks of Babbage's stay tasks of their own."""
    hers = {*unfinished(couple, ADA)}
    return len(tasks(couple.records, BABBAGE)) - sum(each in hers for each in unfinished(couple, BABBAGE))


def survive(act: Callable[[], None]) -> None:
    for _ in range(20):
        try:
            return act()
        except (Killed, RecordConflict):
            continue
    raise AssertionError("it never ends")


@settings(max_examples=60)
@given(SAID)
def test_what_came_along_goes_again_and_nothing_else(said: list[Said]) -> None:
    couple = talked(said)
    theirs, both = alone(couple), done(couple.records, ADA, BABBAGE)
    expected, number = held(couple, BABBAGE, among=theirs), brought(couple)
    couple.join()
    separate(couple.records, BABBAGE, ADA, NEWCOMER)
    check_sound(couple.records, ADA)
    check_sound(couple.records, NEWCOMER)
    assert held(couple, NEWCOMER, among=theirs) == expected
    assert len(tasks(couple.records, NEWCOMER)) == number
    assert done(couple.records, ADA, NEWCOMER) == both
    assert couple.bodies(BABBAGE) == {}
    assert not [key for key in couple.bodies() if key.startswith("MOVED")]


def test_a_task_that_both_had_stays_one_with_whoever_holds_it() -> None:
    couple = talked(
        [(0, "30 pushups every day", 0), (1, "30 pushups every day", 0), (1, "did 30 pushups", 1)]
    )
    couple.join()
    separate(couple.records, BABBAGE, ADA, NEWCOMER)
    assert (len(tasks(couple.records, ADA)), tasks(couple.records, NEWCOMER)) == (1, [])


@settings(max_examples=40)
@given(SAID, st.lists(st.integers(1, 30), max_size=4))
def test_cut_short_anywhere_and_done_again_it_is_done_once(said: list[Said], deaths: list[int]) -> None:
    undisturbed, cut = talked(said), talked(said)
    for couple in (undisturbed, cut):
        couple.join()
    separate(undisturbed.records, BABBAGE, ADA, NEWCOMER)
    cut.befall(dict.fromkeys(deaths, die))
    survive(lambda: separate(cut.records, BABBAGE, ADA, NEWCOMER))
    for person in (ADA, BABBAGE, NEWCOMER):
        assert cut.bodies(person) == undisturbed.bodies(person)


@settings(max_examples=30)
@given(SAID, st.integers(1, 30))
def test_whoever_holds_them_goes_on_talking_meanwhile(said: list[Said], write: int) -> None:
    couple = talked(said)
    couple.join()

    def talk() -> None:
        couple.ada.say("did 10 pushups")

    couple.befall({write: talk})
    survive(lambda: separate(couple.records, BABBAGE, ADA, NEWCOMER))
    check_sound(couple.records, ADA)
    check_sound(couple.records, NEWCOMER)


@settings(max_examples=40)
@given(SAID)
def test_they_are_found_where_they_have_moved_on_to_and_may_come_back(said: list[Said]) -> None:
    couple = talked(said)
    both = done(couple.records, ADA, BABBAGE)
    couple.join()
    join(couple.records, ADA, LOVELACE)
    separate(couple.records, BABBAGE, LOVELACE, NEWCOMER)
    assert done(couple.records, LOVELACE, NEWCOMER) == both
    join(couple.records, NEWCOMER, LOVELACE)
    assert done(couple.records, LOVELACE) == both
    check_sound(couple.records, LOVELACE)
