"""A week of one person's texts, day by day, against a table computed by hand."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from switchboard.skills.tasks.api.reports import board, report
from switchboard.skills.tasks.store.keys import owner_of
from switchboard.skills.tasks.store.unit_of_work import Work

from tests.skills.tasks.talk import ADA, MONDAY, Talk


@dataclass(frozen=True)
class Row:
    """What a task's card must say: its marks, reps done and planned, streak, and all that was ever done."""

    marks: str
    done: int
    planned: int
    streak: int
    total: str


TEXTS: tuple[tuple[int, str, str], ...] = (
    (0, "read 20 pages of Dune every day", "Added 1 read Dune: 20 pages every day."),
    (0, "finish the tax return by April 12, about six sessions",
     "Added 2 finish the tax return: 6 sessions by Apr 12 2027."),
    (0, "30 pushups mon wed fri", "Added 3 pushups: 30x on Mon Wed Fri."),
    (0, "learn Rust", ("You did not say how much at a time and how often. My proposal: learn Rust, "
     "30 minutes 3 times a week. Say yes, or say it again your way.")),
    (0, "yes", "Added 4 learn Rust: 30 minutes 3 times a week."),
    (0, "did 25 pages", "1 read Dune: 25 pages. 25/20 pages. Streak 1 day."),
    (0, "done pushups", "3 pushups: 30x. 30/30. Streak 1 day."),
    (1, "did 12 pages", "1 read Dune: 12 pages. 12/20 pages. Streak 1 day."),
    (1, "did 8 more pages of Dune", "1 read Dune: 8 pages. 20/20 pages. Streak 2 days."),
    (1, "did a session on the tax return", "2 finish the tax return: 1 session. 1/6 sessions."),
    (1, "did rust", "4 learn Rust: 30 minutes. 30/30 minutes."),
    (2, "what's next", ("Next: 1 read Dune 20 pages. Then: 3 pushups 30x, "
     "4 learn Rust (30 minutes 3 times a week), 2 finish the tax return (1/6 sessions, by Apr 12 2027).")),
    (2, "skip dune", "Skipped 1 read Dune today. Streak 2 days, kept."),
    (2, "did 20 pushups", "3 pushups: 20x. 20/30. Streak 1 day."),
    (3, "did 30 pages of dune", "1 read Dune: 30 pages. 30/20 pages. Streak 3 days."),
    (3, "did an hour of rust", "4 learn Rust: 60 minutes. 60/30 minutes. Streak 1 week."),
    (3, "move taxes to Friday", ("Changed 2 finish the tax return: 6 sessions by tomorrow "
     "(was 6 sessions by Apr 12 2027).")),
    (3, "undo that", ("Undone: Changed 2 finish the tax return: 6 sessions by tomorrow "
     "(was 6 sessions by Apr 12 2027).")),
    (4, "did pushups yesterday", "3 pushups: 30x Nov 19. 30/30. Streak 0 days (best 1)."),
    (4, "1 done, 3 done", ("1 read Dune: 20 pages. 20/20 pages. Streak 4 days.\n"
     "3 pushups: 30x. 30/30. Streak 1 day.")),
    (5, "did 2 sessions of taxes", "2 finish the tax return: 2 sessions. 3/6 sessions."),
    (6, "done dune", "1 read Dune: 20 pages. 20/20 pages. Streak 1 day (best 4)."),
)  # fmt: skip

TABLE = {
    1: Row("##-##x#", done=5, planned=6, streak=1, total="115"),
    2: Row(".#...#.", done=0, planned=0, streak=0, total="3"),
    3: Row("#.+##..", done=2, planned=3, streak=1, total="110"),
    4: Row(".#.#...", done=3, planned=3, streak=1, total="90"),
}

PICTURE = """\
Mon-Sun # done + some - skip x missed
1 read Dune ##-##x# 5/6
2 finish the t.. .#...#. 3/6
3 pushups #.+##.. 2/3
4 learn Rust .#.#... 3/3"""


@pytest.fixture(scope="module")
def talk() -> Talk:
    return Talk()


@pytest.fixture(scope="module")
def told(talk: Talk) -> list[str]:
    answers = []
    for ahead, text, _ in TEXTS:
        talk.day = MONDAY + timedelta(days=ahead)
        answers.append(talk.say(text))
    return answers


@pytest.mark.parametrize("place", range(len(TEXTS)), ids=[text for _, text, _ in TEXTS])
def test_every_text_is_answered(told: list[str], place: int) -> None:
    assert told[place] == TEXTS[place][2]


def test_the_page_shows_what_the_table_says(talk: Talk, told: list[str]) -> None:
    found = board(Work(talk.records, owner_of(ADA)), talk.day)
    shown = {
        card.number: Row(card.week, card.week_done, card.week_planned, card.streak, card.done)
        for card in found.cards
    }
    assert shown == TABLE


def test_the_week_in_a_text_says_the_same(talk: Talk, told: list[str]) -> None:
    assert talk.say("how am I doing?") == PICTURE


def test_the_report_of_a_task_says_the_same(talk: Talk, told: list[str]) -> None:
    found = report(Work(talk.records, owner_of(ADA)), talk.task(1), talk.day)
    assert [(heat.day[-2:], heat.amount, heat.level) for heat in found.heat] == [
        ("16", "25", 4),
        ("17", "20", 4),
        ("19", "30", 4),
        ("20", "20", 4),
        ("22", "20", 4),
    ]
    assert [bar.amount for bar in found.bars] == ["0", "0", "0", "0", "0", "115"]
    assert (found.kept, found.planned, found.longest_streak, found.times) == (5, 6, 4, 6)
    assert (found.best_day, found.best_amount) == ("2026-11-19", "30")


def test_every_rep_is_on_record(talk: Talk, told: list[str]) -> None:
    reps = [key for key in talk.kept() if key.startswith("REP#")]
    assert len(reps) == sum(talk.task(number).times for number in TABLE) == 14
