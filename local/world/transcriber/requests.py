"""What a client may ask of the transcriber, and how it is refused."""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from local.world.transcriber.errors import Invalid, TranscriberError
from local.world.transcriber.form import Form

MODELS = ("scribe_v2", "scribe_v2_medical", "scribe_v3")
METADATA_LIMIT = 16 * 1024
METADATA_DEPTH = 2
LISTS = frozenset({"keyterms", "secondary_language_codes"})
ABSENT = ("", "null")


class Order(BaseModel):
    """Hints that help to hear better are taken and mean nothing to one who cannot hear."""

    model_config = ConfigDict(extra="allow", frozen=True)

    model_id: str
    source_url: str | None = None
    cloud_storage_url: str | None = None
    webhook: bool = False
    webhook_id: str | None = None
    webhook_metadata: str | None = None
    diarize: bool = False
    timestamps_granularity: Literal["none", "word", "character"] = "word"
    num_speakers: Annotated[int, Field(ge=1, le=32)] | None = None
    diarization_threshold: Annotated[float, Field(gt=0, lt=1)] | None = None
    tag_audio_events: bool = True
    language_code: Annotated[str, Field(min_length=2, max_length=3)] | None = None
    secondary_language_codes: list[str] = []
    keyterms: Annotated[list[str], Field(max_length=1000)] = []
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    no_verbatim: bool = False
    file_format: Literal["other"] = "other"
    use_multi_channel: Literal[False] = False

    @property
    def source(self) -> str | None:
        return self.source_url or self.cloud_storage_url

    @property
    def metadata(self) -> dict[str, Any] | None:
        return None if self.webhook_metadata is None else metadata(self.webhook_metadata)


def parse_order(form: Form) -> Order:
    """Raises TranscriberError."""
    order = read(form)
    if strange := order.model_extra:
        name = min(strange)
        raise TranscriberError("invalid_parameters", f"{name} is not simulated.", param=name)
    if order.model_id not in MODELS:
        raise TranscriberError(
            "unsupported_model", f"model_id: one of {', '.join(MODELS)}.", param="model_id"
        )
    require_one_source(order, form)
    if not order.webhook and (order.webhook_id or order.webhook_metadata):
        raise TranscriberError("invalid_parameters", "webhook is not set.", param="webhook")
    metadata(order.webhook_metadata or "{}")
    return order


def read(form: Form) -> Order:
    given = {
        name: values if name in LISTS else values[-1]
        for name, values in form.fields.items()
        if values[-1] not in ABSENT
    }
    try:
        return Order.model_validate(given)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False, include_input=False)
        raise Invalid([{**problem, "loc": ["body", *problem["loc"]]} for problem in problems]) from error


def require_one_source(order: Order, form: Form) -> None:
    given = sum(each is not None for each in (form.file, order.source_url, order.cloud_storage_url))
    if given == 0:
        raise TranscriberError("missing_required_field", "Give file or source_url.", param="source_url")
    if given > 1:
        raise TranscriberError("invalid_parameters", "Give one of file and source_url.", param="source_url")


def metadata(text: str) -> dict[str, Any]:
    """An object of at most two levels and 16 KB."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or len(text.encode()) > METADATA_LIMIT or deeper(found, METADATA_DEPTH):
        message = "webhook_metadata: a JSON object of at most two levels and 16 KB."
        raise TranscriberError("invalid_parameters", message, param="webhook_metadata")
    return found


def deeper(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(deeper(each, levels - 1) for each in inner)
