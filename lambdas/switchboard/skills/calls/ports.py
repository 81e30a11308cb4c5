"""What processing a call asks of the world: a transcriber, somebody who watches, and money."""

from collections.abc import Mapping
from typing import Any, Protocol

from switchboard.core.errors import Retryable
from switchboard.skills.calls.domain.call import Call


class TranscriberUnavailable(Retryable):
    """It did not answer, or asked us to come later."""


class Transcriber(Protocol):
    """Turns a recording into words in its own time, and never sees more of us than the call's id.

    `name` is what the price book calls it. Results are in its own form: `transcribers.read` knows each.
    Errors: TranscriberUnavailable when trying again may help; CallFailed (BAD_AUDIO, WRONG_TYPE, TOO_LARGE,
    TOO_LONG, LINK_EXPIRED, TRANSCRIBER_REFUSED) when it does not.
    """

    @property
    def name(self) -> str: ...

    def start(self, call: str, audio_url: str) -> str:
        """Its own name for the job: it fetches the audio by itself, and a webhook brings the result.

        Either of the names that its webhook gives the job will do.
        """

    def result(self, job: str) -> Mapping[str, Any] | None:
        """What the webhook would bring; None while it is still listening."""

    def forget(self, job: str) -> None:
        """It keeps nothing of what it heard. What is not there any more is no error."""


class Watcher(Protocol):
    """Hears of every status a call comes to: the page shows it, and who asked is told how it ended."""

    def moved(self, call: Call) -> None: ...


class Till(Protocol):
    """The ledger, for one call: the worst case is set aside before a step, the actual paid after it.

    Each happens once under its name, however often a step runs.
    """

    def reserve(self, call: Call, amount: int, *, under: str) -> None:
        """Errors: BudgetExceeded."""

    def settle(self, call: Call, amount: int, *, under: str) -> None: ...
