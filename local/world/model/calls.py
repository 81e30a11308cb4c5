"""What the grammar finds in a call's transcript: sentences by the words in them, copied as they were said."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CALL = re.compile(r"<call>\n(.*)\n</call>", re.DOTALL)
LINE = re.compile(r"^(\d+) (\w+): (.*)$", re.MULTILINE)
SENTENCE = re.compile(r"[^.?!]+[.?!]*")
DUE = re.compile(
    r"\b(?:by |on |within |until )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|"
    r"\w+ (?:business )?(?:days|hours))(?: (?:morning|evening|at \w+))?\b",
    re.IGNORECASE,
)
PROMISE = re.compile(r"\b(?:will|please)\b", re.IGNORECASE)
GOOD = frozenset({"agreed", "fine", "glad", "good", "great", "perfect", "sure", "thank", "wonderful"})
BAD = frozenset({"angry", "apologize", "broken", "cancel", "error", "failed", "sorry", "terrible", "wrong"})
CRITERIA: Mapping[str, str] = {
    "greeting": r"\b(?:hello|hi|good (?:morning|afternoon)|speaking|this is)\b",
    "listening": r"\b(?:understand|sorry|right|agreed)\b",
    "clarity": r"\b(?:first|then|because|since)\b",
    "solution": r"\b(?:will|shall)\b",
    "closing": r"\b(?:goodbye|thank you|welcome|see you)\b",
}
MOST = 5
MIDDLING = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    line: int
    speaker: str
    text: str

    @property
    def score(self) -> int:
        """The mood of its words, from -100 to 100."""
        said = {word.lower() for word in re.findall(r"\w+", self.text)}
        return max(-100, min(100, 60 * (len(said & GOOD) - len(said & BAD))))


def data_of(text: str) -> str | None:
    """What stands between the marks of a call, if a request is of one."""
    found = CALL.search(text)
    return found[1] if found else None


def sentences(data: str) -> list[Sentence]:
    return [
        Sentence(int(number), speaker, said.strip())
        for number, speaker, text in LINE.findall(data)
        for said in SENTENCE.findall(text)
        if re.search(r"\w", said)
    ]


def summary(said: Sequence[Sentence]) -> str:
    return f"It began with: {said[0].text} It ended with: {said[-1].text}" if said else ""


def found_for(name: str, said: Sequence[Sentence]) -> Iterator[dict[str, Any]]:
    """Items of a list of that name, each with all that may be asked of one."""
    return iter(FINDERS.get(name, plain)(said)[:MOST])


def action_items(said: Sequence[Sentence]) -> list[dict[str, Any]]:
    return [item(each) for each in said if PROMISE.search(each.text)]


def topics(said: Sequence[Sentence]) -> list[dict[str, Any]]:
    """A stretch of the call each, named by the long word that it says most often."""
    size = max(1, -(-len(said) // 3))
    stretches = [said[first : first + size] for first in range(0, len(said), size)]
    return [item(stretch[0]) | {"title": heading(stretch)} for stretch in stretches]


def heading(stretch: Sequence[Sentence]) -> str:
    long = Counter(word.lower() for each in stretch for word in re.findall(r"[A-Za-z]{5,}", each.text))
    return max(long, key=lambda word: (long[word], word), default="talk").capitalize()


def sentiment(said: Sequence[Sentence]) -> list[dict[str, Any]]:
    by_line = {each.line: each for each in reversed(said)}
    turning = [each for each in by_line.values() if each.score]
    points = {each.line: each for each in (*said[:1], *turning)}
    return [item(points[line]) for line in sorted(points)]


def scorecard(said: Sequence[Sentence]) -> list[dict[str, Any]]:
    """A criterion whose words are said does well; what nobody said does not show."""
    return [
        item(each) | {"criterion": criterion, "score": 4, "why": "The words for it are said."}
        for criterion, words in CRITERIA.items()
        for each in [next((one for one in said if re.search(words, one.text, re.IGNORECASE)), None)]
        if each
    ]


def quotes(said: Sequence[Sentence]) -> list[dict[str, Any]]:
    longest = sorted(said, key=lambda each: len(each.text), reverse=True)[:3]
    return [item(each) | {"why": "It is among the longest."} for each in longest]


def plain(said: Sequence[Sentence]) -> list[dict[str, Any]]:
    return [item(each) for each in said[:MIDDLING]]


def item(sentence: Sentence) -> dict[str, Any]:
    due = DUE.search(sentence.text)
    score = sentence.score
    return {
        "line": sentence.line,
        "quote": sentence.text,
        "task": sentence.text,
        "title": sentence.text,
        "summary": sentence.text,
        "owner": sentence.speaker,
        "due": due[0] if due else None,
        "score": score,
        "label": "positive" if score > 0 else "negative" if score < 0 else "neutral",
        "why": "It was said.",
    }


FINDERS: Mapping[str, Callable[[Sequence[Sentence]], list[dict[str, Any]]]] = {
    "action_items": action_items,
    "topics": topics,
    "sentiment": sentiment,
    "scorecard": scorecard,
    "quotes": quotes,
}
