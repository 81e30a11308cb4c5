"""How the carrier counts parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.world.carrier.countries import country_of
from local.world.carrier.parts import GSM_BASIC, GSM_EXTENDED, measure

GSM = st.text(alphabet=sorted(GSM_BASIC | GSM_EXTENDED), min_size=1)


@pytest.mark.parametrize(
    ("text", "encoding", "parts"),
    [
        ("a", "GSM", 1),
        ("a" * 160, "GSM", 1),
        ("a" * 161, "GSM", 2),
        ("a" * 306, "GSM", 2),
        ("a" * 307, "GSM", 3),
        ("€" * 80, "GSM", 1),
        ("€" * 81, "GSM", 2),
        ("€" * 153, "GSM", 3),
        ("\u201c" * 70, "Unicode", 1),
        ("\u201c" * 71, "Unicode", 2),
        ("\u201c" * 134, "Unicode", 2),
        ("\u201c" * 135, "Unicode", 3),
        ("😀" * 35, "Unicode", 1),
        ("😀" * 36, "Unicode", 2),
        ("😀" * 67, "Unicode", 3),
        ("ç", "Unicode", 1),
        ("Ç", "GSM", 1),
        ("a\tb", "Unicode", 1),
    ],
    ids=lambda value: ascii(value)[1:9] if isinstance(value, str) else None,
)
def test_known_texts_cost_known_parts(text: str, encoding: str, parts: int) -> None:
    assert (measure(text).encoding, measure(text).parts) == (encoding, parts)


def test_the_gsm_alphabet_has_its_127_characters_and_ten_extensions() -> None:
    assert (len(GSM_BASIC), len(GSM_EXTENDED)) == (127, 10)


@given(st.text(), st.text())
def test_a_longer_text_never_costs_less(text: str, more: str) -> None:
    assert measure(text + more).parts >= measure(text).parts


@given(GSM)
def test_gsm_parts_stay_between_the_perfect_and_the_worst_packing(text: str) -> None:
    septets = len(text) + sum(text.count(c) for c in GSM_EXTENDED)
    parts = measure(text).parts
    if septets <= 160:
        assert parts == 1
    else:
        assert -(-septets // 153) <= parts <= -(-septets // 152)


@given(st.text(min_size=1))
def test_unicode_parts_follow_utf_16(text: str) -> None:
    size = measure(f"{text}\u2603")
    units = len(f"{text}\u2603".encode("utf-16-le", "surrogatepass")) // 2
    assert size.encoding == "Unicode"
    if units <= 70:
        assert size.parts == 1
    else:
        assert -(-units // 67) <= size.parts <= -(-units // 66)


@given(GSM, st.sampled_from(["\u2019", "ă", "😀", "\u200b"]))
def test_one_foreign_character_never_makes_a_text_cheaper(text: str, foreign: str) -> None:
    assert measure(text + foreign).parts >= measure(text).parts


def test_the_longest_prefix_decides_the_country() -> None:
    found = [country_of(number) for number in ("+12065550101", "+14165550101", "+18765550101")]
    assert [country.iso if country else None for country in found] == ["US", "CA", None]
