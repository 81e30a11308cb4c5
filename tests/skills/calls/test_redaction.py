"""Personal data goes, and what it was stays."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.calls.domain.redaction import (
    Kind,
    label,
    redacted,
    redacted_transcript,
    redacted_values,
    spans,
)

from tests.skills.calls.examples import transcript

ALL = frozenset(Kind)
IBAN = "DE89 3704 0044 0532 0130 00"
CARD = "4111 1111 1111 1111"
TABLE = [
    ("write to ada@example.com please", "write to [email] please"),
    ("it is ada dot l at example dot com", "it is ada dot [email]"),
    (f"my card is {CARD}, expires 12 27", "my card is [card], expires 12 27"),
    (f"{CARD} 5500 0000 0000 0004", "[card] [card]"),
    ("4111-1111-1111-1111", "[card]"),
    ("4111111111111111", "[card]"),
    (f"pay to {IBAN} THANKS", "pay to [iban] THANKS"),
    ("pay to DE89370400440532013000.", "pay to [iban]."),
    ("my number is 123-45-6789", "my number is [ssn]"),
    ("call +12065550150 or (206) 555-0150", "call [phone] or [phone]"),
    ("it's 555-0123, ask for Ben", "it's [phone], ask for Ben"),
    ("two oh six, five five five, oh one five oh", "[phone]"),
    ("double five five oh one two three four, thanks", "[phone], thanks"),
    ("I live at 12 Long Garden Street now", "I live at [street] now"),
]
HARMLESS = [
    "we meet on 2026-11-21 at 10:30",
    "it was 21.11.2026",
    "we sold 1,500 units for 12,000 dollars",
    "one two three go",
    "version 3.14 of 2024",
    "AB12 is the room",
    "order 4111 is late",
    "",
]


@pytest.mark.parametrize(("said", "kept"), TABLE)
def test_personal_data_is_replaced_by_what_it_was(said: str, kept: str) -> None:
    assert redacted(said, ALL) == kept


@pytest.mark.parametrize("said", HARMLESS)
def test_what_is_no_personal_data_stays(said: str) -> None:
    assert redacted(said, ALL) == said


@pytest.mark.parametrize(
    "said", ["4111 1111 1111 1112", "DE88 3704 0044 0532 0130 00", "000-12-3456", "666-12-3456"]
)
def test_a_number_that_fails_its_check_is_not_that_kind(said: str) -> None:
    assert redacted(said, ALL - {Kind.PHONE}) == said


@pytest.mark.parametrize(("said", "kept"), TABLE)
def test_only_the_kinds_that_are_named_go(said: str, kept: str) -> None:
    assert redacted(said, ()) == said
    for kind in Kind:
        if label(kind) not in kept:
            assert label(kind) not in redacted(said, {kind} if kind is not Kind.PHONE else ())


PIECES = st.sampled_from(
    [said for said, _ in TABLE] + HARMLESS + ["+", "(", " ", "4", "12", "-", "@", ".", "oh", "at"]
)


@given(st.lists(PIECES | st.text("0123456789 -.+()aAzZ@\n", max_size=12), max_size=8).map(" ".join))
def test_what_was_redacted_once_needs_it_no_more(text: str) -> None:
    once = redacted(text, ALL)
    assert spans(once, ALL) == []
    assert redacted(once, ALL) == once


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_what_is_left_stands_in_its_order(text: str) -> None:
    found = spans(text, ALL)
    assert all(one.end <= other.start for one, other in pairwise(found))
    rest = text
    for span in reversed(found):
        rest = rest[: span.start] + label(span.kind) + rest[span.end :]
    assert rest == redacted(text, ALL)


@given(st.integers(10**14, 10**15 - 1), st.sampled_from(["", " ", "-"]))
def test_every_card_number_goes_however_it_is_grouped(body: int, between: str) -> None:
    digits = next(f"{body}{check}" for check in range(10) if _luhn(f"{body}{check}"))
    grouped = between.join(digits[n : n + 4] for n in range(0, 16, 4))
    assert redacted(f"it is {grouped} ok", {Kind.CARD}) == "it is [card] ok"


def _luhn(digits: str) -> bool:
    doubled = [int(each) * (1 + place % 2) for place, each in enumerate(reversed(digits))]
    return sum(sum(map(int, str(each))) for each in doubled) % 10 == 0


def test_a_transcript_keeps_the_times_of_what_went() -> None:
    made = transcript(f"anna: My card is {CARD} thank you.", "ben: Fine.")
    kept = redacted_transcript(made, ALL)
    assert [line.text for line in kept.lines] == ["My card is [card] thank you.", "Fine."]
    (gone,) = [word for word in kept.lines[0].words if "[card]" in word.text]
    assert (gone.start_ms, gone.end_ms) == (900, 2100)
    assert kept.lines[0].end_ms == made.lines[0].end_ms


def test_a_transcript_without_wishes_stays_as_it_is() -> None:
    made = transcript(f"anna: My card is {CARD}.")
    assert redacted_transcript(made, ()) is made


@given(st.lists(PIECES.filter(str.strip), min_size=1, max_size=5).map(" ".join))
def test_lines_and_texts_are_redacted_alike(text: str) -> None:
    plain = " ".join(text.split())[:400].strip()
    made = transcript(f"anna: {plain}")
    kept = redacted_transcript(made, ALL)
    assert all(spans(line.text, ALL) == [] for line in kept.lines)


def test_insights_are_redacted_wherever_text_stands() -> None:
    found = {"summary": f"Card {CARD}", "items": [{"task": "Write to ada@example.com", "line": 4}], "n": None}
    assert redacted_values(found, ALL) == {
        "summary": "Card [card]",
        "items": [{"task": "Write to [email]", "line": 4}],
        "n": None,
    }


def test_a_long_text_takes_no_long_time() -> None:
    nasty = "1 " * 20_000 + "a@" * 5_000 + "AB12" * 5_000 + "12 a b c " * 5_000
    assert isinstance(redacted(nasty, ALL), str)
