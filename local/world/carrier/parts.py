"""How many parts a text costs (GSM 03.38 and 3GPP TS 23.040), counted independently of the product's code."""

from dataclasses import dataclass
from typing import Literal

Encoding = Literal["GSM", "Unicode"]

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")


@dataclass(frozen=True, slots=True)
class Size:
    encoding: Encoding
    parts: int


def measure(text: str) -> Size:
    """Never splits an escape sequence or a surrogate pair across two parts."""
    if all(c in GSM_BASIC or c in GSM_EXTENDED for c in text):
        return Size("GSM", count_parts([2 if c in GSM_EXTENDED else 1 for c in text], alone=160, joined=153))
    return Size("Unicode", count_parts([2 if ord(c) > 0xFFFF else 1 for c in text], alone=70, joined=67))


def count_parts(widths: list[int], *, alone: int, joined: int) -> int:
    if sum(widths) <= alone:
        return 1
    parts, room = 1, joined
    for width in widths:
        if width > room:
            parts, room = parts + 1, joined
        room -= width
    return parts
