"""What a transcriber answers instead of working, in words that do for each of them."""

from enum import StrEnum

from switchboard.core.errors import Permanent, Retryable


class Complaint(StrEnum):
    """What is wrong with a recording, as far as the transcriber tells; OTHER is between it and us."""

    AUDIO = "audio"
    TYPE = "type"
    SIZE = "size"
    LENGTH = "length"
    LINK = "link"
    OTHER = "other"


class NoAnswer(Retryable):
    """It did not answer, or asked us to come later."""


class TurnedDown(Permanent):
    """It will not work on this recording, however often it is asked."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(f"the transcriber turned it down: {complaint}")
        self.complaint = complaint
