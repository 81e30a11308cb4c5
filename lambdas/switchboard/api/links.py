"""Linking another channel, by a code that is entered and confirmed there, and taking a link back."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from switchboard.core.idempotency import Made
from switchboard.core.people.profiles import address_id
from switchboard.rest.auth import Asking, Given
from switchboard.rest.idempotency import Creating
from switchboard.rest.problems import Problem, refuses
from switchboard.rest.times import Moment, moment

router = APIRouter(prefix="/links", tags=["links"])

LinkId = Annotated[
    str,
    Path(
        pattern=r"^[0-9a-f]{20}$",
        description="A channel's `id` in /me",
        examples=["9f2c11d0e8a94b7d53c6"],
    ),
]


WaitingId = Annotated[
    str,
    Path(pattern=r"^[0-9a-f]{24}$", description="Of GET /links", examples=["4a1be2c08d6f4f9b9d3e51c7"]),
]


class WaitingLink(BaseModel):
    """Confirmed by both sides, made at `due_at`. Until then nothing is shared, and it can be taken back."""

    id: str = Field(examples=["4a1be2c08d6f4f9b9d3e51c7"])
    beside: str = Field(description="The other side: a number by its end", examples=["…0123"])
    due_at: Moment


class WaitingLinks(BaseModel):
    items: list[WaitingLink]


class LinkCode(BaseModel):
    """Entered in another channel as `/link CODE`, once, within `expires_in` seconds.

    It is answered there by a second code, and what comes of it is in GET /links.
    """

    code: str = Field(examples=["K7QM-3XPD"])
    expires_in: int = Field(examples=[600])


@router.post("", status_code=201, responses=refuses(401, 404, 409, 422))
def make_link_code(creating: Creating) -> LinkCode:
    """A code that asks to link whatever channel it is entered in."""
    links = creating.ports.links()

    def make() -> Made:
        code = links.make_code(creating.asking.person, creating.asking.address, creating.key)
        made = LinkCode(code=code.code, expires_in=code.expires_in)
        return Made(made.model_dump_json(), code.expires_in)

    answered = creating.once(make)
    code = LinkCode.model_validate_json(answered.answer)
    return code.model_copy(update={"expires_in": max(0, code.expires_in - answered.age_ms // 1000)})


@router.get("", responses=refuses(401))
def read_waiting_links(asking: Asking, ports: Given) -> WaitingLinks:
    """Links that wait to be made."""
    found = ports.links().waiting(asking.person)
    return WaitingLinks(
        items=[WaitingLink(id=each.id, beside=each.beside, due_at=moment(each.due_ms)) for each in found]
    )


@router.delete("/waiting/{waiting}", status_code=204, responses=refuses(401, 404, 422))
def take_back(waiting: WaitingId, asking: Asking, ports: Given) -> None:
    """That link is not made; both sides are told."""
    if not ports.links().take_back(asking.person, asking.address, waiting):
        raise Problem(404, "No link waits under that id.")


@router.delete("/{link}", status_code=204, responses=refuses(401, 404, 409, 422))
def unlink(link: LinkId, asking: Asking, ports: Given) -> None:
    """That channel no longer belongs to the person."""
    links = ports.links()
    if link == address_id(asking.address):
        raise Problem(409, "This is the account you are signed in with.")
    if not links.unlink(asking.person, link):
        raise Problem(404, "None of your channels is called so.")
