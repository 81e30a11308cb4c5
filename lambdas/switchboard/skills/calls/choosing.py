"""Which profile a call is analysed by: the one asked for, else by its metadata, else the preferred one."""

from switchboard.skills.calls.call import Call, Wish
from switchboard.skills.calls.profile_book import NoSuchProfile, ProfileBook
from switchboard.skills.calls.profiles import Profile
from switchboard.skills.calls.reasons import CallFailed, Reason


def choose(call: Call, book: ProfileBook, *, wish: Wish | None = None) -> Profile:
    """A `wish` of the moment comes before the call's own. Errors: CallFailed, when there is no such."""
    asked = wish or call.wish
    try:
        return book.wished(asked) if asked else by_metadata(call, book) or book.preferred()
    except NoSuchProfile:
        raise CallFailed(Reason.PROFILE_GONE) from None


def by_metadata(call: Call, book: ProfileBook) -> Profile | None:
    """Of several whose rules hold, the one that says most; then the first by name of id."""
    fitting = [each for each in book.ruled() if all(rule.holds(call.metadata) for rule in each.rules)]
    return min(fitting, key=lambda each: (-len(each.rules), each.id), default=None)
