"""What is said of a link is read whole: nobody has to ask for MORE to find out what they agree to."""

import pytest
from switchboard.channels.sms import SPEC
from switchboard.channels.sms.paging import paginate
from switchboard.core.linking.codes import masked
from switchboard.core.linking.commands import ASKED, OFFERED
from switchboard.core.linking.service import JOINED, TAKEN_BACK, VOID, WAITS

from tests.examples import ADAS_PHONE, BABBAGES_PHONE

NAMES = {"code": "K7QM-3XPD", "when": "In 24 h"}


@pytest.mark.parametrize("text", [OFFERED, ASKED, f"Confirmed. {WAITS}", WAITS, TAKEN_BACK, JOINED, VOID])
def test_it_is_on_one_page_even_after_the_first_disclosure(text: str) -> None:
    here, there = masked(ADAS_PHONE), masked(BABBAGES_PHONE)
    phones = {"here": here, "other": here, "maker": there}
    page = paginate(f"{SPEC.policy.disclosure}\n\n{text.format(**NAMES, **phones)}")
    assert page.rest == ""
