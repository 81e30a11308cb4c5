"""What a client may ask the model, strictly typed, and refused as OpenAI would refuse it."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from local.world.errors import first_reason
from local.world.model.errors import ModelError

FunctionName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
ParticipantName = Annotated[str, StringConstraints(pattern=r"^[^\s<|\\/>]+$", max_length=64)]
ModelName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Temperature = Annotated[float, Field(ge=0, le=2)]
Asked = TypeVar("Asked", bound=BaseModel)

# Parameters of the protocol that a fixed grammar takes and has no use for.
UNUSED = frozenset(
    {
        "frequency_penalty",
        "logit_bias",
        "logprobs",
        "metadata",
        "modalities",
        "prediction",
        "presence_penalty",
        "prompt_cache_key",
        "prompt_cache_retention",
        "reasoning_effort",
        "safety_identifier",
        "seed",
        "service_tier",
        "store",
        "top_logprobs",
        "top_p",
        "user",
        "verbosity",
    }
)


class Part(BaseModel):
    type: Literal["text"]
    text: str


class CalledFunction(BaseModel):
    name: FunctionName
    arguments: str


class ToolCall(BaseModel):
    id: Annotated[str, StringConstraints(min_length=1)]
    type: Literal["function"]
    function: CalledFunction


class Message(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[Part] | None = None
    name: ParticipantName | None = None
    tool_call_id: str | None = None
    tool_calls: list[ToolCall] | None = None

    @property
    def text(self) -> str:
        content = self.content or ""
        return content if isinstance(content, str) else "".join(part.text for part in content)


class Function(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: FunctionName
    description: str | None = None
    parameters: dict[str, Any] | None = None
    strict: bool | None = None


class Tool(BaseModel):
    type: Literal["function"]
    function: Function


class ChosenFunction(BaseModel):
    name: FunctionName


class Choice(BaseModel):
    type: Literal["function"]
    function: ChosenFunction


class StreamOptions(BaseModel):
    include_usage: bool = False
    include_obfuscation: bool = False


class ResponseFormat(BaseModel):
    type: Literal["text", "json_object", "json_schema"]
    json_schema: dict[str, Any] | None = None


class ChatRequest(BaseModel):
    model_config = ConfigDict(extra="allow")

    model: ModelName
    messages: Annotated[list[Message], Field(min_length=1, max_length=2048)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    tools: Annotated[list[Tool], Field(min_length=1, max_length=128)] | None = None
    tool_choice: Literal["none", "auto", "required"] | Choice | None = None
    parallel_tool_calls: bool | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    temperature: Temperature | None = None
    n: Literal[1] | None = None
    stop: str | Annotated[list[str], Field(max_length=4)] | None = None
    response_format: ResponseFormat | None = None

    @property
    def token_limit(self) -> int | None:
        return self.max_completion_tokens or self.max_tokens

    @property
    def writes_json(self) -> bool:
        return self.response_format is not None and self.response_format.type != "text"

    @property
    def answer_schema(self) -> dict[str, Any]:
        """That the answer has to fit; empty when there is none."""
        given = self.response_format and self.response_format.json_schema
        found = (given or {}).get("schema")
        return found if isinstance(found, dict) else {}

    @property
    def stops(self) -> list[str]:
        return [self.stop] if isinstance(self.stop, str) else self.stop or []


class EmbeddingRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    model: ModelName
    input: str | Annotated[list[str], Field(min_length=1, max_length=2048)]
    dimensions: Annotated[int, Field(ge=1, le=4096)] = 256
    encoding_format: Literal["float", "base64"] = "float"
    user: str | None = None

    @property
    def texts(self) -> list[str]:
        return [self.input] if isinstance(self.input, str) else self.input


def parse(body: bytes, model: type[Asked]) -> Asked:
    try:
        return model.model_validate_json(body, strict=True)
    except ValidationError as error:
        place, reason = first_reason(error)
        raise ModelError(f"{place or 'body'}: {reason}", param=place or None) from error


def parse_chat(body: bytes) -> ChatRequest:
    asked = parse(body, ChatRequest)
    if strange := (asked.model_extra or {}).keys() - UNUSED:
        raise ModelError(
            f"There is no parameter {min(strange)}.", param=min(strange), code="unknown_parameter"
        )
    if asked.stream_options and not asked.stream:
        raise ModelError("stream_options is for streams only.", param="stream_options")
    if asked.max_tokens and asked.max_completion_tokens:
        raise ModelError("Give max_tokens or max_completion_tokens, not both.", param="max_tokens")
    if asked.tools is None and asked.tool_choice not in {None, "none"}:
        raise ModelError("tool_choice needs tools.", param="tool_choice")
    return asked
