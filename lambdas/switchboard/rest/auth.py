"""Who is asking: from the verified token alone, never from anything else in the request."""

from typing import Annotated, cast

from fastapi import Depends, Request

from switchboard.core.people.tickets import Principal
from switchboard.rest.ports import Account, Ports
from switchboard.rest.problems import Problem


async def ports_of(request: Request) -> Ports:
    return cast("Ports", request.app.state.ports)


Given = Annotated[Ports, Depends(ports_of)]


async def account_of(request: Request, ports: Given) -> Account:
    account = ports.account(request)
    if account is None:
        raise Problem(401, "Sign in first.")
    return account


SignedIn = Annotated[Account, Depends(account_of)]


def bearer_of(account: SignedIn, ports: Given) -> Principal:
    return Principal(ports.people.behind(account.address), account.address)


Asking = Annotated[Principal, Depends(bearer_of)]


async def operator_of(account: SignedIn) -> Account:
    if not account.operates:
        raise Problem(403, "This is for operators.")
    return account


Operating = Annotated[Account, Depends(operator_of)]
