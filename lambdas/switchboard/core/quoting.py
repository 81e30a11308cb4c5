"""Somebody else's words on their way to a model: named by where they came from, and closed to the inside."""

from switchboard.core.model import Quoted

_END = "\n</quoted>"


def marked(text: str, source: str) -> str:
    """Between a mark and its end. No `<` is left inside, so nothing in there can end it or begin another."""
    return f'<quoted from="{source}">\n{text.replace("<", "&lt;")}{_END}'


def quoted(text: str, source: str) -> Quoted:
    """As a message; `source` is the name of the skill that read the words."""
    return Quoted(marked(text, source), source)


def in_a_line(text: str) -> str:
    """In quotation marks, on one line, for people; no mark or line within can end it."""
    return '"' + " ".join(text.replace('"', "'").split()) + '"'
