"""Which profile a call is analysed by: the one asked for, else by its metadata, else the preferred one."""

from switchboard.skills.calls.domain.call import Call, Wish
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.profiles.profile import BadProfile, Profile
from switchboard.skills.calls.profiles.repository import NoSuchProfile, ProfileBook


def choose(call: Call, book: ProfileBook, *, wish: Wish | None = None) -> Profile:
    """A `wish` of the moment comes before the call's own. Errors: CallFailed, when there is no such."""
    try:
        return _chosen(call, book, wish)
    except NoSuchProfile:
        raise CallFailed(Reason.PROFILE_GONE) from None


def choose_to_ask(call: Call, book: ProfileBook, *, wish: Wish | None = None) -> Profile:
    """The same for a new analysis: its model has to be listed. Errors: CallFailed."""
    profile = choose(call, book, wish=wish)
    try:
        book.check_model(profile)
    except BadProfile:
        raise CallFailed(Reason.MODEL_UNLISTED) from None
    return profile


def check_choice(call: Call, book: ProfileBook, *, wish: Wish | None = None) -> None:
    """Before anything is spent. Errors: NoSuchProfile; BadProfile, when its model is not listed."""
    book.check_model(_chosen(call, book, wish))


def _chosen(call: Call, book: ProfileBook, wish: Wish | None) -> Profile:
    asked = wish or call.wish
    return book.wished(asked) if asked else by_metadata(call, book) or book.preferred()


def by_metadata(call: Call, book: ProfileBook) -> Profile | None:
    """Of several whose rules hold, the one that says most; then the first by name of id."""
    fitting = [each for each in book.ruled() if all(rule.holds(call.metadata) for rule in each.rules)]
    return min(fitting, key=lambda each: (-len(each.rules), each.id), default=None)
