"""Only what was said is quoted, with the time at which it was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.calls.domain.quotes import Checker, Index, tokens

from tests.skills.calls.examples import transcript

CALL = transcript(
    "anna: Good morning, this is Anna from Acme.",
    "ben: Hi Anna. I don't think the invoice is right!",
    "anna: I'll send you a new invoice by Friday.",
    "ben: Thank you.",
    "anna: Thank you. Goodbye.",
)
INDEX = Index(CALL)


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("this is Anna from Acme", 0),
        ("GOOD MORNING -- this is anna", 0),
        ("I don\u2019t think the invoice is right", 1),
        ("dont think", 1),
        ("Goodbye", 4),
        ("\uff26riday", 2),
    ],
)
def test_what_was_said_is_found_however_it_is_written(quote: str, line: int) -> None:
    place = INDEX.find(quote)
    assert place is not None
    assert (place.line, place.speaker) == (line, CALL.lines[line].speaker)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "...",
        "a new invoice by Monday",
        "from Acme Hi Anna",
        "nvoice",
        "invoice invoice",
        "is right I'll send",
    ],
)
def test_what_nobody_said_is_not_found(quote: str) -> None:
    assert INDEX.find(quote) is None


def test_words_of_two_speakers_are_no_quote() -> None:
    assert INDEX.find("by Friday. Thank you.") is None


def test_of_several_places_the_nearest_counts() -> None:
    assert [INDEX.find("thank you", near=near).line for near in (0, 3, 4, 900)] == [3, 3, 4, 4]  # type: ignore[union-attr]


def test_times_are_those_of_the_words() -> None:
    place = INDEX.find("a new invoice")
    assert place is not None
    spoken = CALL.lines[2].words[3:6]
    assert (place.start_ms, place.end_ms) == (spoken[0].start_ms, spoken[-1].end_ms)


WORDS = st.integers(0, 4).flatmap(
    lambda line: st.tuples(st.just(line), st.integers(0, len(CALL.lines[line].words) - 1), st.integers(1, 5))
)


@given(WORDS)
def test_every_stretch_of_a_line_is_found_in_a_line_that_says_it(where: tuple[int, int, int]) -> None:
    line, first, count = where
    quote = "".join(word.text for word in CALL.lines[line].words[first : first + count])
    place = INDEX.find(quote, near=line)
    assert place is not None
    assert place.line == line


@given(st.text(max_size=40))
def test_no_text_breaks_the_search(text: str) -> None:
    found = INDEX.find(text)
    assert found is None or " ".join(tokens(text)) in " ".join(tokens(CALL.lines[found.line].text))


def test_an_answer_gets_its_times_from_the_transcript() -> None:
    checker = Checker(INDEX)
    made = checker.checked({"topics": [{"title": "Invoice", "line": 1}]})
    line = CALL.lines[1]
    assert made == {
        "topics": [
            {
                "title": "Invoice",
                "line": 1,
                "start_ms": line.start_ms,
                "end_ms": line.end_ms,
                "speaker": "ben",
            }
        ]
    }


def test_a_quote_that_was_never_said_is_emptied_and_counted() -> None:
    checker = Checker(INDEX)
    items = [
        {"task": "Send the invoice", "quote": "send you a new invoice", "line": 0},
        {"task": "Pay", "quote": "I will pay a million", "line": 3},
    ]
    first, second = checker.checked({"action_items": items})["action_items"]
    assert (first["quote"], first["line"]) == ("send you a new invoice", 2)
    assert (second["task"], second["quote"], second["line"]) == ("Pay", "", 3)
    assert (checker.tally.verified, checker.tally.dropped) == (1, 1)


def test_in_a_list_of_quotes_one_that_was_never_said_is_dropped_whole() -> None:
    checker = Checker(INDEX)
    made = checker.checked({"quotes": [{"quote": "Goodbye.", "why": "end"}, {"quote": "Never!", "why": "x"}]})
    assert [each["quote"] for each in made["quotes"]] == ["Goodbye."]
    assert checker.checked({"quotes": ["Goodbye.", "Never!"]})["quotes"][0]["speaker"] == "anna"
    assert (checker.tally.verified, checker.tally.dropped) == (2, 2)


def test_a_line_that_does_not_exist_is_no_line() -> None:
    assert Checker(INDEX).checked({"a": [{"line": 99}, {"line": -1}]}) == {"a": [{"line": None}] * 2}


def test_a_flag_called_line_is_no_line() -> None:
    assert Checker(INDEX).checked({"line": True, "quote": None}) == {"line": True, "quote": None}
