"""A call of hours: its words are made up by counting, and its sound is a hum of few samples a second."""

from collections.abc import Iterator

from local.recordings.recording import Recorded, recorded, written
from local.world.transcriber.recordings import Word
from local.world.transcriber.transcript import spread

HUM_RATE = 50
TURN_SECONDS = 12.0
SPEAKERS = ("agent", "client")
SUBJECTS = ("the invoice", "the delivery", "the warranty", "the schedule", "the contract", "the prototype")
SAYINGS = (
    (
        "I looked at {subject} again and item {n} is still open so let us go through it slowly and agree "
        "on what happens next before we move on to the following point on the list that I sent to you"
    ),
    (
        "Yes I agree about {subject} and I will take care of item {n} myself by the end of the week and tell "
        "you how it went as soon as I hear something from the people who have to sign for it all"
    ),
)


def long_call(*, hours: float = 3.0) -> Recorded:
    """Some 36,000 words in three hours."""
    turns = round(hours * 3600 / TURN_SECONDS)
    seconds = turns * TURN_SECONDS
    audio = written(bytes([0x50, 0xB0]) * round(seconds * HUM_RATE / 2), rate=HUM_RATE, width=1)
    return recorded("long-call", "A call of hours", audio, words=words(turns), seconds=seconds)


def words(turns: int) -> Iterator[Word]:
    for n in range(turns):
        said = SAYINGS[n % 2].format(subject=SUBJECTS[n // 50 % len(SUBJECTS)], n=n)
        start = n * TURN_SECONDS
        yield from spread(said.split(), start=start, end=start + TURN_SECONDS - 0.5, speaker=SPEAKERS[n % 2])
