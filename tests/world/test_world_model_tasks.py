"""The fixed grammar works on tasks, with the tasks tools as they are."""

import json
from typing import Any

import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionToolParam
from switchboard.core.skills.spec import Tool

from tests.skills.tasks.talk import Talk
from tests.world.running import RunningWorld
from tests.world.talk import Messages, answer, user

pytestmark = pytest.mark.enable_socket


@pytest.fixture(autouse=True)
def at_full_speed(world: RunningWorld) -> None:
    world.call("PUT", "/model/script", [{"match": ".", "tokens_per_second": 10_000}])


def offered(tools: list[Tool]) -> list[ChatCompletionToolParam]:
    return [
        {
            "type": "function",
            "function": {
                "name": tool.schema.name,
                "strict": True,
                "parameters": dict(tool.schema.parameters),
            },
        }
        for tool in tools
    ]


def said(openai: OpenAI, talk: Talk, text: str) -> tuple[str, str]:
    """Which tool the model called, and what it said of the result."""
    tools = list(talk.box.tools)
    messages: Messages = user(text)
    made = openai.chat.completions.create(model="any", messages=messages, tools=offered(tools))
    message = made.choices[0].message
    [call] = message.tool_calls or []
    assert call.type == "function"
    arguments = json.loads(call.function.arguments)
    result = talk.call(call.function.name, **arguments)
    asked: Any = message.model_dump(include={"role", "tool_calls"})
    messages += [asked, {"role": "tool", "tool_call_id": call.id, "content": result}]
    told = openai.chat.completions.create(model="any", messages=messages, tools=offered(tools))
    return call.function.name, told.choices[0].message.content or ""


TEXTS = (
    ("read 20 pages of Dune every day", "add_task", "Added 1 read Dune"),
    ("finish the tax return by April 12, about six sessions", "add_task", "Added 2 finish the tax return"),
    ("30 pushups mon wed fri", "add_task", "Added 3 pushups"),
    ("learn Rust", "add_task", "You did not say how much"),
    ("yes", "answer_proposal", "Added 4 learn Rust"),
    ("call the bank tomorrow", "add_task", "Added 5 call the bank"),
    ("write 500 words a day", "add_task", "Added 6 write"),
    ("read 25 pages of Dune every day", "add_task", "Do you mean 1 read Dune"),
    ("0", "answer_question", "Added 7 read Dune"),
    ("archive 7", "change_task", "Archived 7"),
    ("did 25 pages", "log_rep", "1 read Dune: 25 pages."),
    ("pushups done!", "log_rep", "3 pushups: 30x."),
    ("skip rust", "skip_rep", "Skipped 4 learn Rust today."),
    ("undo that", "undo_last", "Undone: Skipped 4 learn Rust"),
    ("1 done, 4 skip", "answer_check_in", "1 read Dune: 20 pages."),
    ("What's next?", "whats_next", "Next: "),
    ("how am I doing?", "week_report", "Mon-Sun"),
    ("how is dune going", "task_report", "1 read Dune: 20 pages every day"),
    ("my tasks", "list_tasks", "1 read Dune: 20 pages every day"),
    ("move taxes to Friday", "change_task", "Changed 2 finish the tax return"),
    ("rename 1 to Dune Messiah", "change_task", "Renamed 1 read Dune"),
    ("pause pushups", "change_task", "Paused 3 pushups"),
    ("resume pushups", "change_task", "Back to 3 pushups"),
    ("ask me at 8:30", "set_check_in", "I ask you every day at 08:30"),
    ("my week starts on sunday", "start_weeks", "Your weeks start on Sunday now."),
    ("no", "answer_proposal", "I have no open proposal"),
)


def test_a_conversation_about_tasks_goes_through_the_tools(openai: OpenAI) -> None:
    talk = Talk()
    heard = [(text, *said(openai, talk, text)) for text, _, _ in TEXTS]
    assert [
        (text, tool, told[: len(start)])
        for (text, tool, told), (_, _, start) in zip(heard, TEXTS, strict=True)
    ] == [*TEXTS]


@pytest.mark.parametrize("text", ["did 25 pages", "read 20 pages of Dune every day", "yes", "4"])
def test_without_the_tools_nothing_is_pretended(openai: OpenAI, text: str) -> None:
    assert "fixed grammar" in answer(openai, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello", "Hello!"),
        ("count to 3", "1 2 3"),
        ("my name is Ada", "Nice to meet you, Ada."),
        ("say hi", "hi"),
    ],
)
def test_other_sentences_are_answered_as_ever(openai: OpenAI, text: str, expected: str) -> None:
    tools = offered(list(Talk().box.tools))
    made = openai.chat.completions.create(model="any", messages=user(text), tools=tools)
    assert expected in (made.choices[0].message.content or "")
