"""What the model answers, and how it falls apart into the deltas that are streamed and counted."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TOKENS_PER_SECOND = 50.0
# A word with the space before it, a mark, or space at the end: together they are the whole text.
TOKEN = re.compile(r"\s*\w{1,12}|\s*[^\w\s]|\s+")


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Reply:
    text: str = ""
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """One token of text or of a call's arguments; the first of a call names it."""

    text: str = ""
    call: int | None = None
    name: str | None = None


def say(text: str) -> Reply:
    return Reply(text=text)


def call(name: str, **arguments: object) -> Reply:
    return Reply(calls=(Call(name, json.dumps(arguments)),))


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


def deltas(reply: Reply, *, stops: Sequence[str]) -> Iterator[Delta]:
    for token in tokens(until(reply.text, stops)):
        yield Delta(text=token)
    for place, called in enumerate(reply.calls):
        pieces = tokens(called.arguments) or [""]
        yield Delta(text=pieces[0], call=place, name=called.name)
        for piece in pieces[1:]:
            yield Delta(text=piece, call=place)


def until(text: str, stops: Sequence[str]) -> str:
    places = [text.find(stop) for stop in stops if stop and stop in text]
    return text[: min(places)] if places else text


def prompt_tokens(texts: Sequence[str]) -> int:
    """Four for the frame of each message, and its text."""
    return sum(4 + len(tokens(text)) for text in texts)
