"""A town with its tables, empty for each test; the account it is in is made once, for that takes longest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.account import Account, shared_account
from tests.links.town import Town


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with shared_account() as made:
        yield made


@pytest.fixture
def town(account: Account) -> Town:
    account.empty()
    return Town(account.dynamodb)
