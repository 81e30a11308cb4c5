"""What a request says of itself, as the gateway hands it over."""

import pytest
from switchboard.core.people.address import Address
from switchboard.runtime.rest_app import groups_of, shown


@pytest.mark.parametrize(
    ("claim", "groups"),
    [
        ("[operators]", {"operators"}),
        ("[night-shift operators]", {"night-shift", "operators"}),
        ("operators", {"operators"}),
        (["operators", "night-shift"], {"operators", "night-shift"}),
        ("[operators2]", {"operators2"}),
        ("[]", set()),
        ("", set()),
        (None, set()),
        (7, set()),
    ],
)
def test_groups_are_read_however_the_gateway_writes_them(claim: object, groups: set[str]) -> None:
    assert groups_of(claim) == groups


@pytest.mark.parametrize(
    ("address", "read"),
    [("sms#+12065550150", "+12065550150"), ("web#account-1", ""), ("pigeon#roof", "")],
)
def test_an_address_is_shown_where_it_means_something(address: str, read: str) -> None:
    channel, _, value = address.partition("#")
    assert shown(Address(channel, value)) == read
