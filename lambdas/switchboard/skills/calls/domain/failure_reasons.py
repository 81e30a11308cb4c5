"""Why a call failed: a closed set of codes, each with the sentence that people read."""

from enum import StrEnum
from typing import Final

from switchboard.core.errors import Permanent


class Reason(StrEnum):
    NEVER_UPLOADED = "NEVER_UPLOADED"
    NO_CONSENT = "NO_CONSENT"
    EMPTY_FILE = "EMPTY_FILE"
    TOO_LARGE = "TOO_LARGE"
    TOO_LONG = "TOO_LONG"
    WRONG_TYPE = "WRONG_TYPE"
    BAD_AUDIO = "BAD_AUDIO"
    SILENT = "SILENT"
    LINK_EXPIRED = "LINK_EXPIRED"
    TRANSCRIBER_DOWN = "TRANSCRIBER_DOWN"
    TRANSCRIBER_REFUSED = "TRANSCRIBER_REFUSED"
    TRANSCRIPT_LATE = "TRANSCRIPT_LATE"
    UNREADABLE_TRANSCRIPT = "UNREADABLE_TRANSCRIPT"
    NO_TRANSCRIPT = "NO_TRANSCRIPT"
    PROFILE_GONE = "PROFILE_GONE"
    MODEL_UNLISTED = "MODEL_UNLISTED"
    MODEL_DOWN = "MODEL_DOWN"
    MODEL_REFUSED = "MODEL_REFUSED"
    ANSWER_UNFIT = "ANSWER_UNFIT"
    OVER_BUDGET = "OVER_BUDGET"
    INTERNAL = "INTERNAL"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]

    @property
    def concerns_the_operator(self) -> bool:
        """Nothing is wrong with the recording or the wish: it is we who failed, or somebody we rely on."""
        return self in _FOR_THE_OPERATOR


_SENTENCES: Final = {
    Reason.NEVER_UPLOADED: "The recording was never uploaded.",
    Reason.NO_CONSENT: "Nobody has confirmed that the people on the call agreed to be recorded.",
    Reason.EMPTY_FILE: "The file is empty.",
    Reason.TOO_LARGE: "The file is larger than I take.",
    Reason.TOO_LONG: "The recording is longer than I take.",
    Reason.WRONG_TYPE: "The file is no audio or video that I know.",
    Reason.BAD_AUDIO: "The recording could not be read: the file may be damaged or cut off.",
    Reason.SILENT: "No speech was heard in the recording.",
    Reason.LINK_EXPIRED: "The transcriber came too late to fetch the recording. Start it again.",
    Reason.TRANSCRIBER_DOWN: "The transcription service did not answer. Start it again later.",
    Reason.TRANSCRIBER_REFUSED: "The transcription service turned the recording down.",
    Reason.TRANSCRIPT_LATE: "The transcript did not come in time. Start it again later.",
    Reason.UNREADABLE_TRANSCRIPT: "The transcription service sent something that is no transcript.",
    Reason.NO_TRANSCRIPT: "There is no transcript of this call to analyse.",
    Reason.PROFILE_GONE: "The analysis profile that was asked for does not exist.",
    Reason.MODEL_UNLISTED: (
        "The transcript is ready, but the analysis profile names a model that is not in use here any more."
    ),
    Reason.MODEL_DOWN: "The transcript is ready, but the model did not answer. Analyse it again later.",
    Reason.MODEL_REFUSED: "The transcript is ready, but the model refuses this profile's requests.",
    Reason.ANSWER_UNFIT: "The transcript is ready, but the model's answers did not fit the profile's schema.",
    Reason.OVER_BUDGET: "This would cost more than may be spent for now. Start it again when there is room.",
    Reason.INTERNAL: "Something went wrong on our side. It is known to the operator.",
}

_FOR_THE_OPERATOR: Final = frozenset(
    {Reason.INTERNAL, Reason.TRANSCRIBER_DOWN, Reason.MODEL_DOWN, Reason.MODEL_REFUSED}
)


class CallFailed(Permanent):
    """A step of a call came to an end that no retry mends; `reason` says which.

    Its text is the reason's code, so that it survives the way through a state machine.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
