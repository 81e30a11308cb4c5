"""/link, /confirm, /unlink, /me and /zone. Each looks up who the address belongs to: a link may be new."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import available_timezones

from switchboard.core.errors import UserFacing
from switchboard.core.linking.codes import LinkAttempt, NotYours, UnlinkRequest, WrittenFrom, masked, numbered
from switchboard.core.linking.requests import LinkRequest
from switchboard.core.linking.service import TAKEN_BACK, WAITS, Confirming, LinkService, TakeBack, named
from switchboard.core.people.address import Address, PersonId
from switchboard.core.people.profiles import LONGEST_ZONE, VersionConflict
from switchboard.core.skills.spec import Command, ToolContext
from switchboard.core.verification_codes import plain

RETRIES = 3

OFFERED = (
    "Your code is {code}. Within 10 minutes, send /link {code} from the other channel. "
    "Give it to nobody: whoever enters it asks to become one person with you."
)
ASKED = (
    "Link this ({here}) with {maker}? Whoever uses {maker} would see everything said and kept here. "
    "Only if you want that, reply /confirm {code} within 10 min. Otherwise do nothing. Tell nobody the code."
)
PARTED = "No longer linked: {who}. What came with it goes with it again; what was said since stays here."
ALONE = "Nothing else is linked. /link gives you a code for another channel."


class NoZone(UserFacing):
    def __init__(self) -> None:
        super().__init__("I know no such time zone. Its name is like Europe/Oslo or America/New_York.")


def house(desk: LinkService, confirming: Confirming) -> Mapping[str, Command]:
    """The commands, by their words."""
    return {
        "link": Command("links another channel to you", lambda rest, of: _link(rest, of, desk)),
        "confirm": Command("confirms a link", lambda rest, of: _confirm(rest, of, confirming)),
        "unlink": Command("takes a link back", lambda rest, of: _unlink(rest, of, desk)),
        "me": Command("what is linked to you, and your time zone", lambda _rest, of: _me(of, desk)),
        "zone": Command("sets your time zone", lambda rest, of: _zone(rest, of, desk), LONGEST_ZONE),
    }


def _link(rest: str, context: ToolContext, desk: LinkService) -> str:
    if not rest:
        person = desk.people.behind(context.address)
        return OFFERED.format(code=desk.offer(person, context.address, at_ms=_ms(context.now)))
    maker, code = desk.enter(_entry(rest, context))
    return ASKED.format(here=masked(context.address), maker=masked(maker), code=code)


def _confirm(rest: str, context: ToolContext, confirming: Confirming) -> str:
    request = confirming.confirm(_entry(rest, context))
    return f"Confirmed. {named(WAITS, request, when=confirming.when)}"


def _entry(rest: str, context: ToolContext) -> LinkAttempt:
    """Errors: NoCode."""
    return LinkAttempt(plain(rest), context.address, context.turn, _ms(context.now))


def _unlink(rest: str, context: ToolContext, desk: LinkService) -> str:
    """Without a number it takes back what waits, and else says what is linked."""
    person = desk.people.behind(context.address)
    return _chosen_unlink(rest, person, context, desk) if rest else _plain_unlink(person, context, desk)


def _plain_unlink(person: PersonId, context: ToolContext, desk: LinkService) -> str:
    taken = desk.take_back(TakeBack(person, context.address, context.turn, _ms(context.now)))
    if taken:
        return "\n".join(named(TAKEN_BACK, each) for each in taken)
    linked = desk.addresses(person)
    if len(linked) < 2:
        return ALONE
    return f"{numbered(linked, here=context.address)}\nSend /unlink and a number."


def _chosen_unlink(rest: str, person: PersonId, context: ToolContext, desk: LinkService) -> str:
    gone = desk.links.parted(person, context.turn)
    gone = gone or _chosen(rest, desk.addresses(person), context.address)
    desk.part(UnlinkRequest(person, gone, context.turn, _ms(context.now)))
    return PARTED.format(who=masked(gone))


def _chosen(rest: str, linked: Sequence[Address], here: Address) -> Address:
    number = rest.strip(" .#")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(linked)):
        raise NotYours
    if linked[int(number) - 1] == here:
        raise WrittenFrom
    return linked[int(number) - 1]


def _me(context: ToolContext, desk: LinkService) -> str:
    person = desk.people.behind(context.address)
    profile = desk.profiles.read(person)
    linked = numbered([link.address for link in profile.links], here=context.address)
    wait = [_waits(each, person) for each in desk.waiting(person)]
    zone = f"Your time zone is {profile.zone}; /zone changes it. /link links another."
    return "\n".join((f"Linked to you:\n{linked}", *wait, zone))


def _waits(request: LinkRequest, person: PersonId) -> str:
    other = masked(request.beside(person).address)
    return f"A link with {other} waits and is not made yet; /unlink takes it back."


def _zone(rest: str, context: ToolContext, desk: LinkService) -> str:
    person = desk.people.behind(context.address)
    if not rest:
        return f"Your time zone is {desk.profiles.read(person).zone}. /zone Europe/Oslo sets another."
    zone = _known(rest)
    for _ in range(RETRIES):
        profile = desk.profiles.read(person)
        try:
            desk.profiles.rezone(person, zone, version=profile.version)
        except VersionConflict:
            continue
        return f"Your time zone is {zone} now."
    raise VersionConflict


def _known(name: str) -> str:
    """The zone of that name, however it is spelled. Errors: NoZone."""
    wanted = name.strip(" .").replace(" ", "_").casefold()
    found = next((zone for zone in available_timezones() if zone.casefold() == wanted), None)
    if found is None:
        raise NoZone
    return found


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
