"""A page asks about its prompts as often as one that reconnects does, and not without end."""

from dataclasses import replace

import pytest
from switchboard.channels.web.inbound import FOLLOW_UPS, Caller
from switchboard.core.people.tickets import Principal

from tests.channels.web.test_web_page import ADAS_SOCKET, ANOTHER_SOCKET, BABBAGES_SOCKET, Chat
from tests.examples import ADA, ADAS_PAGE
from tests.fakes.clock import EPOCH_MS

RESUME = ("resume", {"msgid": "m-1", "after": 0})
STOP = ("stop", {"msgid": "m-1"})


def answered() -> Chat:
    chat = Chat()
    chat.prompt()
    chat.answer()
    return chat


def later(caller: Caller, seconds: float) -> Caller:
    return replace(caller, at_ms=EPOCH_MS + round(seconds * 1000))


def exhausted() -> Chat:
    chat = answered()
    for _ in range(FOLLOW_UPS.count):
        chat.take("resume", ANOTHER_SOCKET, msgid="m-1", after=0)
    chat.replayed.heard.clear()
    return chat


def test_a_page_does_not_make_us_replay_without_end() -> None:
    chat = answered()
    for _ in range(1_000):
        chat.take("resume", ANOTHER_SOCKET, msgid="m-1", after=0)
    assert len([each for each in chat.replayed.heard if each.kind == "done"]) == FOLLOW_UPS.count


@pytest.mark.parametrize(("action", "payload"), [RESUME, STOP])
def test_who_asks_too_often_is_told_so_and_asks_again_later(action: str, payload: dict[str, object]) -> None:
    chat = exhausted()
    told = chat.take(action, ANOTHER_SOCKET, **payload)
    assert (told["type"], told["code"], told["msgid"]) == ("error", "too_fast", "m-1")
    assert chat.replayed.heard == []
    waited = later(ANOTHER_SOCKET, FOLLOW_UPS.interval_ms / 1000)
    assert chat.take(action, waited, **payload).get("code") != "too_fast"


def test_new_sockets_bring_no_new_pace() -> None:
    chat = exhausted()
    fresh = Caller("socket-3", Principal(ADA, ADAS_PAGE), EPOCH_MS)
    assert chat.take("resume", fresh, msgid="m-1", after=0)["code"] == "too_fast"


def test_nobody_is_slowed_down_by_another_person() -> None:
    chat = exhausted()
    chat.take("sendprompt", BABBAGES_SOCKET, msgid="m-1", text="Hi")
    assert chat.take("stop", BABBAGES_SOCKET, msgid="m-1") == {}


def test_an_unknown_msgid_costs_as_much_as_one_that_is_known() -> None:
    chat = exhausted()
    assert chat.take("stop", ADAS_SOCKET, msgid="m-2")["code"] == "too_fast"


def test_a_prompt_that_is_repeated_without_end_is_accepted_and_signals_a_few_times() -> None:
    chat = Chat()
    told = [chat.prompt() for _ in range(1_000)]
    assert {each["type"] for each in told} == {"accepted"}
    assert len([who for who, _ in chat.happened if who == "signal"]) == 1 + FOLLOW_UPS.count


def test_a_page_that_reconnects_a_few_times_a_minute_never_notices() -> None:
    """Five times a minute for an hour, with three replies under way on each of two pages."""
    chat = answered()
    codes = {
        chat.take("resume", later(ANOTHER_SOCKET, minute * 60 + second), msgid="m-1", after=0).get("code")
        for minute in range(60)
        for second in range(0, 60, 12)
        for _reply_and_page in range(3 * 2)
    }
    assert codes == {None}


def test_new_prompts_take_nothing_of_that_pace() -> None:
    chat = Chat()
    for number in range(20):
        chat.take("sendprompt", ADAS_SOCKET, msgid=f"m-{number}", text="Hi")
    assert chat.throttle.full_at == {}
