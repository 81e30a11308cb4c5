"""Whose texts are taken."""

import pytest
from switchboard.channels.sms.reach import Reach

HERE = Reach(frozenset({"US", "CA"}))
OF_NO_COUNTRY = "+999" + "0" * 9


@pytest.mark.parametrize("sender", ["+12065550150", "+16135550150"])
def test_a_number_of_a_listed_country_is_taken(sender: str) -> None:
    assert HERE.takes(sender, "Hello")


@pytest.mark.parametrize(
    "sender",
    [
        "+18765550150",  # Jamaica, beside the United States under +1
        "+447700900123",  # in no plan
        OF_NO_COUNTRY,
    ],
)
def test_of_another_countrys_number_only_the_wish_to_opt_out_or_in_is_taken(sender: str) -> None:
    taken = [HERE.takes(sender, text) for text in ("Hello", "HELP", "stop by the store", "STOP", "Start!")]
    assert taken == [False, False, False, True, True]


@pytest.mark.parametrize(
    "sender",
    [
        "12345",
        "AMAZON",
        "My Bank",
        "",
        "2065550150",
        "+02065550150",
        "+1206555015x",
        "+12065550150\n",
        "+1 206",
    ],
)
def test_what_is_no_number_is_never_taken(sender: str) -> None:
    assert not HERE.takes(sender, "STOP")
    assert not HERE.takes(sender, "Hello")
