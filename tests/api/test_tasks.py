"""The board of tasks: what is said and tapped there, as it was read."""

import pytest

from tests.api.site import Caller, Site
from tests.api.tapping import DUNE, TAXES, added, changed, tapped

DAY_SECONDS = 86_400


def test_a_sentence_that_says_everything_becomes_a_card(ada: Caller) -> None:
    answer = ada.http.post("/tasks", json={"sentence": DUNE})
    assert (answer.status_code, answer.json()["said"]) == (201, "Added 1 read Dune: 20 pages every day.")
    assert ada.get("/tasks") == {
        "items": [answer.json()["task"]],
        "next": None,
        "today": "2027-01-15",
        "week_starts": 0,
        "counts": {"open": 1, "paused": 0, "finished": 0, "archived": 0},
    }
    card = answer.json()["task"]
    assert (card["title"], card["plan"], card["week"]) == ("read Dune", "20 pages every day", "....___")


def test_the_same_sentence_again_is_the_same_task(ada: Caller) -> None:
    assert added(ada) == added(ada)


def test_what_a_sentence_leaves_open_is_proposed_and_taken_by_a_yes(ada: Caller) -> None:
    asked = ada.http.post("/tasks", json={"sentence": "learn Rust"}).json()
    assert "My proposal: learn Rust, 30 minutes 3 times a week" in asked["said"]
    assert asked["task"] is None
    taken = ada.http.post("/tasks/answers", json={"text": "yes"})
    assert (taken.status_code, taken.json()["task"]["title"]) == (200, "learn Rust")


def test_a_proposal_is_answered_by_what_one_would_rather_have(ada: Caller) -> None:
    ada.http.post("/tasks", json={"sentence": "learn Rust"})
    taken = ada.http.post("/tasks/answers", json={"text": "no, 20 minutes every day"}).json()
    assert taken["task"]["plan"] == "20 minutes every day"


def test_a_proposal_that_is_refused_leaves_nothing(ada: Caller) -> None:
    ada.http.post("/tasks", json={"sentence": "learn Rust"})
    assert ada.http.post("/tasks/answers", json={"text": "no"}).json()["task"] is None
    assert ada.get("/tasks")["items"] == []


def test_a_look_alike_is_asked_about_and_told_by_its_number(ada: Caller) -> None:
    added(ada)
    asked = ada.http.post("/tasks", json={"sentence": "read 10 pages of Dune Messiah every day"}).json()
    assert (asked["task"], asked["said"][:11]) == (None, "Do you mean")
    new = ada.http.post("/tasks/answers", json={"text": "0"}).json()["task"]
    assert (new["number"], new["title"]) == (2, "read Dune Messiah")


@pytest.mark.parametrize("text", ["yes", "no", "3"])
def test_an_answer_to_nothing_is_refused(ada: Caller, text: str) -> None:
    answer = ada.http.post("/tasks/answers", json={"text": text})
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")


@pytest.mark.parametrize("sentence", ["", "x" * 501, "every day", "..."])
def test_a_sentence_that_names_nothing_is_refused(ada: Caller, sentence: str) -> None:
    assert ada.http.post("/tasks", json={"sentence": sentence}).status_code == 422


def test_a_tap_is_a_rep_and_an_amount_is_what_it_says(ada: Caller) -> None:
    card = added(ada)
    assert tapped(ada, card)["task"]["today"] == "20"
    assert tapped(ada, card, amount="25")["task"] | {"version": 0} == card | {
        "done": "45",
        "today": "45",
        "is_due": False,
        "week": "....#__",
        "week_done": 1,
        "streak": 1,
        "version": 0,
    }


@pytest.mark.parametrize("amount", ["0", "0.00", "-1", "1e3", "1.234", "1234567", "", "many", "\u0663"])
def test_an_amount_is_more_than_nothing(ada: Caller, amount: str) -> None:
    card = added(ada)
    assert ada.http.post(f"/tasks/{card['id']}/reps", json={"amount": amount}).status_code == 422


def test_a_skip_is_forgiven_and_what_was_done_is_not_skipped(site: Site, ada: Caller) -> None:
    card = added(ada)
    tapped(ada, card)
    assert ada.http.post(f"/tasks/{card['id']}/skips").status_code == 409
    site.clock.advance(DAY_SECONDS)
    skipped = ada.http.post(f"/tasks/{card['id']}/skips")
    assert (skipped.status_code, skipped.json()["task"]["week"]) == (201, "....#-_")
    assert skipped.json()["task"]["streak"] == 1


def test_the_last_change_is_taken_back_and_then_there_is_nothing_left(ada: Caller) -> None:
    card = added(ada)
    tapped(ada, card)
    said = [ada.http.post("/tasks/undo").json().get("said") for _ in range(3)]
    assert said == ["Undone: 1 read Dune: 20 pages.", "Undone: Added 1 read Dune: 20 pages every day.", None]
    assert ada.http.post("/tasks/undo").status_code == 409
    assert ada.get("/tasks")["items"] == []


