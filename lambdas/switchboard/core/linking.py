"""One person, many channels: what /link, /unlink, /me and /zone do, and who is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from switchboard.core.codes import LIFETIME_MS, plain, shown
from switchboard.core.errands import Errand, Errands
from switchboard.core.errors import UserFacing
from switchboard.core.links import (
    Entry,
    Joined,
    Links,
    NotYours,
    Offer,
    Parting,
    WrittenFrom,
    masked,
    newcomer,
    numbered,
    redeem,
)
from switchboard.core.news import Herald
from switchboard.core.people import Address, People, PersonId
from switchboard.core.profiles import Profiles, Stale
from switchboard.core.skill import Command, ToolContext

MERGE = "merge"
RETRIES = 3

OFFERED = "Your code is {code}. Within 10 minutes, send /link {code} from the other channel."
JOINED = "Linked: this and {maker} are one person now. What was said here follows in a moment. /me shows all."
HEARD = "Linked to you now: {who}. If that was not you, send /unlink at once."
PARTED = "No longer linked: {who}. Whoever writes from there is somebody new; what was said stays here."
LEFT = "This is no longer linked to your other channels. What you say from now on is kept apart."
ALONE = "Nothing else is linked. /link gives you a code for another channel."


class NoZone(UserFacing):
    def __init__(self) -> None:
        super().__init__("I know no such time zone. Its name is like Europe/Oslo or America/New_York.")


@dataclass(frozen=True, slots=True)
class LinkDesk:
    """Where people link their channels; `new_code` makes LENGTH symbols of the ALPHABET."""

    links: Links
    people: People
    profiles: Profiles
    herald: Herald
    errands: Errands
    new_code: Callable[[], str]

    def offer(self, person: PersonId, address: Address, *, at_ms: int) -> str:
        """A code, as it is shown."""
        code = self.new_code()
        self.links.offer(code, Offer(person, address, at_ms + LIFETIME_MS))
        return shown(code)

    def join(self, entry: Entry) -> Joined:
        """Errors: NotLinked. All that follows may be done again, so a crash in between loses nothing."""
        joined = redeem(entry, self.links)
        self.errands.hand_over(Errand(MERGE, entry.turn, joined.person, entry.address, detail=joined.ceased))
        self.herald.tell(
            HEARD.format(who=masked(entry.address)),
            person=joined.person,
            address=joined.maker,
            key=f"linked-{entry.turn}",
            at_ms=entry.at_ms,
        )
        return joined

    def part(self, parting: Parting) -> None:
        """Errors: NotYours."""
        if self.links.parted(parting.person, parting.turn) is None:
            self.links.part(parting)
        self.herald.tell(
            LEFT,
            person=newcomer(parting.person, parting.turn),
            address=parting.address,
            key=f"unlinked-{parting.turn}",
            at_ms=parting.at_ms,
        )

    def addresses(self, person: PersonId) -> Sequence[Address]:
        return [link.address for link in self.profiles.read(person).links]


def house(desk: LinkDesk) -> Mapping[str, Command]:
    """The commands, by their words. Each looks up who the address belongs to now: a link may be new."""
    return {
        "link": Command("links another channel to you", lambda rest, of: _link(rest, of, desk)),
        "unlink": Command("takes a link back", lambda rest, of: _unlink(rest, of, desk)),
        "me": Command("what is linked to you, and your time zone", lambda _rest, of: _me(of, desk)),
        "zone": Command("sets your time zone", lambda rest, of: _zone(rest, of, desk)),
    }


def _link(rest: str, context: ToolContext, desk: LinkDesk) -> str:
    now = _ms(context.now)
    if not rest:
        code = desk.offer(desk.people.behind(context.address), context.address, at_ms=now)
        return OFFERED.format(code=code)
    joined = desk.join(Entry(plain(rest), context.address, context.turn, now))
    return JOINED.format(maker=masked(joined.maker))


def _unlink(rest: str, context: ToolContext, desk: LinkDesk) -> str:
    person = desk.people.behind(context.address)
    linked = desk.addresses(person)
    if len(linked) < 2 and not rest:
        return ALONE
    if not rest:
        return f"{numbered(linked, here=context.address)}\nSend /unlink and a number."
    gone = desk.links.parted(person, context.turn) or _chosen(rest, linked, context.address)
    desk.part(Parting(person, gone, context.turn, _ms(context.now)))
    return PARTED.format(who=masked(gone))


def _chosen(rest: str, linked: Sequence[Address], here: Address) -> Address:
    number = rest.strip(" .#")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(linked)):
        raise NotYours
    if linked[int(number) - 1] == here:
        raise WrittenFrom
    return linked[int(number) - 1]


def _me(context: ToolContext, desk: LinkDesk) -> str:
    profile = desk.profiles.read(desk.people.behind(context.address))
    linked = numbered([link.address for link in profile.links], here=context.address)
    return (
        f"Linked to you:\n{linked}\nYour time zone is {profile.zone}; /zone changes it. /link links another."
    )


def _zone(rest: str, context: ToolContext, desk: LinkDesk) -> str:
    person = desk.people.behind(context.address)
    if not rest:
        return f"Your time zone is {desk.profiles.read(person).zone}. /zone Europe/Oslo sets another."
    zone = _known(rest)
    for _ in range(RETRIES):
        profile = desk.profiles.read(person)
        try:
            desk.profiles.rezone(person, zone, version=profile.version)
        except Stale:
            continue
        return f"Your time zone is {zone} now."
    raise Stale


def _known(name: str) -> str:
    """The zone of that name, however it is spelled. Errors: NoZone."""
    wanted = name.strip(" .").replace(" ", "_").casefold()
    found = next((zone for zone in available_timezones() if zone.casefold() == wanted), None)
    if found is None:
        raise NoZone
    return found


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
