"""What people text about their tasks is understood without a model."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.tasks.parsing.intent import Intent, Verb, intent_body, intent_of
from switchboard.skills.tasks.parsing.phrases import did, marks, skip, understand

TODAY = date(2026, 11, 21)  # a Saturday
FRIDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("did 25 pages", Intent(Verb.DID, "", Decimal(25), "page")),
        ("I just did 25 more pages of Dune.", Intent(Verb.DID, "Dune", Decimal(25), "page")),
        ("done pushups", Intent(Verb.DID, "pushups")),
        ("pushups done!", Intent(Verb.DID, "pushups")),
        ("did 20 pushups yesterday", Intent(Verb.DID, "pushups", Decimal(20), "rep", FRIDAY)),
        ("did 20 pages of Dune on Nov 12", Intent(Verb.DID, "Dune", Decimal(20), "page", date(2026, 11, 12))),
        ("did pushups 9 days ago", Intent(Verb.DID, "pushups", day=date(2026, 11, 12))),
        ("did pushups on 24 December", Intent(Verb.DID, "pushups", day=date(2025, 12, 24))),
        ("did pushups a week ago", Intent(Verb.DID, "pushups", day=date(2026, 11, 14))),
        ("did pushups 20", Intent(Verb.DID, "pushups", Decimal(20), "")),
        ("did 2", Intent(Verb.DID, "2")),
        ("done", Intent(Verb.DID)),
        ("I did it", Intent(Verb.DID)),
        ("ran 5k", Intent(Verb.DID, "ran", Decimal(5), "km")),
        ("read 30 pages of Dune", Intent(Verb.DID, "read Dune", Decimal(30), "page")),
        ("25 pages of dune", Intent(Verb.DID, "dune", Decimal(25), "page")),
        ("finished 2 sessions of taxes on friday", Intent(Verb.DID, "taxes", Decimal(2), "session", FRIDAY)),
        ("skip today", Intent(Verb.SKIP, day=TODAY)),
        ("skip pushups tomorrow", Intent(Verb.SKIP, "pushups", day=SUNDAY)),
        ("undo that", Intent(Verb.UNDO)),
        ("Undo", Intent(Verb.UNDO)),
        ("what's next?", Intent(Verb.TODAY)),
        ("What\u2019s due today", Intent(Verb.TODAY)),
        ("how am I doing?", Intent(Verb.WEEK)),
        ("how is dune going", Intent(Verb.SHOW, "dune")),
        ("my tasks", Intent(Verb.LIST)),
        ("move taxes to Friday", Intent(Verb.MOVE, "taxes", to="Friday")),
        ("please change 2 to 25 pages", Intent(Verb.MOVE, "2", to="25 pages")),
        ("rename dune to Dune Messiah", Intent(Verb.RENAME, "dune", to="Dune Messiah")),
        ("pause the pushups", Intent(Verb.PAUSE, "pushups")),
        ("resume pushups", Intent(Verb.RESUME, "pushups")),
        ("archive my taxes", Intent(Verb.ARCHIVE, "taxes")),
        ("I'm done with taxes", Intent(Verb.FINISH, "taxes")),
        ("mark taxes as complete", Intent(Verb.FINISH, "taxes")),
        ("yes", Intent(Verb.YES)),
        ("Ok.", Intent(Verb.YES)),
        ("no", Intent(Verb.NO)),
        ("4", Intent(Verb.PICK, "4")),
        ("1 done, 2 skip", Intent(Verb.MARKS, to="1 done, 2 skip")),
        ("read 20 pages of Dune every day", Intent(Verb.ADD, to="read 20 pages of Dune every day")),
        ("finish the tax return by April 12, about six sessions",
         Intent(Verb.ADD, to="finish the tax return by April 12, about six sessions")),
        ("30 pushups mon wed fri", Intent(Verb.ADD, to="30 pushups mon wed fri")),
        ("learn Rust", Intent(Verb.ADD, to="learn Rust")),
        ("call the bank tomorrow", Intent(Verb.ADD, to="call the bank tomorrow")),
        ("read 25 pages today", Intent(Verb.DID, "read", Decimal(25), "page", TODAY)),
        ("read 25 pages tomorrow", Intent(Verb.ADD, to="read 25 pages tomorrow")),
        ("what a nice day today", None),
        ("read The Hobbit by Dec 5, 310 pages", Intent(Verb.ADD, to="read The Hobbit by Dec 5, 310 pages")),
        ("water plants every 3 days", Intent(Verb.ADD, to="water plants every 3 days")),
        ("add buy milk", Intent(Verb.ADD, to="buy milk")),
        ("what a nice day", None),
        ("tell me a joke", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_sentence_is_understood(text: str, intent: Intent | None) -> None:
    assert understand(text, TODAY) == intent


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("1 done, 2 skip", [(1, Verb.DID), (2, Verb.SKIP)]),
        ("1 done 2 skip 3 done", [(1, Verb.DID), (2, Verb.SKIP), (3, Verb.DID)]),
        ("1: done; 2: skipped.", [(1, Verb.DID), (2, Verb.SKIP)]),
        ("#12 yes and 3 no", [(12, Verb.DID), (3, Verb.SKIP)]),
        ("4 done", [(4, Verb.DID)]),
        ("done", []),
        ("1 done, 1 skip", []),
        ("1 done and I am proud", []),
        ("20 pages done", []),
    ],
)
def test_a_check_in_is_answered_by_numbers(text: str, answers: list[tuple[int, Verb]]) -> None:
    assert marks(text) == answers


@given(
    st.dictionaries(
        st.integers(min_value=1, max_value=10**6), st.sampled_from(["done", "skip"]), min_size=1, max_size=8
    ),
    st.sampled_from([", ", " ", "; ", " and ", ","]),
)
def test_every_answer_of_a_check_in_is_read(answers: dict[int, str], between: str) -> None:
    text = between.join(f"{number} {word}" for number, word in answers.items())
    expected = [(number, Verb.DID if word == "done" else Verb.SKIP) for number, word in answers.items()]
    assert marks(text) == expected


@given(st.text(max_size=120))
def test_whatever_is_texted_is_read_without_a_mistake(text: str) -> None:
    for intent in (understand(text, TODAY), did(text, TODAY), skip(text, TODAY)):
        assert intent is None or intent_of(intent_body(intent)) == intent
