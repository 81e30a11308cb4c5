"""Turns and money together: what is said, what is settled, and when the model is not asked at all."""

from collections.abc import Sequence
from dataclasses import replace

from switchboard.core.conversation import reply
from switchboard.core.conversation.turn import Turn, turn_of
from switchboard.core.conversation.turn_cost import worst_case
from switchboard.core.errors import ModelInterrupted, ModelUnavailable
from switchboard.core.messages.keywords import Keyword
from switchboard.core.model.types import Finished, ToolCall, Usage
from switchboard.core.skills.spec import Toolbox
from switchboard.core.spend import usage_texts
from switchboard.core.spend.ledger import (
    Reservation,
    SpendCaps,
    SpendLimits,
    SpendTotals,
    Verdict,
    digest,
    micros,
)

from tests.examples import ADA, CONVERSATION, prompt, text
from tests.fakes.desk import AMPLE, BILLED, WEB, Office, watched
from tests.fakes.model import USAGE, FakeModel, Step
from tests.fakes.tool import library

TODAY, TOMORROW = "2027-01-15", "2027-01-16"
PART = 10_000
LOTS = 10**9
SECONDS_TO_MIDNIGHT = 16 * 3600


def office(script: Sequence[Step] = ("Hello Ada.",), *, day: int = LOTS) -> Office:
    """Ada may spend so much a day; each word on her phone is a part."""
    return Office(FakeModel([script]), sms=BILLED, spend=SpendLimits(SpendCaps(day, LOTS), AMPLE.deployment))


def spent(made: Office, day: str = TODAY) -> SpendTotals:
    return made.ledger.standing(ADA, day).day


def last(made: Office) -> Turn:
    made.work()
    return made.turns[-1]


def worst(made: Office) -> int:
    return worst_case(turn_of([text(1)]), spec=BILLED, engine=made.engine).turn


def test_a_turn_settles_what_its_tokens_and_its_parts_cost() -> None:
    made = office()
    made.keep(text(1))
    done = last(made)
    assert micros(done.cost) == USAGE.prompt + USAGE.completion + 2 * PART
    assert spent(made) == SpendTotals(micros(done.cost), micros(done.cost))
    assert made.reported == [done]


def test_while_a_turn_runs_its_worst_case_is_set_aside() -> None:
    made = office()
    seen: list[SpendTotals] = []
    watched(made, **{"Hello Ada.": lambda: seen.append(spent(made))})
    made.keep(prompt(1))
    made.work()
    assert seen[0].settled == 0
    assert seen[0].committed == worst_case(turn_of([prompt(1)]), spec=WEB, engine=made.engine).turn


def test_whoever_has_spent_it_all_is_told_so_once_and_the_model_is_not_asked() -> None:
    made = office(day=2 * PART)
    made.keep(text(1))
    told = last(made)
    assert told.text == usage_texts.refusal(told.reservation)
    assert told.reservation == Reservation(TODAY, 2 * PART, Verdict.REFUSED, TOMORROW)
    made.keep(replace(text(2), at_ms=text(2).at_ms + 60_000))
    assert last(made).text == ""
    assert len(made.replies.published) == 1
    assert made.model.requests == []


def test_a_page_is_told_each_time() -> None:
    made = office(day=0)
    made.keep(prompt(1), prompt(2))
    made.work()
    assert [turn.text for turn in made.turns] == [
        usage_texts.refusal(each.reservation) for each in made.turns
    ]
    assert "pause" in made.turns[1].text
    assert made.page().kinds == ["delta", "done"] * 2


