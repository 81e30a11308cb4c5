"""Somebody else's words on their way to a model: named by where they came from, and closed to the inside."""

import re
from typing import Final

from switchboard.core.messages.keywords import words_of
from switchboard.core.model.types import Quoted

RUN: Final = 4
"""So many words in a row are repeated, and not said anew."""
BRACKETS: Final = str.maketrans("<>", "\u2039\u203a")
"""What would end or begin a mark, and what it is shown as."""
_END: Final = "\n</quoted>"
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
"""Where words are written without spaces, each character counts as one."""


def marked(text: str, source: str) -> str:
    """Between a mark and its end. No bracket is left inside that could end it or begin another."""
    return f'<quoted from="{source}">\n{text.translate(BRACKETS)}{_END}'


def quoted(text: str, source: str) -> Quoted:
    """As a message; `source` is the name of the skill that read the words."""
    return Quoted(marked(text, source), source)


def repeats(text: str, other: str) -> bool:
    """Whether a text has a run of words in common with another."""
    return not _runs(text).isdisjoint(_runs(other))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(words_of(text))
    return set(zip(*(words[start:] for start in range(RUN)), strict=False))


def in_a_line(text: str) -> str:
    """In quotation marks, on one line, for people; no mark or line within can end it."""
    return '"' + " ".join(text.replace('"', "'").split()) + '"'
