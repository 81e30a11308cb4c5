"""Twice the words take about twice the time, so that nobody holds a function by a long sentence.

Measured as a ratio of this process's own time over three doublings, the least of several runs: what is
quadratic grows by 64 there, what is linear by 8.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from switchboard.channels.sms.paging import paginate
from switchboard.channels.web.frames import BadFrame, parse
from switchboard.core.errors import UserFacing
from switchboard.core.messages.keywords import keyword
from switchboard.core.skills.commands import asked
from switchboard.skills.calls.domain.quotes import tokens
from switchboard.skills.calls.domain.redaction import Kind, redacted
from switchboard.skills.tasks.actions import check_ins
from switchboard.skills.tasks.language.normalize import words
from switchboard.skills.tasks.parsing import draft, phrases

TODAY = date(2026, 11, 28)
SMALLEST, DOUBLINGS, RUNS = 250, 3, 3
MOST = 2.5**DOUBLINGS
UNMEASURABLE_SECONDS = 0.0003
PARSERS: dict[str, Callable[[str], object]] = {
    "a task to add": lambda text: draft.read(text, TODAY),
    "a sentence about tasks": lambda text: phrases.understand(text, TODAY),
    "what was done": lambda text: phrases.did(text, TODAY),
    "what is skipped": lambda text: phrases.skip(text, TODAY),
    "answers to a check-in": phrases.marks,
    "an hour": check_ins.parse_hour,
    "a name to recognize": words,
    "a command": asked,
    "a keyword": keyword,
    "a frame": parse,
    "parts of a text message": paginate,
    "personal data": lambda text: redacted(text, list(Kind)),
    "evidence": tokens,
}
SEEDS = (
    *(
        "one ",
        "one one-",
        "two hundred ",
        "read 20 pages, ",
        "monday, ",
        "every day ",
        "3 times a ",
        "in 3 days ",
    ),
    *(
        "to ",
        "on ",
        "the ",
        "of it ",
        "please ",
        "half an ",
        "1 done ",
        "a.",
        "((",
        "- ",
        "1,000",
        "1-1-",
        "7. ",
    ),
    *("a@", "a at b dot ", "1 a ", "double nine ", "GB12 ", "\n \n", "/a", '{"', "\U0001f468\u200d"),
)


def seconds(parse_text: Callable[[str], object], text: str) -> float:
    taken = []
    for _ in range(RUNS):
        started = time.process_time()
        with suppress(UserFacing, BadFrame):
            parse_text(text)
        taken.append(time.process_time() - started)
    return max(min(taken), UNMEASURABLE_SECONDS)


def growth(parse_text: Callable[[str], object], seed: str) -> float:
    """How many times longer eight times the words take."""
    small, large = (repeated(seed, SMALLEST), repeated(seed, SMALLEST * 2**DOUBLINGS))
    return seconds(parse_text, large) / seconds(parse_text, small)


def repeated(seed: str, size: int) -> str:
    return (seed * (size // len(seed) + 1))[:size]


@pytest.mark.parametrize("name", PARSERS)
def test_time_grows_with_the_words_and_no_faster(name: str) -> None:
    grown = {seed: growth(PARSERS[name], seed) for seed in SEEDS}
    assert {seed: ratio for seed, ratio in grown.items() if ratio > MOST} == {}


def test_a_parser_that_is_quadratic_is_noticed() -> None:
    def quadratic(text: str) -> int:
        return sum(one == other for one in text for other in text)

    assert growth(quadratic, "one ") > MOST
