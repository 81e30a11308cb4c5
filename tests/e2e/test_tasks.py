"""A week of one person's tasks, told by text, by chat and by taps, and a question that comes at its hour."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from local.cloud import CLIENT
from local.endpoints import Endpoints
from tests.e2e.days import Days, days
from tests.e2e.inside import Inside, Item
from tests.e2e.outside import Phone
from tests.e2e.page import Account, Page
from tests.e2e.patience import eventually
from tests.e2e.queues import Queues
from tests.e2e.test_links import link

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient


class Row(NamedTuple):
    """What a card says on Sunday evening."""

    title: str
    week: str
    week_done: int
    week_planned: int
    streak: int
    done: str


BY_HAND = (
    # Mon 20, Tue 20, Wed 10, Thu skipped, Fri 45, Sat nothing, Sun 20: four of the six days that counted.
    Row("read Dune", "##+-#x#", 4, 6, 1, "115"),
    # Mon 30, Wed skipped, Fri 30: two of two.
    Row("pushups", "#.-.#..", 2, 2, 2, "60"),
    # Mon 10, Wed 10, a tap on Fri taken back, Sat 10: three of three, which makes the week.
    Row("meditate", "#.#..#.", 3, 3, 1, "30"),
)


@pytest.fixture
def moving(endpoints: Endpoints, inside: Inside, queues: Queues) -> Iterator[Days]:
    functions = endpoints.access.session().client("lambda", endpoint_url=endpoints.aws, config=CLIENT)
    with days(functions, inside, queues) as moved:
        yield moved


def next_monday() -> datetime:
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    return noon + timedelta(days=7 - noon.weekday())


class Person(NamedTuple):
    """One person at a phone and a page; what is tapped goes by the REST API."""

    phone: Phone
    page: Page
    account: Account

    def cards(self) -> dict[str, dict[str, Any]]:
        items = self.account.get("tasks").raise_for_status().json()["items"]
        return {card["title"]: card for card in items}

    def tap(self, title: str, **rep: str) -> str:
        path = f"tasks/{self.cards()[title]['id']}/reps"
        return str(self.account.post(path, json=rep).raise_for_status().json()["said"])

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(*(card[name] for name in Row._fields))
            for card in sorted(self.cards().values(), key=lambda card: card["number"])
        )


@pytest.fixture
def person(account: Account, phone: Phone, inside: Inside) -> Iterator[Person]:
    with account.page() as page:
        link(phone, to=page)
        eventually(lambda: inside.person(phone.number) == account.person(), what="one person")
        yield Person(phone, page, account)


def on_monday(person: Person) -> None:
    """One task is told by each of the three ways."""
    assert person.phone.ask("read 20 pages of Dune every day").startswith("Added 1 read Dune")
    assert person.page.ask("30 pushups mon wed fri").startswith("Added 2 pushups")
    added = person.account.post("tasks", json={"sentence": "meditate 10 minutes 3 times a week"})
    assert added.json()["said"].startswith("Added 3 meditate")
    person.phone.ask("did 20 pages")
    person.page.ask("did 30 pushups")
    person.tap("meditate")


def on_tuesday(person: Person) -> None:
    person.tap("read Dune")


def on_wednesday(person: Person) -> None:
    person.phone.ask("did 10 pages")
    assert "Skipped 2 pushups today" in person.page.ask("skip pushups")
    person.tap("meditate", amount="10")


def on_thursday(person: Person) -> None:
    assert "Skipped 1 read Dune today" in person.phone.ask("skip dune")


def on_friday(person: Person) -> None:
    """What is tapped by mistake is taken back by text."""
    person.phone.ask("did 45 pages")
    person.tap("pushups")
    person.tap("meditate")
    assert person.phone.ask("undo that") == "Undone: 3 meditate: 10 minutes."


def on_saturday(person: Person) -> None:
    person.page.ask("did 10 minutes of meditate")


def on_sunday(person: Person) -> None:
    """Before the last pages, yesterday is missed."""
    assert person.cards()["read Dune"]["week"] == "##+-#x_"
    person.phone.ask("did 20 pages")


WEEK = (on_monday, on_tuesday, on_wednesday, on_thursday, on_friday, on_saturday, on_sunday)


def test_a_week_by_text_chat_and_taps_is_reported_as_counted_by_hand(person: Person, moving: Days) -> None:
    monday = next_monday()
    for number, live in enumerate(WEEK):
        moving.go_to(monday + timedelta(days=number))
        live(person)
    assert person.rows() == BY_HAND
    for told in (person.phone.ask("how am I doing"), person.page.ask("/week")):
        _, *lines = told.split("\n")
        assert lines == [
            "1 read Dune ##+-#x# 4/6",
            "2 pushups #.-.#.. 2/2 s2",
            "3 meditate #.#..#. 3/3",
        ]


class Hours(NamedTuple):
    """The schedules of people, as the local AWS has them."""

    scheduler: "EventBridgeSchedulerClient"
    group: str

    def of(self, person: str) -> dict[str, Any] | None:
        try:
            found = self.scheduler.get_schedule(Name=f"tasks-{person}", GroupName=self.group)
        except self.scheduler.exceptions.ResourceNotFoundException:
            return None
        return dict(found)

    def bring(self, person: str, moment: datetime) -> None:
        """To just this minute: the local AWS reads every hour as one of UTC, whatever its zone."""
        found = self.of(person)
        assert found
        self.scheduler.update_schedule(
            Name=found["Name"],
            GroupName=self.group,
            ScheduleExpression=f"cron({moment.minute} {moment.hour} * * ? *)",
            ScheduleExpressionTimezone=found["ScheduleExpressionTimezone"],
            FlexibleTimeWindow=found["FlexibleTimeWindow"],
            Target=found["Target"],
        )


@pytest.fixture(scope="module")
def hours(endpoints: Endpoints, inside: Inside) -> Hours:
    client = endpoints.access.session().client("scheduler", endpoint_url=endpoints.aws, config=CLIENT)
    return Hours(client, json.loads(inside.variable("converse", "WAKEUPS"))["group"])


def daytime() -> str:
    """A zone where it is early in the afternoon."""
    west = datetime.now(UTC).hour - 14
    return f"Etc/GMT{west:+d}"


def pushed(items: list[Item]) -> Item | None:
    """The turn that nobody asked for, once it is over."""
    turns = (item for item in items if item["sk"].startswith("TURN#"))
    return next((turn for turn in turns if (turn["origin"], turn["state"]) == ("push", "answered")), None)


def test_a_question_comes_at_its_hour_is_answered_in_a_word_and_never_after_stop(
    new_phone: Callable[[], Phone], hours: Hours, inside: Inside
) -> None:
    phone, left = new_phone().introduced(), new_phone().introduced()
    for each in (phone, left):
        each.ask(f"/zone {daytime()}")
        each.ask("meditate 10 minutes every day")
        each.ask("read 20 pages of Dune every day")
        assert "every day at 12:00, first tomorrow" in each.ask("/checkin 12:00")
    person, gone = inside.person(phone.number), inside.person(left.number)
    found = hours.of(person)
    assert found
    assert (found["ScheduleExpression"], found["ScheduleExpressionTimezone"]) == (
        "cron(0 12 * * ? *)",
        daytime(),
    )
    left.ask("STOP")
    at, before, silent = datetime.now(UTC) + timedelta(seconds=75), len(phone.thread()), len(left.thread())
    for woken in (person, gone):
        hours.bring(woken, at)
    asked = phone.replies(before + 1, seconds=150)[before]
    assert asked == ("Due today:\n1 meditate, 10 minutes\n2 read Dune, 20 pages\nAnswer like: 1 done, 2 skip")
    told = phone.ask("1 done, 2 skip")
    assert told.startswith("1 meditate: 10 minutes.")
    assert "Skipped 2 read Dune today" in told
    withheld = eventually(lambda: pushed(inside.items(left.number)), what="the question that is withheld")
    assert (withheld["text"], len(left.thread())) == ("", silent)
    assert phone.ask("/checkin off") == "All right, I ask no more."
    assert hours.of(person) is None
