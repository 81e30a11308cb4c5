"""The short form of `make faults`: every step dies once, and every message is accounted for."""

import pytest

from tests.faults.ground import ground
from tests.faults.report import promises, table
from tests.faults.trial import Plan, Trial, say

SHORT = Plan(turns=70, each=1, at_once=16, seconds=150)


@pytest.mark.enable_socket
def test_while_everything_breaks_every_message_is_accounted_for(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        say("")
        with ground() as place:
            result = Trial(place, SHORT, say).run()
        print(table(result))
    assert [(name, found) for name, found in promises(result) if found] == []
    assert result.accounts.turns >= SHORT.turns
    assert result.accounts.ends.total() == result.texts
    died, known = result.deaths.died, result.deaths.known()
    assert sum(bool(died[death]) for death in known) >= 0.8 * len(known)
