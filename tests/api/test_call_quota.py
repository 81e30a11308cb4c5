"""Nobody takes all the room that there is for calls: bytes by the day, and a few calls at a time."""

from tests.api.site import Caller
from tests.api.test_calls import opened


def test_a_sixth_call_waits_until_one_of_five_is_done(ada: Caller, babbage: Caller) -> None:
    """Of each person: whoever takes all they may keeps nobody else out."""
    assert [opened(ada).status_code for _ in range(6)] == [201] * 5 + [409]
    assert "under way" in opened(ada).json()["detail"]
    assert opened(babbage).status_code == 201


def test_a_day_has_so_many_bytes(ada: Caller) -> None:
    answers = [opened(ada, size=1_500_000_000) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert "4000 MB a day" in answers[-1].json()["detail"]
