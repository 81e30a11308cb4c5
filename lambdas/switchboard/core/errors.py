"""What can go wrong, as one tree.

SwitchboardError
├── UserFacing      say something kind; the turn is done
│   ├── AccountErased        (core.people)
│   └── NotLinked, NotUnlinked   (core.linking) nothing was changed
├── Retryable       the queue tries again
│   ├── ModelUnavailable
│   ├── ModelInterrupted
│   ├── LeaseLost
│   ├── Overtaking           (core.channels)
│   ├── ErasureIncomplete    (core.personal_data)
│   ├── ConversationBusy     (core.linking)
│   ├── RecordConflict       (core.skills)
│   ├── TranscriberUnavailable   (skills.calls)
│   ├── NoAnswer             (skills.calls)
│   ├── SecretUnavailable    (adapters)
│   └── Busy, ConversationErased   (core.conversation)
├── BudgetExceeded  (core.spend) there is not enough left: the turn is refused kindly
└── Permanent       dead letter and alarm
    ├── Undeliverable
    ├── Unconfirmed
    ├── Linked               (core.personal_data)
    ├── NoSuchBlob           (core.skills)
    ├── CallFailed           (skills.calls) a call ends with its reason, and nobody is alarmed
    ├── TurnedDown           (skills.calls)
    ├── NotRepairable, InvalidItemId, ActionNotAllowed, ItemNotFound   (core.operations)
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
