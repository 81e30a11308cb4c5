"""What the tests of the model say to it."""

from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam, ChatCompletionToolParam

Messages = list[ChatCompletionMessageParam]
CLOCK: ChatCompletionToolParam = {
    "type": "function",
    "function": {
        "name": "current_time",
        "strict": True,
        "parameters": {
            "type": "object",
            "properties": {"place": {"type": "string"}},
            "required": ["place"],
            "additionalProperties": False,
        },
    },
}
EARLIER: ChatCompletionToolParam = {"type": "function", "function": {"name": "earlier_messages"}}


def user(*texts: str) -> Messages:
    return [{"role": "user", "content": text} for text in texts]


def answer(openai: OpenAI, *texts: str) -> str:
    said = openai.chat.completions.create(model="any", messages=user(*texts))
    return said.choices[0].message.content or ""
