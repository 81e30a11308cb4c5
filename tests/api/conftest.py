"""One site a test, with Ada and Babbage signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.account import Account, shared_account
from tests.api.living import Live, living
from tests.api.site import Caller, Site


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with shared_account() as made:
        yield made


@pytest.fixture
def site(account: Account) -> Iterator[Site]:
    made = Site(account.dynamodb)
    yield made
    account.empty()
    assert made.reported == []


@pytest.fixture
def ada(site: Site) -> Caller:
    return site.signed_in("ada")


@pytest.fixture
def babbage(site: Site) -> Caller:
    return site.signed_in("babbage")


@pytest.fixture
def operator(site: Site) -> Caller:
    return site.signed_in("grace+")


@pytest.fixture(scope="module")
def running() -> Iterator[Live]:
    yield from living()