def test_from_80_percent_on_a_reply_ends_with_the_warning() -> None:
    made = office(day=LOTS)
    made.ledger.settle(ADA, Reservation(TODAY), LOTS * 8 // 10)
    made.keep(prompt(1), prompt(2))
    made.work()
    warning = usage_texts.warning(AMPLE.warn_at)
    assert [turn.text for turn in made.turns] == [f"Hello Ada.\n\n{warning}", "Hello Ada."]
    assert made.page().words.startswith(f"Hello Ada.\n\n{warning}Hello")


def test_a_warning_does_not_wait_for_more() -> None:
    made = office(["one two three four"])
    made.ledger.settle(ADA, Reservation(TODAY), LOTS * 9 // 10)
    made.keep(text(1))
    assert last(made).page == "(You have"
    assert made.turns[0].rest.endswith("one two three four")


def test_usage_is_answered_without_the_model() -> None:
    made = office()
    made.ledger.settle(ADA, Reservation(TODAY), 250_000)
    made.keep(prompt(1, "/usage"))
    assert "You have used $0.25 of $1000.00" in last(made).text
    assert made.model.requests == []


def test_usage_is_answered_when_nothing_is_left() -> None:
    made = office(day=0)
    made.keep(prompt(1, "/usage"))
    assert last(made).text.startswith("You have used $0.00 of $0.00 today")


def test_a_confirmation_that_the_law_wants_is_sent_and_counted_whatever_was_spent() -> None:
    made = office(day=0)
    made.keep(replace(text(1, "STOP"), keyword=Keyword.STOP))
    assert "opted out" in last(made).text
    assert spent(made) == SpendTotals(2 * PART, 2 * PART)


def test_a_turn_that_crosses_midnight_belongs_to_the_day_it_began_on() -> None:
    made = office()
    made.clock.seconds = SECONDS_TO_MIDNIGHT - 5
    watched(made, **{"Hello Ada.": lambda: made.clock.advance(20)})
    made.keep(prompt(1))
    done = last(made)
    assert done.reservation.day == TODAY
    assert spent(made) == SpendTotals(micros(done.cost), micros(done.cost))
    assert spent(made, TOMORROW) == SpendTotals()


def test_who_is_exempt_is_never_refused() -> None:
    made = office(day=0)
    made.spend = replace(made.spend, exempt=frozenset({digest("sms:+12065550150")}))
    made.keep(text(1))
    assert last(made).text == "Hello Ada."


def test_what_a_turn_did_not_need_is_there_for_the_next_one() -> None:
    made = office()
    made.spend = replace(made.spend, deployment=SpendCaps(worst(made) * 2, LOTS))
    made.keep(prompt(1), prompt(2), prompt(3), prompt(4))
    made.work()
    assert {turn.text for turn in made.turns} == {"Hello Ada."}


# Without figures


def most(made: Office) -> int:
    """What the first request might have cost, by the estimate."""
    return made.limits.reply_tokens


def test_a_reply_that_broke_off_is_charged_as_if_it_had_been_written_to_the_end() -> None:
    made = office(["It is", ModelInterrupted("cut")])
    made.keep(prompt(1))
    done = last(made)
    assert done.usage.completion == most(made)
    assert micros(done.cost) > most(made)


def test_a_reply_that_was_stopped_is_charged_so_too() -> None:
    made = office(["It is", " noon", " now"])
    made.clock.step = 0.5
    watched(made, **{"It is": lambda: made.conversations.stop(CONVERSATION, prompt(1).key)})
    made.keep(prompt(1))
    assert last(made).usage.completion == most(made)


def test_a_model_that_was_never_reached_costs_nothing() -> None:
    made = office()
    made.model.scripts = [ModelUnavailable("down")]
    made.keep(prompt(1))
    assert last(made).cost == "0.000000"
    assert spent(made) == SpendTotals()


def test_a_provider_without_figures_is_charged_by_an_estimate() -> None:
    made = office(["x" * 300, Finished(Usage("grammar"), "stop")])
    made.keep(prompt(1))
    used = last(made).usage
    assert used.completion >= 100
    assert used.prompt >= 100


# A turn keeps to what was set aside for it


def test_a_turn_that_would_read_more_than_was_set_aside_is_ended() -> None:
    calls = [ToolCall(f"c-{n}", "library", "{}") for n in range(8)]
    made = office([*calls, Finished(Usage("grammar", 3_000, 0, 500), "tool_calls")])
    made.skills = {"test": Toolbox(tools=[library()])}
    made.keep(prompt(1))
    done = last(made)
    assert done.text == reply.TOO_MANY_STEPS
    assert len(made.model.requests) == 2
    assert micros(done.cost) <= done.reservation.amount
