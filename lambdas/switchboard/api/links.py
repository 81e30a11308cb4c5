"""Linking another channel to the person, by a code that is entered there, and taking a link back."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from switchboard.api.callers import Asking, Given
from switchboard.api.once import Creating
from switchboard.api.problems import Problem, refuses
from switchboard.core.idempotency import Made
from switchboard.core.profiles import address_id

router = APIRouter(prefix="/links", tags=["links"])

LinkId = Annotated[
    str,
    Path(
        pattern=r"^[0-9a-f]{20}$",
        description="A channel's `id` in /me",
        examples=["9f2c11d0e8a94b7d53c6"],
    ),
]


class LinkCode(BaseModel):
    """Entered in another channel as `/link CODE`, once, within `expires_in` seconds."""

    code: str = Field(examples=["K7QM-3XPD"])
    expires_in: int = Field(examples=[600])


@router.post("", status_code=201, responses=refuses(401, 404, 409, 422))
def make_link_code(creating: Creating) -> LinkCode:
    """A code that links whatever channel it is entered in."""
    links = creating.ports.links()

    def make() -> Made:
        code = links.make_code(creating.asking.person, creating.asking.address, creating.key)
        made = LinkCode(code=code.code, expires_in=code.expires_in)
        return Made(made.model_dump_json(), code.expires_in)

    answered = creating.once(make)
    code = LinkCode.model_validate_json(answered.answer)
    return code.model_copy(update={"expires_in": max(0, code.expires_in - answered.age_ms // 1000)})


@router.delete("/{link}", status_code=204, responses=refuses(401, 404, 409, 422))
def unlink(link: LinkId, asking: Asking, ports: Given) -> None:
    """That channel no longer belongs to the person."""
    links = ports.links()
    if link == address_id(asking.address):
        raise Problem(409, "This is the account you are signed in with.")
    if not links.unlink(asking.person, link):
        raise Problem(404, "None of your channels is called so.")
