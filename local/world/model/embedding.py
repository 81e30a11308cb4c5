"""Embeddings that need no model: a bag of words hashed into a unit vector, the same every time."""

import base64
import hashlib
import math
import re
from array import array

WORD = re.compile(r"\w+")


def embed(text: str, *, dimensions: int) -> list[float]:
    vector = [0.0] * dimensions
    for word in WORD.findall(text.casefold()) or [text]:
        place, sign = hashed(word, dimensions=dimensions)
        vector[place] += sign
    if not any(vector):
        vector[hashed(text, dimensions=dimensions)[0]] = 1.0
    length = math.hypot(*vector)
    return [number / length for number in vector]


def hashed(word: str, *, dimensions: int) -> tuple[int, float]:
    number = int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest())
    return (number >> 1) % dimensions, 1.0 if number & 1 else -1.0


def as_base64(vector: list[float]) -> str:
    """Little-endian 32-bit floats, as clients decode them."""
    numbers = array("f", vector)
    return base64.b64encode(numbers.tobytes()).decode()
