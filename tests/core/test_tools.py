"""Whatever a tool does, the model gets an answer."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from switchboard.core.errors import UserFacing
from switchboard.core.model.types import ToolCall, ToolResult
from switchboard.core.skills.spec import Toolbox, ToolContext
from switchboard.core.skills.tools import RESULT_CHARS, Tools

from tests.examples import ADA, ADAS_PHONE
from tests.fakes.tool import FakeTool

CONTEXT = ToolContext(
    turn="1", person=ADA, address=ADAS_PHONE, now=datetime(2026, 11, 20, tzinfo=UTC), earlier=()
)


def tools(*offered: FakeTool) -> Tools:
    return Tools({"test": Toolbox(tools=offered)})


def run(answer: Callable[[str], str], *, name: str = "echo") -> ToolResult:
    return tools(FakeTool(answer)).run(ToolCall("c-1", name, '{"a": 1}'), CONTEXT)


def raising(error: Exception) -> Callable[[str], str]:
    def answer(_arguments: str) -> str:
        raise error

    return answer


def test_a_tool_answers_its_own_call() -> None:
    assert run(str.upper) == ToolResult("c-1", '{"A": 1}')


def test_the_model_is_told_of_every_tool_of_every_skill() -> None:
    offered = tools(FakeTool(str.upper, "up"), FakeTool(str.lower, "down"))
    assert [schema.name for schema in offered.schemas] == ["up", "down"]


def test_a_tool_that_does_not_exist_is_an_answer() -> None:
    assert run(str.upper, name="delete_everything").text == "There is no tool of that name."


def test_a_sentence_meant_for_people_is_told_as_it_is() -> None:
    assert run(raising(UserFacing("That place is not known."))).text == "That place is not known."


def test_a_tool_that_breaks_says_so_without_its_reasons(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = run(raising(ValueError("about +12065550150")))
    assert answer.text == "The tool failed. Tell the person that this did not work."
    assert "+12065550150" not in caplog.text
    assert caplog.records[0].__dict__["error"] == "ValueError"


def test_a_long_result_is_cut() -> None:
    assert len(run(lambda _: "x" * (RESULT_CHARS + 1)).text) == RESULT_CHARS
