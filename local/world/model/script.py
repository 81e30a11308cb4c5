"""What somebody ordered the model to say, before the grammar gets its turn."""

import json
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from local.world.model.conversation import Conversation
from local.world.model.reply import TOKENS_PER_SECOND, Call, Reply


def compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        message = f"not a regular expression: {error}"
        raise ValueError(message) from error
    return pattern


Pattern = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(compiles)]


class ScriptedCall(BaseModel):
    """Arguments may be a string, so that a model which writes broken JSON can be played."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    arguments: dict[str, Any] | str = Field(default_factory=dict)

    def as_call(self) -> Call:
        written = self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments)
        return Call(self.name, written)


class Entry(BaseModel):
    """Calls are made in answer to the person, the reply is said in answer to their results.

    What an entry does not say is left to the grammar, at the entry's pace.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    match: Pattern
    reply: Annotated[str, StringConstraints(max_length=100_000)] | None = None
    tool_calls: Annotated[list[ScriptedCall], Field(max_length=16)] = Field(default_factory=list)
    tokens_per_second: Annotated[float, Field(gt=0, le=100_000)] = TOKENS_PER_SECOND

    @model_validator(mode="after")
    def orders_something(self) -> "Entry":
        if self.model_fields_set == {"match"}:
            message = "an entry needs a reply, tool_calls or tokens_per_second"
            raise ValueError(message)
        return self

    def reply_to(self, talk: Conversation) -> Reply | None:
        """None where the grammar has to answer."""
        if self.tool_calls and talk.tools and not talk.results:
            return Reply(calls=tuple(call.as_call() for call in self.tool_calls))
        return None if self.reply is None else Reply(text=self.reply)


Entries = Annotated[list[Entry], Field(max_length=100)]


class Script:
    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def set(self, entries: list[Entry]) -> None:
        self._entries = entries

    def entry_for(self, talk: Conversation) -> Entry | None:
        return next((entry for entry in self._entries if re.search(entry.match, talk.last)), None)
