"""A sentence that gets shorter as its parts are understood."""

import re
from collections.abc import Callable
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
