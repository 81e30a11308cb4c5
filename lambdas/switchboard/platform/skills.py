"""What the stacks give each skill, in one variable of the environment."""

import json
from collections.abc import Mapping

Given = Mapping[str, str]
"""What is a skill's own, by name: its table is `records`, its bucket `files`."""


def given(skills: str) -> dict[str, Given]:
    """By skill; `skills` is JSON that the stacks write."""
    found: dict[str, Given] = json.loads(skills)
    return found
