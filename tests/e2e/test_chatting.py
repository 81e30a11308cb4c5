"""Somebody chats on the web page: frames, pace, stopping, resuming."""

import time
from collections.abc import Callable
from decimal import Decimal

from tests.e2e.inside import Inside
from tests.e2e.outside import World
from tests.e2e.page import Account, Frame, numbers, spoken
from tests.e2e.patience import eventually

REFUSED: tuple[tuple[object, str], ...] = (
    ("this is no JSON", "not_json"),
    ([1, 2], "bad_frame"),
    ({"action": "dance", "payload": {}}, "unknown_action"),
    ({"payload": {}}, "unknown_action"),
    ({"action": "sendprompt"}, "bad_payload"),
    ({"action": "sendprompt", "payload": {"msgid": 7, "text": "hello"}}, "bad_payload"),
    ({"action": "sendprompt", "payload": {"msgid": "m-1", "text": ["hello"]}}, "bad_payload"),
    ({"action": "sendprompt", "payload": {"msgid": "m-1", "text": "x" * 4_001}}, "too_large"),
    ({"action": "sendprompt", "payload": {"msgid": "m-1", "text": "x" * 17_000}}, "too_large"),
    ({"action": "resume", "payload": {"msgid": "m-1", "after": "all"}}, "bad_payload"),
    ({"action": "resume", "payload": {"msgid": "never-sent", "after": 0}}, "unknown_msgid"),
    ({"action": "stop", "payload": {"msgid": "never-sent"}}, "unknown_msgid"),
)
SLOWLY = " ".join(f"step {n}" for n in range(1, 31))


def test_a_prompt_streams_its_reply(account: Account) -> None:
    with account.page() as page:
        page.prompt("count to 40")
        frames = page.until_done()
    done = frames[-1]
    assert numbers(frames) == list(range(1, len(frames) + 1))
    assert len(frames) > 5
    assert spoken(frames) == done["text"] == " ".join(map(str, range(1, 41)))
    assert done["usage"]["completion"] >= 40
    assert done["usage"]["prompt"] > 0
    assert Decimal(done["cost"]) > 0


def test_a_tool_shows_between_the_words(account: Account) -> None:
    with account.page() as page:
        page.prompt("what time is it in Lisbon")
        frames = page.until_done()
    assert [frame["name"] for frame in frames if frame["type"] == "tool"] == ["current_time"]
    assert numbers(frames) == list(range(1, len(frames) + 1))
    assert "Europe/Lisbon" in frames[-1]["text"]


def test_a_chat_knows_what_was_said_before(account: Account) -> None:
    with account.page() as page:
        page.ask("my name is Grace")
    with account.page() as page:
        assert "Your name is Grace" in page.ask("what is my name")


def test_a_ping_keeps_the_line(account: Account) -> None:
    with account.page() as page:
        page.send({"action": "ping"})
        assert page.frame() == {"type": "pong"}


def test_stop_ends_a_reply_within_a_second(account: Account, world: World) -> None:
    world.script("slowly", SLOWLY, tokens_per_second=5)
    with account.page() as page:
        msgid = page.prompt("slowly please")
        frames = page.until_seq(3)
        asked = time.monotonic()
        page.act("stop", msgid=msgid)
        frames += page.until_done()
        took = time.monotonic() - asked
        assert took < 1
        assert numbers(frames) == list(range(1, len(frames) + 1))
        assert SLOWLY.startswith(spoken(frames))
        assert frames[-1]["text"] == spoken(frames)
        assert page.ask("hello").startswith("Hello!")


def test_another_socket_takes_over_in_mid_reply(account: Account, world: World) -> None:
    world.script("slowly", SLOWLY, tokens_per_second=20)
    with account.page() as first, account.page() as second:
        msgid = first.prompt("slowly please")
        seen = first.until_seq(4)
        second.act("resume", msgid=msgid, after=2)
        frames = seen[:2] + second.until_done()
    assert numbers(frames) == list(range(1, len(frames) + 1))
    assert spoken(frames) == frames[-1]["text"] == SLOWLY


def test_a_finished_reply_is_told_again(account: Account) -> None:
    with account.page() as page:
        msgid = page.prompt("count to 30")
        told = page.until_done()
    with account.page() as page:
        page.act("resume", msgid=msgid, after=0)
        assert page.until_done() == told
        page.act("resume", msgid=msgid, after=3)
        assert page.until_done() == told[3:]


def test_a_page_that_vanishes_does_not_fail_the_turn(account: Account, world: World, inside: Inside) -> None:
    world.script("slowly", SLOWLY, tokens_per_second=20)
    person = account.person()
    with account.page() as page:
        msgid = page.prompt("slowly please")
        page.until_seq(2)
        page.socket.socket.close()
    assert eventually(lambda: answered(inside, person), what="the turn's end") == SLOWLY
    with account.page() as page:
        page.act("resume", msgid=msgid, after=0)
        frames = page.until_done()
    assert spoken(frames) == SLOWLY
    assert numbers(frames) == list(range(1, len(frames) + 1))


def test_a_prompt_sent_twice_is_answered_once(account: Account, inside: Inside) -> None:
    with account.page() as page:
        msgid = page.prompt("count to 3")
        page.act("sendprompt", msgid=msgid, text="count to 3")
        frames = page.until_done()
        assert [frame["text"] for frame in frames if frame["type"] == "done"] == ["1 2 3"]
        assert page.ask("say after that") == "after that"
    turns = [item for item in inside.items_of(account.person()) if item["sk"].startswith("TURN#")]
    assert [turn["asked"] for turn in turns] == ["count to 3", "say after that"]


def test_what_cannot_be_taken_gets_a_code_and_keeps_the_socket(account: Account) -> None:
    with account.page() as page:
        for frame, code in REFUSED:
            page.send(frame)
            answer = page.frame()
            assert (answer["type"], answer["code"]) == ("error", code), frame
            assert answer["message"]
        page.send({"action": "ping"})
        assert page.frame() == {"type": "pong"}


def test_somebody_elses_reply_cannot_be_reached(account: Account, new_account: Callable[[], Account]) -> None:
    stranger = new_account()
    with account.page() as page:
        msgid = page.prompt("count to 3")
        page.until_done()
    with stranger.page() as page:
        page.act("resume", msgid=msgid, after=0)
        assert refused(page.frame()) == ("unknown_msgid", msgid)
        page.act("stop", msgid=msgid)
        assert refused(page.frame()) == ("unknown_msgid", msgid)
        assert page.ask("say mine") == "mine"


def refused(frame: Frame) -> tuple[str, str]:
    assert frame["type"] == "error"
    return frame["code"], frame["msgid"]


def answered(inside: Inside, person: str) -> str:
    """The text of their only turn, once it is answered."""
    turns = [item for item in inside.items_of(person) if item["sk"].startswith("TURN#")]
    return str(turns[0]["text"]) if turns and turns[0]["state"] == "answered" else ""
