"""Words are compared without what makes no difference, and with what does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.skills.tasks.language.lexicon import ACTIVITY_OF, SINGULARS, UNSAID
from switchboard.skills.tasks.language.normalize import singular, words

LANGUAGES = st.text(st.characters(codec="utf-8"), max_size=40)
ENGLISH = st.lists(
    st.sampled_from([*ACTIVITY_OF, *SINGULARS, *UNSAID, "push", "ups", "C++", "twenty", "Pages", "x's"])
    | st.from_regex(r"[a-z]{1,6}(s|es|ies|ss|ing)?", fullmatch=True),
    max_size=6,
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Reading the PAGES of Dune", "read page dune"),
        ("push-ups", "pushup"),
        ("Push ups", "pushup"),
        ("my r\u00e9sum\u00e9s", "resume"),
        ("mum's taxes", "mom tax"),
        ("twenty boxes", "20 box"),
        ("mums, moms", "mom mom"),
        ("studies", "study"),
        ("movies, movie", "movy movy"),
        ("glasses", "glass"),
        ("C, C++ and C#", "c c++ c#"),
        ("The Glass Bus", "glass bus"),
        ("\uff27\uff59\uff4d", "gym"),
        (
            "\u0447\u0438\u0442\u0430\u0442\u044c \u043a\u043d\u0438\u0433\u0438",
            "\u0447\u0438\u0442\u0430\u0442\u044c \u043a\u043d\u0438\u0433\u0438",
        ),
        ("", ""),
    ],
)
def test_words_are_compared_in_one_form(text: str, normal: str) -> None:
    assert " ".join(words(text)) == normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("learn C", "learn C++"),
        ("learn C++", "learn C#"),
        ("vitamin C", "vitamin D"),
        ("run to the lake", "run from the lake"),
        ("chapter 1", "chapter 2"),
        ("sugar", "no sugar"),
        ("Dune", "Dune two"),
        ("news", "new"),
    ],
)
def test_what_makes_a_difference_stays(one: str, other: str) -> None:
    assert words(one) != words(other)


@given(LANGUAGES | ENGLISH)
def test_twice_is_the_same_as_once(text: str) -> None:
    once = words(text)
    assert words(" ".join(once)) == once


@given(st.from_regex(r"[a-z]{1,10}", fullmatch=True))
def test_the_singular_of_a_singular_is_itself(word: str) -> None:
    assert singular(singular(word)) == singular(word)
