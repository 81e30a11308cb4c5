"""A schedule that fires wakes a skill for who the address belongs to, and for nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from switchboard.adapters.dynamo.people.profiles import DynamoProfiles
from switchboard.adapters.dynamo.table.items import unpack
from switchboard.core.conversation.notifier import Notifier
from switchboard.core.jobs import Job
from switchboard.core.people.address import Address, PersonId
from switchboard.core.skills.reminders import LATE_MS, ReminderFired
from switchboard.core.skills.spec import Toolbox, always, never
from switchboard.runtime.reminders import waker

from tests.examples import ADAS_PHONE, BABBAGES_PHONE
from tests.links.town import Town
from tests.tables import CONVERSATIONS, PEOPLE

DUE = "Due today: pushups"


def wake(
    town: Town,
    person: PersonId,
    address: Address,
    *,
    skill: str = "tasks",
    late_ms: int = 0,
    quotes: Callable[[PersonId], bool] = never,
) -> list[ReminderFired]:
    """What the skill was asked."""
    asked: list[ReminderFired] = []

    def due(waking: ReminderFired) -> str:
        asked.append(waking)
        return DUE

    profiles = DynamoProfiles(town.dynamodb, PEOPLE, CONVERSATIONS)
    boxes = {"tasks": Toolbox(wake=due, quotes=quotes), "silent": Toolbox()}
    run = waker(
        lambda: boxes, notifier=Notifier(town.mailbox, town), profiles=profiles, now_ms=town.clock.now_ms
    )
    due_ms = town.clock.now_ms() - late_ms
    run(Job("wake", f"{skill}-{person}", person, address, detail=skill, due_ms=due_ms))
    town.rest()
    return asked


@pytest.fixture
def ada(town: Town) -> PersonId:
    town.say(ADAS_PHONE, "hello")
    return town.people.behind(ADAS_PHONE)


def test_the_person_is_told_once_a_day_what_is_due_by_their_own_clock(town: Town, ada: PersonId) -> None:
    town.say(ADAS_PHONE, "/zone Pacific/Kiritimati")
    for _ in range(2):
        (asked,) = wake(town, ada, ADAS_PHONE)
    assert asked.now == datetime.fromtimestamp(town.clock.now_ms() / 1000, UTC)
    assert str(asked.now.tzinfo) == "Pacific/Kiritimati"
    assert town.heard(ADAS_PHONE).count(DUE) == 1


@pytest.mark.parametrize(("quotes", "source"), [(never, ""), (always, "tasks")])
def test_a_nudge_says_whose_words_it_holds(
    town: Town, ada: PersonId, quotes: Callable[[PersonId], bool], source: str
) -> None:
    wake(town, ada, ADAS_PHONE, quotes=quotes)
    turns = [unpack(item) for item in town.dynamodb.scan(TableName=CONVERSATIONS)["Items"]]
    assert [turn["quoted"] for turn in turns if turn.get("text") == DUE] == [source]


def test_after_an_hour_nobody_wants_the_question_any_more(town: Town, ada: PersonId) -> None:
    assert wake(town, ada, ADAS_PHONE, late_ms=LATE_MS + 1) == []
    assert DUE not in town.heard(ADAS_PHONE)
    assert len(wake(town, ada, ADAS_PHONE, late_ms=LATE_MS)) == 1
    assert DUE in town.heard(ADAS_PHONE)


@pytest.mark.parametrize("skill", ["silent", "dance"])
def test_a_skill_that_wakes_nobody_says_nothing(town: Town, ada: PersonId, skill: str) -> None:
    assert wake(town, ada, ADAS_PHONE, skill=skill) == []
    assert DUE not in town.heard(ADAS_PHONE)


def test_somebody_who_became_another_is_woken_no_more(town: Town, ada: PersonId) -> None:
    town.link(ADAS_PHONE, to=BABBAGES_PHONE)
    assert wake(town, ada, ADAS_PHONE) == []
    assert DUE not in (*town.heard(ADAS_PHONE), *town.heard(BABBAGES_PHONE))


def test_an_address_that_was_unlinked_hears_nothing_of_the_person_it_left(town: Town, ada: PersonId) -> None:
    town.link(BABBAGES_PHONE, to=ADAS_PHONE)
    assert len(wake(town, ada, BABBAGES_PHONE)) == 1
    town.say(ADAS_PHONE, "/unlink 2")
    assert wake(town, ada, BABBAGES_PHONE) == []
