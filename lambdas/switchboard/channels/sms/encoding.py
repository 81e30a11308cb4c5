"""What a text costs on the air: its encoding, its units and its parts (GSM 03.38 and UCS-2).

Limits: https://docs.aws.amazon.com/sms-voice/latest/userguide/sms-limitations-character.html
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final, Literal, NamedTuple

Encoding = Literal["GSM", "UCS-2"]


class Measure(NamedTuple):
    """`units` are septets in GSM and 16-bit units in UCS-2; nothing to send is no part."""

    encoding: Encoding
    units: int
    parts: int


_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅå_ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "\u0394\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION: Final = frozenset("\f^{}\\[~]|€")
_GSM: Final = _BASIC | _EXTENSION

_PLAIN: Final = {
    "\t": " ",
    "`": "'",
    "\u00ab": '"',  # guillemets
    "\u00bb": '"',
    "\u00ad": "",  # soft hyphen
    "\u00b4": "'",
    "\u00b7": "-",  # middle dot
    "\u00d7": "x",
    "\u02bc": "'",
    "\u200b": "",  # zero-width space
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201b": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u201f": '"',
    "\u2022": "-",  # bullets
    "\u2023": "-",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u2032": "'",
    "\u2033": '"',
    "\u2039": "'",
    "\u203a": "'",
    "\u2043": "-",
    "\u2060": "",  # word joiner
    "\u2190": "<-",
    "\u2192": "->",
    "\u21d2": "=>",
    "\u2212": "-",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u25aa": "-",
    "\u25cf": "-",
    "\u25e6": "-",
    "\ufeff": "",
}
_SAME_IN_PLAIN: Final = ("<compat>", "<noBreak>", "<wide>")  # not <super> or <fraction>: 2\u00bd is not 21/2


def _widths(text: str, encoding: Encoding) -> Iterable[int]:
    if encoding == "GSM":
        return (2 if character in _EXTENSION else 1 for character in text)
    return (2 if ord(character) > 0xFFFF else 1 for character in text)


def _packed(widths: Iterable[int], room: int) -> int:
    """How many parts hold these characters, when none may lie across two parts."""
    parts, free = 0, 0
    for width in widths:
        if width > free:
            parts, free = parts + 1, room
        free -= width
    return parts


def measure(text: str) -> Measure:
    """What the carrier will bill for this text."""
    encoding: Encoding = "GSM" if _GSM.issuperset(text) else "UCS-2"
    alone, together = (160, 153) if encoding == "GSM" else (70, 67)
    widths = tuple(_widths(text, encoding))
    units = sum(widths)
    return Measure(encoding, units, _packed(widths, alone if units <= alone else together))


@cache
def _plain(character: str) -> str:
    if character in _GSM:
        return character
    if character in _PLAIN:
        return _PLAIN[character]
    if not unicodedata.decomposition(character).startswith(_SAME_IN_PLAIN):
        return character
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if _GSM.issuperset(compatible) else character


def fold(text: str) -> str:
    """The text with typographic characters made plain; letters and symbols with a meaning stay."""
    return "".join(map(_plain, unicodedata.normalize("NFC", text)))


def plain_if_cheaper(text: str) -> str:
    """The folded text when that saves parts, else the text as it was written."""
    folded = fold(text)
    return folded if measure(folded).parts < measure(text).parts else text
