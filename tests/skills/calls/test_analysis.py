"""An answer fits its schema, is mended once, or is none."""

import json

import pytest
from switchboard.core.errors import ModelRefused, ModelUnavailable
from switchboard.core.model.types import Request
from switchboard.skills.calls.analysis.answers import Unfit, ask, condensed
from switchboard.skills.calls.analysis.planning import DEFAULT, Budget
from switchboard.skills.calls.analysis.prompting import CLOSE, OPEN, request_for
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason

from tests.skills.calls.examples import GIST, transcript
from tests.skills.calls.fakes import USAGE, Reader

GOOD = '{"summary": "They talked."}'
REQUEST = request_for(GIST, transcript("a: Hello.").lines, ask=("summary",), first=0, max_tokens=100)


@pytest.mark.parametrize("text", [GOOD, f"\n{GOOD} ", f"```json\n{GOOD}\n```", f"```\n{GOOD}\n```"])
def test_an_answer_that_fits_is_taken_at_once(text: str) -> None:
    model = Reader((text,))
    answer = ask(model, REQUEST)
    assert answer.values == {"summary": "They talked."}
    assert answer.usages == (USAGE,)
    assert len(model.requests) == 1


BAD = [
    "",
    "Here it is:",
    "[]",
    "null",
    "{}",
    '{"summary": 1}',
    '{"summary": "x", "more": 1}',
    '{"summary": NaN}',
]


@pytest.mark.parametrize("text", BAD)
def test_an_answer_that_does_not_fit_is_mended_once(text: str) -> None:
    model = Reader((text, GOOD))
    answer = ask(model, REQUEST)
    assert answer.values == {"summary": "They talked."}
    assert answer.usages == (USAGE, USAGE)
    assert "does not fit" in model.requests[1].messages[-1].text


def test_an_answer_that_never_fits_fails_with_what_it_has_cost() -> None:
    model = Reader(("nonsense",))
    with pytest.raises(Unfit) as failed:
        ask(model, REQUEST)
    assert failed.value.reason is Reason.ANSWER_UNFIT
    assert failed.value.usages == (USAGE, USAGE)
    assert len(model.requests) == 2


def test_an_answer_that_was_cut_off_is_asked_for_again_and_shorter() -> None:
    model = Reader((GOOD,), reason="length")
    with pytest.raises(Unfit):
        ask(model, REQUEST)
    assert "shorter" in model.requests[1].messages[-1].text


def test_a_model_that_refuses_ends_it_and_one_that_is_away_does_not() -> None:
    with pytest.raises(CallFailed) as failed:
        ask(Reader((ModelRefused("400"),)), REQUEST)
    assert failed.value.reason is Reason.MODEL_REFUSED
    with pytest.raises(ModelUnavailable):
        ask(Reader((ModelUnavailable("503"),)), REQUEST)


def joining(request: Request) -> object:
    text = request.messages[1].text
    parts = json.loads(text.removeprefix(OPEN).removesuffix(CLOSE))
    return {"summary": "+".join(each["summary"] for each in parts)}


def test_what_was_found_in_parts_is_made_one() -> None:
    model = Reader((joining,))
    answer = condensed(model, GIST, [{"summary": str(n)} for n in range(4)], budget=DEFAULT)
    assert answer.values == {"summary": "0+1+2+3"}
    assert len(answer.usages) == 1


def test_what_is_too_much_for_one_request_is_made_one_in_rounds() -> None:
    model = Reader((joining,))
    tight = Budget(request=1, answer=0)
    answer = condensed(model, GIST, [{"summary": str(n)} for n in range(7)], budget=tight)
    assert answer.values == {"summary": "0+1+2+3+4+5+6"}
    assert len(answer.usages) == 6


def test_a_single_part_needs_no_joining() -> None:
    model = Reader(("never asked",))
    assert condensed(model, GIST, [{"summary": "one"}], budget=DEFAULT).values == {"summary": "one"}
    assert model.requests == []
