"""Codes that travel to an address and come back: whoever returns one can read what is sent there."""

import re
from typing import Final

from switchboard.core.errors import UserFacing

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two symbols that nobody takes for one another: eight of them are forty bits."""
LENGTH: Final = 8
LIFETIME_MS: Final = 10 * 60 * 1000
MOST_TRIES: Final = 5
"""Of each code, and of each address in the lifetime of a code."""
MISREAD: Final = str.maketrans("OIL", "011")
SHAPE: Final = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


class NoCode(UserFacing):
    def __init__(self) -> None:
        super().__init__("That is no code of mine: a code has eight letters and digits, like K7QM-3XPD.")


def shown(code: str) -> str:
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def plain(text: str) -> str:
    """A code as it was made, whatever became of it on the way. Errors: NoCode."""
    letters = "".join(character for character in text.upper() if character.isalnum())
    code = letters.translate(MISREAD)
    if not SHAPE.fullmatch(code):
        raise NoCode
    return code