def test_days_are_the_persons_own(site: Site, ada: Caller) -> None:
    """At eight in the morning of UTC it is one day later on Kiritimati, from ten on."""
    ada.http.patch("/me", json={"zone": "Pacific/Kiritimati"}, headers={"if-match": '"1"'})
    assert ada.get("/tasks")["today"] == "2027-01-15"
    site.clock.advance(2 * 3600)
    assert ada.get("/tasks")["today"] == "2027-01-16"


def test_a_report_has_all_that_is_drawn(site: Site, ada: Caller) -> None:
    card = added(ada)
    for amount in ("20", "5"):
        tapped(ada, card, amount=amount)
        site.clock.advance(DAY_SECONDS)
    answer = ada.http.get(f"/tasks/{card['id']}")
    report = answer.json()
    assert answer.headers["etag"] == f'"{report["card"]["version"]}"' == '"3"'
    assert report["heat"] == [
        {"day": "2027-01-15", "amount": "20", "level": 4},
        {"day": "2027-01-16", "amount": "5", "level": 1},
    ]
    assert report["bars"][-1] == {"week": "2027-01-11", "amount": "25"}
    assert (report["times"], report["best_day"], report["kept"], report["planned"]) == (2, "2027-01-15", 1, 2)
    assert (report["trend"], report["outlook"]) == ("too early", None)


def test_a_task_that_ends_has_an_outlook(site: Site, ada: Caller) -> None:
    card = added(ada, TAXES)
    for _ in range(4):
        tapped(ada, card)
        site.clock.advance(3 * DAY_SECONDS)
    outlook = ada.get(f"/tasks/{card['id']}")["outlook"]
    assert "2027" < outlook["early"] <= outlook["likely"] <= (outlook["late"] or "9")
    assert outlook["chance"] in {"on track", "close", "at risk"}


def test_a_board_is_read_a_page_at_a_time(ada: Caller) -> None:
    titles = ["30 pushups every day", "call the bank tomorrow", "meditate 10 minutes every day", DUNE]
    for sentence in titles:
        added(ada, sentence)
    first = ada.get("/tasks", limit=3)
    rest = ada.get("/tasks", limit=3, cursor=first["next"])
    assert [card["number"] for card in (*first["items"], *rest["items"])] == [1, 2, 3, 4]
    assert rest["next"] is None


@pytest.mark.parametrize("cursor", ["!", "_w", "LTE", "Tm90QU51bWJlcg", "OTk5OTk5OTk5"])
def test_a_cursor_that_was_not_given_out_is_refused(ada: Caller, cursor: str) -> None:
    assert ada.http.get("/tasks", params={"cursor": cursor}).status_code == 422


def test_a_task_is_renamed_moved_and_paused_at_once_and_all_of_it_is_one_change(ada: Caller) -> None:
    card = added(ada, TAXES)
    answer = changed(ada, card, title="taxes", due="2027-03-01", state="paused")
    assert answer.status_code == 200
    assert answer.headers["etag"] == '"2"'
    assert answer.json() == card | {
        "title": "taxes",
        "due": "2027-03-01",
        "plan": "6 sessions by Mar 1",
        "state": "paused",
        "is_due": False,
        "version": 2,
    }
    ada.http.post("/tasks/undo")
    assert ada.get("/tasks")["items"][0] | {"version": 1} == card


def test_a_task_is_listed_by_its_state(ada: Caller) -> None:
    card = added(ada)
    put_away = changed(ada, card, state="archived").json()
    assert ada.get("/tasks")["items"] == []
    assert ada.get("/tasks", state="archived")["items"] == [put_away]
    assert ada.get("/tasks")["counts"] == {"open": 0, "paused": 0, "finished": 0, "archived": 1}
    assert changed(ada, put_away, state="open").json()["state"] == "open"


def test_nothing_changes_when_all_is_as_it_was(ada: Caller) -> None:
    card = added(ada)
    assert changed(ada, card, title=card["title"], state="open").json() == card
    assert changed(ada, card).json() == card


def test_a_card_that_was_read_too_long_ago_changes_nothing(ada: Caller) -> None:
    card = added(ada)
    tapped(ada, card)
    assert changed(ada, card, title="Dune Messiah").status_code == 412
    assert ada.get("/tasks")["items"][0]["title"] == "read Dune"


@pytest.mark.parametrize(
    ("header", "status"), [(None, 428), ("*", 200), ('"1"', 200), ('"7"', 412), ("1", 412), ('W/"1"', 412)]
)
def test_a_change_says_what_was_read(ada: Caller, header: str | None, status: int) -> None:
    card = added(ada)
    headers = {} if header is None else {"if-match": header}
    answer = ada.http.patch(f"/tasks/{card['id']}", json={"title": "Dune Messiah"}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    "wish",
    [{"due": "2027-02-30"}, {"due": "soon"}, {"due": "2027-03-01"}, {"state": "finished"}, {"title": ""}],
)
def test_what_cannot_be_is_refused_with_a_reason(ada: Caller, wish: dict[str, str]) -> None:
    """What repeats for ever has no end to move."""
    answer = changed(ada, added(ada), **wish)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_a_paused_task_takes_no_reps(ada: Caller) -> None:
    card = added(ada)
    changed(ada, card, state="paused")
    answer = ada.http.post(f"/tasks/{card['id']}/reps", json={})
    assert (answer.status_code, answer.json()["detail"][:24]) == (409, "1 read Dune is paused. /")
