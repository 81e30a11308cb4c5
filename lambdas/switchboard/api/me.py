"""Who one is: the person behind the account, their time zone and their linked addresses."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from switchboard.core.people.address import Address
from switchboard.core.people.profiles import LONGEST_ZONE, LinkedAddress, address_id, is_zone
from switchboard.rest.auth import Asking, Given, SignedIn
from switchboard.rest.etags import ETAG, IfMatch, etag, version_of
from switchboard.rest.ports import Ports
from switchboard.rest.problems import Problem, refuses
from switchboard.rest.times import Moment, moment

router = APIRouter(tags=["me"])


class Channel(BaseModel):
    """A linked address; `this` is the account one is signed in with."""

    id: str = Field(examples=["9f2c11d0e8a94b7d53c6"])
    channel: str = Field(description="Which channel it is of", examples=["mail"])
    address: str = Field(
        description="Shown to its owner in full; empty where it is an account", examples=["+12065550123"]
    )
    linked_at: Moment | None
    this: bool


class Me(BaseModel):
    """`version` is the profile's, `zone` an IANA time zone."""

    person: str = Field(examples=["1c9d4f6a2be83d7750a4f1e2"])
    version: int = Field(examples=[1])
    zone: str = Field(examples=["Europe/Oslo"])
    operator: bool
    channels: list[Channel]


class Change(BaseModel):
    zone: str = Field(max_length=LONGEST_ZONE, examples=["Europe/Oslo"])


@router.get("/me", responses=ETAG | refuses(401))
def read_me(asking: Asking, account: SignedIn, response: Response, ports: Given) -> Me:
    """The person behind this account."""
    profile = ports.profiles.read(asking.person)
    response.headers["etag"] = etag(profile.version)
    return Me(
        person=profile.person,
        version=profile.version,
        zone=profile.zone,
        operator=account.operates,
        channels=[_channel(link, asking.address, ports) for link in profile.links],
    )


@router.patch("/me", responses=ETAG | refuses(400, 401, 412, 413, 422, 428))
def change_me(
    wish: Change,
    asking: Asking,
    account: SignedIn,
    response: Response,
    ports: Given,
    if_match: IfMatch = None,
) -> Me:
    """Change the time zone of the profile as it was read."""
    version = version_of(if_match, now=lambda: ports.profiles.read(asking.person).version)
    if not is_zone(wish.zone):
        raise Problem(422, "body.zone: there is no such IANA time zone")
    ports.profiles.rezone(asking.person, wish.zone, version=version)
    return read_me(asking, account, response, ports)


def _channel(link: LinkedAddress, this: Address, ports: Ports) -> Channel:
    return Channel(
        id=address_id(link.address),
        channel=link.address.channel,
        address=ports.shown(link.address),
        linked_at=None if link.since_ms is None else moment(link.since_ms),
        this=link.address == this,
    )
