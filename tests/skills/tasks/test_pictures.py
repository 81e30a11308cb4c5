"""A week fits one text message, whatever the tasks are called."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from switchboard.channels.sms.encoding import measure
from switchboard.skills.tasks.text.charts import fitting

from tests.skills.tasks.talk import MONDAY, Talk

TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@settings(max_examples=40)
@given(st.lists(TITLES, max_size=9))
def test_a_week_is_one_part(titles: list[str]) -> None:
    talk = Talk()
    for title in titles:
        if talk.say(f"/add {title} 10 pages daily").startswith(("Do you mean", "Which one")):
            talk.say("/pick 0")
    assert measure(talk.say("/week")).parts == 1


@settings(max_examples=40)
@given(st.lists(TITLES, max_size=9))
def test_a_nudge_is_one_part(titles: list[str]) -> None:
    from switchboard.core.skills.reminders import ReminderFired  # noqa: PLC0415 - beside its only use

    talk = Talk()
    for title in titles:
        if talk.say(f"/add {title} 10 pages daily").startswith(("Do you mean", "Which one")):
            talk.say("/pick 0")
    assert talk.box.wake
    assert measure(talk.box.wake(ReminderFired(talk.person, talk.now))).parts <= 1


def test_many_tasks_are_shown_a_page_at_a_time_and_none_is_left_out() -> None:
    talk = Talk()
    books = ["Emma", "Ulysses", "Dracula", "Beowulf", "Walden", "Candide", "Hamlet", "Faust", "Sophocles"]
    for book in books:
        talk.say(f"/add read {book} daily")
        talk.say("/pick 0")
    pages, after = [], ""
    while True:
        page = talk.say(f"/week {after}")
        assert measure(page).parts == 1
        pages.append(page)
        *_, last = page.splitlines()
        if not last.startswith("More: /week "):
            break
        after = last.removeprefix("More: /week ")
    text = "\n".join(pages)
    assert [book for book in books if f"read {book} " in text] == books


def test_the_list_continues_where_it_ended() -> None:
    talk = Talk()
    for book in [
        "Emma",
        "Ulysses",
        "Dracula",
        "Beowulf",
        "Walden",
        "Candide",
        "Hamlet",
        "Faust",
        "Sophocles",
    ]:
        talk.say(f"/add read {book} daily")
        talk.say("/pick 0")
    first = talk.say("/tasks")
    assert first.splitlines()[-1] == "9 in all. More: /tasks 8"
    assert talk.say("/tasks 8") == "9 read Sophocles: every day"
    assert talk.say("/tasks 9") == "That is all of them."


def test_today_says_what_is_to_do_and_what_was_done() -> None:
    talk = Talk()
    assert talk.say("/today") == "Nothing is planned for today. /add plans something."
    for text in (
        "read 20 pages of Dune every day",
        "30 pushups mon wed fri",
        "pay rent by December 1",
        "stretch daily",
    ):
        talk.say(text)
    talk.say("/skip stretch")
    talk.say("did 25 pages")
    assert talk.say("/today") == (
        "Mon Nov 16\nTo do: 2 pushups 30x\nDone: 1 read Dune 25 pages\nSkipped: 4 stretch\n"
        "Some day: 3 pay rent (by Dec 1)"
    )
    talk.day = date(2026, 11, 24)
    assert talk.say("what's next").startswith("Next: 3 pay rent (by Dec 1). Then: 1 read Dune 20 pages")


def test_a_report_tells_the_way_to_the_end() -> None:
    talk = Talk()
    talk.say("read Emma 20 pages a day, 400 pages in total, by december 20")
    for ahead in range(10):
        talk.day = MONDAY + timedelta(days=ahead)
        talk.say("did 20 pages")
    assert talk.say("how is emma going") == (
        "1 read Emma: 20 pages every day, 400 pages in all, by Dec 20\n"
        "Week ###____ 3/7, today 20/20 pages\n"
        "Streak 10 days, 4 weeks 100%\n"
        "200 pages to go, likely done Dec 5 (Dec 5 to Dec 5), on track\n"
        "Best day Nov 16: 20 pages"
    )


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo"])
def test_today_is_the_persons_own(zone: str) -> None:
    talk = Talk(zone=zone, day=MONDAY)
    talk.say("30 pushups on mondays")
    assert "1 pushups" not in Talk(zone=zone, day=MONDAY + timedelta(days=1), records=talk.records).say(
        "/today"
    )
    assert "1 pushups 30x" in talk.say("/today")


def test_a_character_that_a_text_message_counts_twice_is_counted_twice() -> None:
    told = fitting(["\U00010000" * 30, "and a line."])
    assert told == "\U00010000" * 30
    assert measure(told).parts == 1
