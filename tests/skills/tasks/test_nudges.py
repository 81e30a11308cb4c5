"""Nudges come at the person's hour, across daylight saving, never in quiet hours, and fit one part."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.core.channels.policy import quiet
from switchboard.core.errors import UserFacing
from switchboard.core.skills.reminders import DAYS, ReminderFired
from switchboard.skills.tasks.actions.check_ins import Hour, next_time, parse_hour

from tests.skills.tasks.talk import ADA, Talk

MOMENTS = st.integers(0, 10 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("text", "at", "days"),
    [
        ("8:30", time(8, 30), ()),
        ("at 9", time(9), ()),
        ("7pm", time(19), ()),
        ("12 pm", time(12), ()),
        ("8.15 a.m.", time(8, 15), ()),
        ("every day at 18:00", time(18), ()),
        ("weekdays at 7 pm", time(19), DAYS[:5]),
        ("sundays 18:30", time(18, 30), ("SUN",)),
        ("sunday at 18:30", time(18, 30), ("SUN",)),
        ("mon wed fri at 9am", time(9), ("MON", "WED", "FRI")),
        ("weekly at 9am", time(9), ("MON",)),
    ],
)
def test_an_hour_is_understood(text: str, at: time, days: tuple[str, ...]) -> None:
    assert parse_hour(text) == Hour(at, tuple(days))


@pytest.mark.parametrize("text", ["21:00", "11pm", "7:59", "6am", "0:30"])
def test_quiet_hours_are_refused(text: str) -> None:
    with pytest.raises(UserFacing, match="I stay quiet from 21:00 to 08:00"):
        parse_hour(text)


@pytest.mark.parametrize("text", ["", "soon", "25:00", "9:75", "13pm", "2026"])
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(UserFacing, match="Say an hour"):
        parse_hour(text)


@pytest.mark.parametrize(
    ("after", "at", "days", "expected"),
    [
        ("2026-03-07T16:31", time(8, 30), (), "2026-03-08T15:30"),
        ("2026-03-07T16:29", time(8, 30), (), "2026-03-07T16:30"),
        ("2026-03-07T16:30", time(8, 30), (), "2026-03-08T15:30"),
        ("2026-10-31T15:31", time(8, 30), (), "2026-11-01T16:30"),
        ("2026-03-07T20:00", time(2, 30), (), "2026-03-08T10:30"),
        ("2026-10-31T20:00", time(1, 30), (), "2026-11-01T08:30"),
        ("2026-11-01T08:30", time(1, 30), (), "2026-11-02T09:30"),
        ("2026-11-20T20:00", time(9), ("SUN",), "2026-11-22T17:00"),
    ],
)
def test_the_next_time_keeps_to_the_clock_on_the_wall(
    after: str, at: time, days: tuple[str, ...], expected: str
) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)
    assert next_time(Hour(at, days), moment, LOS_ANGELES).isoformat()[:16] == expected


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(available_timezones())),
    MOMENTS,
    st.times().filter(lambda at: time(8) <= at < time(21)),
    st.sets(st.sampled_from(DAYS)),
)
def test_the_next_time_lies_ahead_on_a_wished_day_and_out_of_quiet_hours(
    name: str, moment: datetime, at: time, days: set[str]
) -> None:
    zone = ZoneInfo(name)
    found = next_time(Hour(at.replace(microsecond=0), tuple(days)), moment, zone)
    assert moment < found <= moment + timedelta(days=9)
    assert not days or DAYS[found.astimezone(zone).weekday()] in days
    assert not quiet(round(found.timestamp() * 1000), name)


def test_a_check_in_is_wished_for_and_taken_back() -> None:
    talk = Talk()
    assert talk.say("/checkin weekdays at 8:30") == (
        "I ask you on Mon Tue Wed Thu Fri at 08:30, first tomorrow. /checkin off ends it."
    )
    wish = talk.wakeups.wishes[ADA, "tasks"]
    assert (wish.at, wish.zone, wish.days) == (time(8, 30), "America/Los_Angeles", DAYS[:5])
    assert talk.call("set_check_in", when="19:00").startswith("I ask you every day at 19:00, first today.")
    assert len(talk.wakeups.wishes) == 1
    assert talk.say("/checkin off") == "All right, I ask no more."
    assert talk.wakeups.wishes == {}


def nudged(talk: Talk) -> str:
    assert talk.box.wake
    return talk.box.wake(ReminderFired(ADA, talk.now.astimezone(ZoneInfo(talk.zone))))


def test_a_nudge_says_what_is_due_and_how_to_answer() -> None:
    talk = Talk()
    assert nudged(talk) == ""
    talk.say("read 20 pages of Dune every day")
    assert nudged(talk) == "Due today:\n1 read Dune, 20 pages\nAnswer: 1 done, or 1 skip"
    talk.say("30 pushups mon wed fri")
    talk.say("call the bank tomorrow")
    assert nudged(talk) == (
        "Due today:\n3 call the bank, by Nov 17\n1 read Dune, 20 pages\n2 pushups, 30x\n"
        "Answer like: 3 done, 1 skip"
    )


def test_the_answer_to_a_nudge_is_one_text_and_then_there_is_no_more_to_ask() -> None:
    talk = Talk()
    talk.say("read 20 pages of Dune every day")
    talk.say("30 pushups mon wed fri")
    assert talk.say("1 done, 2 skip") == (
        "1 read Dune: 20 pages. 20/20 pages. Streak 1 day.\nSkipped 2 pushups today."
    )
    assert nudged(talk) == ""
    assert talk.say("undo").startswith("Undone: 1 read Dune: 20 pages")
    assert nudged(talk) != ""


def test_what_rests_is_not_asked_about() -> None:
    talk = Talk(day=date(2026, 11, 17))
    talk.say("30 pushups mon wed fri")
    assert nudged(talk) == ""
    talk.day = date(2026, 11, 18)
    talk.say("pause pushups")
    assert nudged(talk) == ""


def test_more_than_one_write_takes_is_refused_whole() -> None:
    talk = Talk()
    for book in ("Emma", "Ulysses", "Dracula", "Beowulf", "Walden", "Candide"):
        talk.say(f"/add read {book} by tomorrow")
        talk.say("/pick 0")
    kept = talk.kept()
    answers = ", ".join(f"{number} done" for number in range(1, 7))
    assert talk.say(answers) == "That is too much at once. Say a few of them at a time."
    assert talk.kept() == kept


def test_a_check_in_that_names_no_task_changes_nothing() -> None:
    talk = Talk()
    talk.say("read 20 pages of Dune every day")
    kept = talk.kept()
    assert talk.say("1 done, 9 done") == "There is no task 9. /tasks lists them."
    assert talk.kept() == kept
