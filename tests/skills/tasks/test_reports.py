"""Reports as data: what the page draws."""

import json
from dataclasses import asdict
from datetime import date, timedelta
from itertools import pairwise

from switchboard.skills.tasks.api.reports import Card, board, report
from switchboard.skills.tasks.domain.task import State
from switchboard.skills.tasks.store.keys import owner_of
from switchboard.skills.tasks.store.unit_of_work import Work

from tests.skills.tasks.talk import ADA, MONDAY, Talk


def at_work(talk: Talk) -> Work:
    return Work(talk.records, owner_of(ADA))


def a_year_of_reading() -> Talk:
    talk = Talk(day=date(2025, 9, 1))
    talk.say("read 20 pages of Dune every day")
    for ahead in range(0, 440, 4):
        talk.day = date(2025, 9, 1) + timedelta(days=ahead)
        talk.say(f"did {5 + ahead % 30} pages")
    return talk


def test_the_heat_map_holds_a_year_of_days_by_quarters_of_a_rep() -> None:
    talk = a_year_of_reading()
    heat = report(at_work(talk), talk.task(1), talk.day).heat
    days = [date.fromisoformat(each.day) for each in heat]
    assert days == sorted(days)
    assert days[0] >= talk.day - timedelta(days=365)
    assert days[-1] == talk.day
    assert all(later - sooner == timedelta(days=4) for sooner, later in pairwise(days))
    assert {each.level for each in heat if int(each.amount) < 10} == {1}
    assert {each.level for each in heat if int(each.amount) >= 20} == {4}


def test_a_year_is_read_in_a_few_calls() -> None:
    talk = a_year_of_reading()
    talk.counting.calls = talk.counting.read = 0
    work = Work(talk.counting, owner_of(ADA))
    report(work, talk.task(1), talk.day)
    assert talk.counting.calls <= 3
    assert talk.counting.read < 4_000


def test_a_task_remembers_weeks_and_not_years() -> None:
    talk = a_year_of_reading()
    assert len(talk.task(1).days) <= 42
    assert talk.task(1).times == 110


def test_a_report_is_plain_data() -> None:
    talk = a_year_of_reading()
    data = asdict(report(at_work(talk), talk.task(1), talk.day))
    assert json.loads(json.dumps(data)) == data


def test_a_card_says_how_a_task_stands() -> None:
    talk = Talk()
    talk.say("finish the tax return by April 12, about six sessions")
    talk.say("did 2 sessions of taxes")
    [card] = board(at_work(talk), talk.day).cards
    assert card == Card(
        number=1,
        id=talk.task(1).id,
        title="finish the tax return",
        state="open",
        plan="6 sessions by Apr 12 2027",
        unit="session",
        amount="1",
        total="6",
        done="2",
        due="2027-04-12",
        today="2",
        is_due=False,
        week="#......",
        week_done=0,
        week_planned=0,
        streak=0,
        version=2,
    )


def test_a_board_is_read_a_page_at_a_time() -> None:
    talk = Talk()
    for book in ("Emma", "Ulysses", "Dracula", "Beowulf", "Walden"):
        talk.say(f"/add read {book} daily")
        talk.say("/pick 0")
    talk.say("archive 2")
    talk.say("pause 3")
    first = board(at_work(talk), talk.day, limit=2)
    rest = board(at_work(talk), talk.day, limit=2, after=first.after)
    assert [card.number for card in (*first.cards, *rest.cards)] == [1, 4, 5]
    assert (first.after, rest.after) == (4, 0)
    assert first.counts == {"open": 3, "paused": 1, "finished": 0, "archived": 1}
    assert [card.number for card in board(at_work(talk), talk.day, state=State.PAUSED).cards] == [3]


def test_the_outlook_is_known_once_the_pace_is() -> None:
    talk = Talk()
    talk.say("read Emma 20 pages a day, 400 pages in total, by december 20")
    assert report(at_work(talk), talk.task(1), talk.day).outlook is None
    for ahead in range(10):
        talk.day = MONDAY + timedelta(days=ahead)
        talk.say("did 20 pages")
    outlook = report(at_work(talk), talk.task(1), talk.day).outlook
    assert outlook
    assert (outlook.early, outlook.likely, outlook.chance) == ("2026-12-05", "2026-12-05", "on track")
