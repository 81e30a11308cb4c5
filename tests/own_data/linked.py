"""Two people become one: a code is made, entered and confirmed, and the link is made."""

from switchboard.core.jobs import Job
from switchboard.core.linking.codes import LinkAttempt, LinkCode
from switchboard.core.linking.requests import LinkRequest
from switchboard.core.linking.service import MERGE
from switchboard.core.people.address import Address

from tests.own_data.house import House


def ask(house: House, maker: Address, other: Address) -> str:
    """Whoever is behind the other address enters the maker's code; what was sent to them."""
    now, number = house.clock.now_ms(), next(house.numbers)
    code, back = f"CODE{number:04}", f"BACK{number:04}"
    house.people.behind(other)
    house.links.offer(code, LinkCode(house.people.behind(maker), maker, now + 600_000))
    house.link_requests.ask(LinkAttempt(code, other, f"turn-{code}", now), back)
    return back


def confirm(house: House, maker: Address, other: Address) -> LinkRequest:
    """Both sides agree to be linked."""
    now = house.clock.now_ms()
    entry = LinkAttempt(ask(house, maker, other), other, f"turn-{next(house.numbers)}", now)
    return house.link_requests.confirm(entry, due_ms=now)


def link(house: House, maker: Address, other: Address) -> Job:
    """Whoever is behind the other address becomes the maker; the errand that brings what was said."""
    request = confirm(house, maker, other)
    joined = house.link_requests.join(request, now_ms=house.clock.now_ms())
    return Job(MERGE, request.id, joined.person, other, detail=joined.ceased)
