"""A sentence that gets shorter as its parts are understood."""

import re
from collections import deque
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Final, TypeVar

T = TypeVar("T")


_JOINTS: Final = " ,;"


class Sentence:
    def __init__(self, text: str) -> None:
        self.left = " ".join(text.split())

    def take(self, pattern: re.Pattern[str], meaning: Callable[[re.Match[str]], T | None]) -> T | None:
        """The first part that has a meaning, cut out; what has none stays."""
        for found in pattern.finditer(self.left):
            meant = meaning(found)
            if meant is not None:
                before, after = self.left[: found.start()], self.left[found.end() :]
                self.left = f"{before.rstrip(_JOINTS)} {after.lstrip(_JOINTS)}".strip()
                return meant
        return None


def loosened(text: str, *, before: str, behind: str, first: AbstractSet[str], last: AbstractSet[str]) -> str:
    """Without the signs at both ends, and the words there that only joined it to what was cut out.

    Word by word from the ends, so that it takes as long as the text is.
    """
    words = deque(text.split())
    while words:
        ends = (words[0].lstrip(before), words[-1].rstrip(behind))
        if ends[0] != words[0]:
            words[0] = ends[0]
        elif ends[1] != words[-1]:
            words[-1] = ends[1]
        if not words[0] or words[0].casefold() in first:
            words.popleft()
        elif not words[-1] or words[-1].casefold() in last:
            words.pop()
        elif ends == (words[0], words[-1]):
            break
    return " ".join(words)
