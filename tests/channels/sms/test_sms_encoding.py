"""What a text costs is counted as the carrier counts it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.channels.sms.encoding import fold, measure, plain_if_cheaper

SMILE = "\U0001f600"
GSM_LETTERS = "abc XYZ 019 @£$é\n€[]{}~^|\\"


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts"),
    [
        ("", "GSM", 0, 0),
        ("a", "GSM", 1, 1),
        ("a" * 160, "GSM", 160, 1),
        ("a" * 161, "GSM", 161, 2),
        ("a" * 306, "GSM", 306, 2),
        ("a" * 307, "GSM", 307, 3),
        ("€" * 80, "GSM", 160, 1),
        ("€" * 81, "GSM", 162, 2),
        ("€" * 152, "GSM", 304, 2),
        ("€" * 153, "GSM", 306, 3),  # 76 in each part: the 153rd septet cannot hold half of one
        ("a" * 152 + "€" + "a" * 152, "GSM", 306, 3),
        ("a" * 151 + "€" + "a" * 153, "GSM", 306, 2),
        ("^{}\\[~]|€\f", "GSM", 20, 1),
        ("ÄÖÑÜ§äöñüà\r\n", "GSM", 12, 1),
        ("\u00e7", "UCS-2", 1, 1),  # the alphabet has the capital only
        ("\u0110" * 70, "UCS-2", 70, 1),
        ("\u201c" * 71, "UCS-2", 71, 2),
        ("\u0110" * 134, "UCS-2", 134, 2),
        ("\u0110" * 135, "UCS-2", 135, 3),
        (SMILE * 35, "UCS-2", 70, 1),
        (SMILE * 36, "UCS-2", 72, 2),
        (SMILE * 66, "UCS-2", 132, 2),
        (SMILE * 67, "UCS-2", 134, 3),  # 33 in each part: the 67th unit cannot hold half of one
        ("a" * 66 + SMILE + "a" * 66, "UCS-2", 134, 3),
        ("a" * 69 + SMILE, "UCS-2", 71, 2),
    ],
)
def test_a_text_costs_what_the_carrier_bills(text: str, encoding: str, units: int, parts: int) -> None:
    assert measure(text) == (encoding, units, parts)


@given(st.text(), st.text())
def test_a_longer_text_is_never_cheaper(text: str, more: str) -> None:
    assert measure(text + more).parts >= measure(text).parts


@given(st.text(), st.integers(0, 400), st.sampled_from(["€", SMILE, "a", "\u0110"]))
def test_taking_a_character_away_never_costs_more(text: str, at: int, filler: str) -> None:
    long = text + filler * 150
    assert measure(long[:at] + long[at + 1 :]).parts <= measure(long).parts


@given(st.text(min_size=1))
def test_parts_lie_between_the_ideal_and_one_escape_lost_in_each(text: str) -> None:
    encoding, units, parts = measure(text)
    room = 153 if encoding == "GSM" else 67
    assert parts == 1 or -(-units // room) <= parts <= -(-units // (room - 1))


@pytest.mark.parametrize(
    ("typographic", "plain"),
    [
        ("\u201cIt\u2019s\u201d \u2018so\u2019", "\"It's\" 'so'"),
        ("9\u201317 \u2014 daily\u2026", "9-17 - daily..."),
        ("10\u00a0km, 5\u202f000", "10 km, 5 000"),
        ("\u2022 milk\n\u25e6 bread", "- milk\n- bread"),
        ("\ufb01ne \uff28\uff29\uff01", "fine HI!"),
        ("a\u200bb\u00adc\ufeff", "abc"),
        ("`code`\tx", "'code' x"),
        ("e\u0301 \u212b \u2126", "é Å \u03a9"),
        ("\u2164 \u2116 5", "V No 5"),
    ],
)
def test_typography_folds_to_plain_characters(typographic: str, plain: str) -> None:
    assert fold(typographic) == plain
    assert measure(plain).encoding == "GSM"


@pytest.mark.parametrize(
    "text",
    ["2\u00bd m\u00b2", "21 \u00b0C", "S\u00e3o", "\u4f60\u597d", SMILE, "\u2764\ufe0f"],
)
def test_what_has_a_meaning_is_not_folded(text: str) -> None:
    assert fold(text) == text


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=GSM_LETTERS))
def test_what_is_plain_already_stays(text: str) -> None:
    assert fold(text) == text


@given(st.text(alphabet=st.characters(categories=["L", "N", "S"])))
def test_folding_loses_no_letter(text: str) -> None:
    kept = sum(unicodedata.category(character)[0] in "LN" for character in fold(text))
    asked = sum(
        unicodedata.category(character)[0] in "LN" for character in unicodedata.normalize("NFC", text)
    )
    assert kept >= asked


def test_typography_is_folded_only_when_that_saves_parts() -> None:
    short = "It\u2019s done"
    assert plain_if_cheaper(short) == short
    assert plain_if_cheaper(short * 10) == "It's done" * 10
    with_emoji = short * 10 + SMILE
    assert plain_if_cheaper(with_emoji) == with_emoji
