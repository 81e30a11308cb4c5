"""Each promise that a run could break is noticed when it is broken."""

from concurrent.futures import Future
from typing import Any

from tests.faults.accounts import Accounts, Conversation, End, check_phone, unsettled
from tests.faults.crowd import Caller, Said

STATE = {"came": 2, "taken": 2}
PAGES = {"t0000x00": "t0000x00 here", "t0000x01": "t0000x01 here"}


def said(token: str) -> Said:
    sent: Future[str] = Future()
    sent.set_result(f"id-{token}")
    return Said(token, sent, at=0.0, waits=1.0)


def turn(token: str, **changes: object) -> dict[str, Any]:
    usual = {"id": token, "asked": f"say {token}", "state": "answered", "page": PAGES[token], "attempts": 1}
    return usual | changes


def checked(received: list[str], talk: Conversation | None = None, **changes: object) -> Accounts:
    """What the accounts say of a phone that sent two texts; `changes` are to the second turn."""
    found = talk or Conversation(
        state=STATE,
        claims=frozenset(f"id-{token}" for token in PAGES),
        turns=[turn("t0000x00"), turn("t0000x01", **changes)],
        parts={token: {"part_state": "sent"} for token in PAGES},
    )
    accounts = Accounts()
    check_phone(accounts, Caller("+12125550100", 0, [said(token) for token in PAGES]), found, received)
    return accounts


def test_two_texts_with_their_replies_in_order_are_answered() -> None:
    accounts = checked(list(PAGES.values()))
    assert accounts.ends == {End.ANSWERED: 2}
    assert (accounts.lost, accounts.doubled, accounts.misordered, accounts.stuck) == ([], [], [], [])


def test_a_text_without_a_reply_is_lost() -> None:
    assert checked([PAGES["t0000x00"]]).lost == ["t0000x01"]


def test_an_apology_for_a_turn_that_failed_is_an_end() -> None:
    received = [PAGES["t0000x00"], "Please ask again."]
    accounts = checked(received, state="failed", page="Please ask again.")
    assert (accounts.ends[End.FELL_BACK], accounts.lost) == (1, [])


def test_an_apology_that_nobody_got_is_lost() -> None:
    assert checked([PAGES["t0000x00"]], state="failed", page="Please ask again.").lost == ["t0000x01"]


def test_what_is_unknown_counts_only_while_the_operator_sees_it() -> None:
    part = {"part_state": "unknown_after_send", "waiting": "part"}
    for parts, end in (({"t0000x01": part}, End.UNKNOWN), ({"t0000x01": part | {"waiting": ""}}, End.LOST)):
        talk = Conversation(
            STATE,
            frozenset(f"id-{token}" for token in PAGES),
            [turn(token) for token in PAGES],
            {"t0000x00": {"part_state": "sent"}, **parts},
        )
        assert checked([PAGES["t0000x00"]], talk).ends[end] == 1


def test_a_reply_that_comes_twice_is_a_duplicate() -> None:
    assert checked([*PAGES.values(), PAGES["t0000x01"]]).doubled != []


def test_a_text_that_nobody_wrote_is_a_duplicate_too() -> None:
    assert checked([*PAGES.values(), "Traceback"]).doubled == ["+12125550100: Traceback"]


def test_replies_that_come_the_wrong_way_round_are_out_of_order() -> None:
    assert checked(list(PAGES.values())[::-1]).misordered == ["+12125550100: t0000x01 before t0000x00"]


def test_a_conversation_that_is_held_or_has_more_to_take_is_stuck() -> None:
    for state in (STATE | {"came": 3}, STATE | {"holder": "x"}, STATE | {"open_turn": "x"}):
        assert Conversation(state, frozenset(), [], {}).stuck
    assert not Conversation(STATE, frozenset(), [], {}).stuck


def test_what_was_reserved_and_not_settled_is_named() -> None:
    assert unsettled({"committed": 5, "settled": 5, "committed_21": 5, "settled_21": 4}) == ["committed_21"]
    assert unsettled({"committed": 5}) == ["committed"]
