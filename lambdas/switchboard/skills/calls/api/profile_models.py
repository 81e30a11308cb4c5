"""What the API says of profiles: how calls are analysed, version by version."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from switchboard.skills.calls.api.models import EXAMPLE_ID
from switchboard.skills.calls.limits import (
    CALL_ID,
    LATEST_VERSION,
    LONGEST_FIELD,
    LONGEST_MODEL,
    LONGEST_PROFILE_ID,
    LONGEST_PROFILE_NAME,
    LONGEST_PROMPT,
    LONGEST_PROMPT_NAME,
    LONGEST_SYSTEM,
    LONGEST_TEMPERATURE,
    LONGEST_VALUE,
    MOST_PROMPTS,
    MOST_RULES,
    PROFILE_ID,
)

EXAMPLE_SCHEMA = {
    "type": "object",
    "properties": {"summary": {"type": "string"}},
    "required": ["summary"],
    "additionalProperties": False,
}

ProfileId = Annotated[str, Path(pattern=f"^{PROFILE_ID}$", examples=["renewals"])]
Version = Annotated[int, Path(ge=1, le=LATEST_VERSION, examples=[1])]


class Mode(StrEnum):
    COMPREHENSIVE = "comprehensive"
    SEPARATE = "separate"


class Redacted(StrEnum):
    """What is taken out before anything is stored."""

    EMAIL = "email"
    IBAN = "iban"
    CARD = "card"
    SSN = "ssn"
    PHONE = "phone"
    STREET = "street"


class Prompt(BaseModel):
    """What is asked; the answer is the schema's property of that name."""

    name: str = Field(max_length=LONGEST_PROMPT_NAME, examples=["summary"])
    text: str = Field(max_length=LONGEST_PROMPT, examples=["What was the call about?"])


class Rule(BaseModel):
    """Holds for calls whose metadata say this of that field."""

    field: str = Field(min_length=1, max_length=LONGEST_FIELD, examples=["team"])
    value: str = Field(min_length=1, max_length=LONGEST_VALUE, examples=["north"])


class ProfileBody(BaseModel):
    """`model` is small, large, or a model that this deployment lists: a refusal names them.

    `schema` is strict, with one property for each prompt.
    """

    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(max_length=LONGEST_PROFILE_ID, examples=["renewals"])
    name: str = Field(max_length=LONGEST_PROFILE_NAME, examples=["Renewals"])
    system: str = Field(default="", max_length=LONGEST_SYSTEM, examples=["You read calls about renewals."])
    prompts: list[Prompt] = Field(max_length=MOST_PROMPTS)
    answers: dict[str, Any] = Field(alias="schema", examples=[EXAMPLE_SCHEMA])
    model: str = Field(default="small", max_length=LONGEST_MODEL, examples=["small"])
    temperature: str = Field(default="", max_length=LONGEST_TEMPERATURE, examples=[""])
    mode: Mode = Field(default=Mode.COMPREHENSIVE, examples=[Mode.COMPREHENSIVE])
    redact: list[Redacted] = Field(default=[], max_length=len(Redacted), examples=[["email", "card"]])
    rules: list[Rule] = Field(default=[], max_length=MOST_RULES)


class ProfileVersion(ProfileBody):
    """As it was saved; nothing changes it."""

    version: int = Field(examples=[1])


class Versions(BaseModel):
    """Newest first."""

    items: list[ProfileVersion]


class Shelved(BaseModel):
    """`published` is in use, of so many `versions`; `preferred` goes for calls that nothing is said of."""

    profile: str = Field(examples=["renewals"])
    name: str = Field(examples=["Renewals"])
    published: int | None = Field(examples=[1])
    versions: int = Field(examples=[2])
    preferred: bool
    standard: bool


class Shelf(BaseModel):
    items: list[Shelved]


class Checked(BaseModel):
    """`problems` are sentences."""

    ok: bool
    problems: list[str] = Field(examples=[["The schema must have exactly one property for each prompt"]])


class Publication(BaseModel):
    version: int = Field(ge=1, le=LATEST_VERSION, examples=[1])


class Trial(BaseModel):
    """A version, which need not be published, and the call that it is tried on."""

    version: int = Field(ge=1, le=LATEST_VERSION, examples=[1])
    call: str = Field(pattern=f"^{CALL_ID}$", examples=[EXAMPLE_ID])
