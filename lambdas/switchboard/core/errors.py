"""What can go wrong, as one tree.

SwitchboardError
├── UserFacing      say something kind; the turn is done
│   ├── Departed        (core.people)
│   └── NotLinked, NotUnlinked   (core.links) nothing was changed
├── Retryable       the queue tries again
│   ├── ModelUnavailable
│   ├── ModelInterrupted
│   ├── LeaseLost
│   ├── Overtaking      (core.delivery)
│   ├── SomethingLeft   (core.erasing)
│   ├── NotAtRest       (core.merging)
│   ├── Changed         (core.records)
│   ├── TranscriberUnavailable   (skills.calls.ports)
│   ├── NoAnswer, Unreadable     (adapters.transcribers, adapters.secrets)
│   └── Busy, Gone      (core.conversations)
├── Overdrawn       (core.spend) there is not enough left: the turn is refused kindly
└── Permanent       dead letter and alarm
    ├── Undeliverable
    ├── Unconfirmed
    ├── Linked          (core.erasing)
    ├── NoSuchBlob      (core.blobs)
    ├── CallFailed      (skills.calls.reasons) a call ends with its reason, and nobody is alarmed
    ├── TurnedDown      (adapters.transcribers)
    ├── NotRepairable, Misnamed, Unsuited, NothingThere   (core.repair)
    └── ModelRefused
"""


class SwitchboardError(Exception):
    """The root; never raised itself."""


class UserFacing(SwitchboardError):
    """Its text is written for the person and may be shown as it is."""


class Retryable(SwitchboardError):
    """Trying again later may help."""


class Permanent(SwitchboardError):
    """Trying again never helps."""


class ModelUnavailable(Retryable):
    """Every model provider failed before a word was said."""


class ModelInterrupted(Retryable):
    """The model broke off after it had begun to speak."""


class LeaseLost(Retryable):
    """Another worker holds this conversation now."""


class Undeliverable(Permanent):
    """The channel will never deliver to this address (opted out, blocked, not a number)."""


class ModelRefused(Permanent):
    """The provider rejected the request itself (a bad key, a schema it does not take)."""


class Unconfirmed(Permanent):
    """A send that may or may not have happened; never sent again blindly."""
