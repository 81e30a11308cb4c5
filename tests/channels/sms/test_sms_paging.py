"""Long replies come a page at a time, and nothing of them is lost."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from switchboard.channels.sms.encoding import fold, measure
from switchboard.channels.sms.paging import HINT, MAX_PARTS, paginate
from switchboard.core.channels.spec import OutgoingPage

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
THUMB = "\U0001f44d\U0001f3fd"
FLAG = "\U0001f1f5\U0001f1f9"
HEART = "\u2764\ufe0f"
ACCENTED = "q\u0303"  # has no composed form
CLUSTERS = (FAMILY, THUMB, FLAG, HEART, ACCENTED, "a", "\u0110")
PIECES = ("word", "A sentence. ", "Why? ", "\n\n", " ", "1. ", "\u201cso\u201d\u2026 ", "€", *CLUSTERS)


def pages_of(text: str) -> list[OutgoingPage]:
    pages = [paginate(text)]
    while pages[-1].rest:
        assert len(pages) <= len(text) + 1
        pages.append(paginate(pages[-1].rest))
    return pages


def said(page: OutgoingPage) -> str:
    return page.text.removesuffix(HINT) if page.rest else page.text


def without_spaces(text: str) -> str:
    return fold("".join(fold(text).split()))


def replies() -> st.SearchStrategy[str]:
    prose = st.lists(st.sampled_from(PIECES), max_size=400).map("".join)
    return prose | st.text(max_size=900) | st.text(min_size=1, max_size=3).map(lambda some: some * 400)


@given(replies())
@example("a" * 2000)
@example("\u0301" * 700)
@example("€" * 700)
def test_no_page_exceeds_its_parts(text: str) -> None:
    assert all(measure(page.text).parts <= MAX_PARTS for page in pages_of(text))


@given(replies())
@example("x " + "\u0301" * 700)
def test_pages_without_their_hints_say_the_whole_reply(text: str) -> None:
    assert without_spaces("".join(map(said, pages_of(text)))) == without_spaces(text)


@given(replies())
def test_every_page_but_the_last_says_how_to_go_on_and_says_something(text: str) -> None:
    *early, last = pages_of(text)
    assert all(page.text.endswith(HINT) and said(page).strip() for page in early)
    assert last.rest == ""


@given(st.lists(st.sampled_from(CLUSTERS), min_size=100, max_size=400))
def test_a_hard_cut_never_breaks_what_people_see_as_one_character(clusters: list[str]) -> None:
    shown = [said(page) for page in pages_of("".join(clusters))]
    assert "".join(shown) == "".join(clusters)
    ends = {sum(map(len, clusters[:n])) for n in range(len(clusters) + 1)}
    assert all(sum(map(len, shown[:n])) in ends for n in range(len(shown) + 1))


@pytest.mark.parametrize("length", [1, 160, 161, 306])
def test_a_reply_that_fits_two_parts_is_sent_whole(length: int) -> None:
    assert paginate("a" * length) == OutgoingPage("a" * length, "")


def test_a_long_reply_is_split_at_the_sms_limit() -> None:
    page = paginate("a" * 307)
    assert page == OutgoingPage("a" * (306 - len(HINT)) + HINT, "a" * (1 + len(HINT)))


def test_a_reply_is_cut_at_a_paragraph_first() -> None:
    first, second = "One thing. " * 20 + "End.", "Another thing. " * 20
    assert paginate(f"{first}\n\n{second}") == OutgoingPage(first + HINT, second.strip())


def test_a_reply_is_cut_at_a_sentence_when_no_paragraph_ends() -> None:
    page = paginate("Some words that end here. " * 20)
    assert said(page).endswith("end here.")
    assert page.rest.startswith("Some words")


def test_the_number_of_a_list_item_ends_no_sentence() -> None:
    page = paginate("word " * 55 + "\n1. " + "word " * 55)
    assert not said(page).endswith("1.")


def test_a_reply_is_cut_at_a_word_when_no_sentence_ends() -> None:
    page = paginate("seven letters and more " * 30)
    assert set(said(page).split()) == {"seven", "letters", "and", "more"}
    assert len(said(page)) > 280


def test_a_sentence_in_ideographs_ends_without_a_space() -> None:
    page = paginate(("\u4f60\u597d\u4e16\u754c" * 5 + "\u3002") * 12)
    assert said(page).endswith("\u3002")


def test_typography_is_folded_when_a_page_then_says_more() -> None:
    assert paginate("It\u2019s so. " * 20) == OutgoingPage(("It's so. " * 20).strip(), "")
    page = paginate("It\u2019s so. " * 100 + "\U0001f600")
    assert measure(page.text).encoding == "GSM"
    assert len(page.text) > 250


def test_nothing_to_say_is_one_empty_page() -> None:
    assert paginate(" \n ") == OutgoingPage("", "")
