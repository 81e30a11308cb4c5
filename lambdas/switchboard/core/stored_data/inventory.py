"""Where a person's data is: every store, each kind of record in it, and what export and erasure make of it.

A table, bucket or pool that is deployed, or a key that is written, without standing here fails a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

PEOPLE, CONVERSATIONS = "People", "Conversations"


class ErasurePolicy(StrEnum):
    """What erasure makes of a kind of record.

    INDEX records say where all the others are, so they are erased last. ASIDE records lie under a digest, and
    one of the person's records names it. KEPT records are what consent law needs. APART records name
    nobody.
    """

    ERASED = "erased"
    INDEX = "index"
    ASIDE = "aside"
    KEPT = "kept"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record, by how its keys begin; a key that does not end in "#" is the whole of it.

    `name` is how an erasure counts it. `file` is where an export writes it; `why` says why there is none, or
    why erasure leaves it.
    """

    store: str
    pk: str
    sk: str
    name: str
    fate: ErasurePolicy = ErasurePolicy.ERASED
    file: str = ""
    why: str = ""

    def holds(self, store: str, pk: str, sk: str) -> bool:
        return self.store == store and _begins(pk, self.pk) and _begins(sk, self.sk)


def _person(
    sk: str, name: str, *, fate: ErasurePolicy = ErasurePolicy.ERASED, file: str = "", why: str = ""
) -> RecordKind:
    return RecordKind(PEOPLE, "PERSON#", sk, name, fate, file, why)


def _address(sk: str, name: str, *, fate: ErasurePolicy, file: str = "", why: str = "") -> RecordKind:
    return RecordKind(PEOPLE, "ADDRESS#", sk, name, fate, file, why)


def _said(sk: str, name: str, *, file: str = "", why: str = "") -> RecordKind:
    return RecordKind(CONVERSATIONS, "CONV#", sk, name, ErasurePolicy.ERASED, file, why)


def _aside(pk: str, name: str, why: str) -> RecordKind:
    return RecordKind(PEOPLE, pk, pk.removesuffix("#"), name, ErasurePolicy.ASIDE, why=why)


def _apart(pk: str, sk: str, name: str, why: str) -> RecordKind:
    return RecordKind(PEOPLE, pk, sk, name, ErasurePolicy.APART, why=why)


PASSING = "it says what is going on just now, and means nothing later"
PACE = "a digest, for two hours at most"
DIGEST = "a digest of something secret that was handed out, and soon void"
LAW = "the proof of who agreed to be written to, or revoked it; kept for five years"

KINDS = (
    _person("PROFILE", "profile", fate=ErasurePolicy.INDEX, file="profile.json"),
    _person("ADDRESS#", "addresses", fate=ErasurePolicy.INDEX, file="addresses.json"),
    _person("MERGED#", "former selves", fate=ErasurePolicy.INDEX, file="former.json"),
    _person(
        "MERGED", "former selves", fate=ErasurePolicy.INDEX, why="former.json lists it from the other side"
    ),
    _person("ERASING", "requests", fate=ErasurePolicy.INDEX, why=PASSING),
    _person("SPEND#", "spend", file="spend.json"),
    _person("EXPORT#", "exports", file="exports.json"),
    _person("EXPORTING", "requests", why=PASSING),
    _person("FORGET", "requests", why=PASSING),
    _person("ONCE#", "requests", why=PASSING),
    _person("CODE", "requests", why=PASSING),
    _person("CODE#", "link codes", why=DIGEST),
    _person("CHALLENGE", "requests", why=PASSING),
    _person("LINK#", "links under way", file="links.json"),
    _person("TICKET#", "tickets", why=DIGEST),
    _person("DOWNLOAD#", "downloads", why=DIGEST),
    _aside("CODE#", "link codes", DIGEST),
    _aside("LINK#", "links under way", "links.json lists it from each side, as that side may read it"),
    _aside("TICKET#", "tickets", DIGEST),
    _aside("DOWNLOAD#", "downloads", DIGEST),
    _address(
        "PERSON", "addresses", fate=ErasurePolicy.INDEX, why="addresses.json lists it from the other side"
    ),
    _address("CONSENT#", "consent entries", fate=ErasurePolicy.KEPT, file="consent.json", why=LAW),
    _address(
        "STANDING",
        "opt-outs",
        fate=ErasurePolicy.KEPT,
        file="consent.json",
        why="whoever opted out is not written to again before they say START; kept for five years",
    ),
    _apart(
        "CLOSED#", "CLOSED", "closed accounts", "the digest of an account whose last token may still be good"
    ),
    _apart("RECEIPT#", "RECEIPT", "receipts", "the counts of an erasure and no data, for thirty days"),
    _apart("THROTTLE#", "THROTTLE", "throttles", PACE),
    _apart("BILL#", "BILL", "bills", "what work on a call of a random id has cost, for thirty days"),
    _apart("DEPLOYMENT", "SPEND#", "sums", "everybody's together"),
    _apart("DEPLOYMENT", "TURNS#", "sums", "everybody's together"),
    _said("TURN#", "turns", file="turns.json"),
    _said("WAIT#", "waiting messages", file="waiting.json"),
    _said("CONSENT#", "consent entries", file="consent.json"),
    _said("PART#", "deliveries", file="deliveries.json"),
    _said("CLAIM#", "message ids", why="turns.json names each message"),
    _said("SOCKET#", "open pages", why=PASSING),
    _said("STATE", "conversations", file="conversations.json"),
    RecordKind(CONVERSATIONS, "THROTTLE#", "THROTTLE", "throttles", ErasurePolicy.APART, why=PACE),
)


@dataclass(frozen=True, slots=True)
class StoreEntry:
    """A table, bucket or pool, and what becomes of what it holds; `why` where it holds nobody's data."""

    exported: str = ""
    erased: str = ""
    why: str = ""


BY_RECORD = "by the kinds of its records"
PLACES: Mapping[str, StoreEntry] = {
    f"Foundation/{PEOPLE}": StoreEntry(exported=BY_RECORD, erased=BY_RECORD),
    f"Foundation/{CONVERSATIONS}": StoreEntry(exported=BY_RECORD, erased=BY_RECORD),
    "Foundation/UserPool": StoreEntry(
        exported="account.json", erased="the account, and with it all its refresh tokens"
    ),
    "Errands/Exports": StoreEntry(
        exported="exports.json lists them", erased="what is under the person's prefix; everything after a day"
    ),
    "Errands/WakeupsGroup": StoreEntry(exported="wake-ups.json", erased="the schedules of all skills"),
    "Site/Files": StoreEntry(why="the page itself, the same for everybody"),
    "Site/AccessLogs": StoreEntry(why="addresses of the net, tied to nobody we know; gone after ninety days"),
}
TRANSIENT: Mapping[str, str] = {
    "AWS::SQS::Queue": "messages on their way, for four days at most, or fourteen among the dead letters",
    "AWS::SNS::Topic": "hands messages on and keeps none",
    "AWS::Logs::LogGroup": "decisions and random ids; no text, number, name or token",
}


def unknown(store: str, pk: str, sk: str) -> RecordKind:
    """What is made of a record of no known kind that lies among a person's: it goes with them."""
    return RecordKind(store, pk, sk, "unknown records")


def kind_of(store: str, pk: str, sk: str) -> RecordKind | None:
    """The kind of a record; None for one that nobody wrote down."""
    return next((kind for kind in KINDS if kind.holds(store, pk, sk)), None)


def _begins(key: str, with_: str) -> bool:
    return key.startswith(with_) if with_.endswith("#") else key == with_
