"""How calls are analysed: a profile, of which each version is fixed for good."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from switchboard.core.errors import UserFacing
from switchboard.core.model.token_estimates import estimate_tokens
from switchboard.core.model.types import Role
from switchboard.skills.calls.domain.redaction import Kind
from switchboard.skills.calls.limits import (
    LONGEST_FIELD,
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
from switchboard.skills.calls.profiles import json_schema

MOST_TOKENS: Final = 10_000
"""What a profile may take of each request, so that there is room for the call."""
_ID: Final = re.compile(PROFILE_ID)
_NAME: Final = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_PROMPT_NAME - 1}}}")


class Mode(StrEnum):
    """All prompts in one request, or each in its own."""

    COMPREHENSIVE = "comprehensive"
    SEPARATE = "separate"


class BadProfile(UserFacing):
    """The profile was not taken; `faults` are sentences, and the text is all of them."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(f"{fault[:1].upper()}{fault[1:]}." for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked; the answer is the property `name` of the profile's schema."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds for calls whose metadata say this of that field; case does not matter."""

    field: str
    value: str

    def holds(self, metadata: Mapping[str, str]) -> bool:
        said = {name.casefold(): value.casefold() for name, value in metadata.items()}
        return said.get(self.field.casefold()) == self.value.casefold()


@dataclass(frozen=True, slots=True)
class Profile:
    """`model` is a role (small, large) or a model's own name; `temperature` is text, such as "0.2", or "".

    `schema` is strict, with one property for each prompt. `redact` names what is taken out of transcript and
    insights before they are stored. A profile is chosen by itself when all its `rules` hold; one without
    rules never is.
    """

    id: str
    name: str
    system: str
    prompts: tuple[Prompt, ...]
    schema: Mapping[str, Any]
    version: int = 1
    model: str = Role.SMALL.value
    temperature: str = ""
    mode: Mode = Mode.COMPREHENSIVE
    redact: frozenset[Kind] = frozenset()
    rules: tuple[Rule, ...] = field(default=())

    @property
    def role(self) -> Role:
        return Role(self.model) if self.model in ROLES else Role.SMALL

    @property
    def named_model(self) -> str:
        """A model that is asked for by its own name, or ""."""
        return "" if self.model in ROLES else self.model

    @property
    def asks(self) -> Sequence[tuple[str, ...]]:
        """Which prompts go into one request together."""
        names = tuple(prompt.name for prompt in self.prompts)
        return (names,) if self.mode is Mode.COMPREHENSIVE else tuple((name,) for name in names)


ROLES: Final = (Role.SMALL.value, Role.LARGE.value)


def check(profile: Profile, *, models: Collection[str]) -> None:
    """`models` are the names that it may ask for, beside the roles. Errors: BadProfile."""
    _refuse([*_faults(profile), *_unlisted(profile, models)])


def check_form(profile: Profile) -> None:
    """All but whether there is such a model, where nobody knows which there are. Errors: BadProfile."""
    _refuse(list(_faults(profile)))


def check_model(profile: Profile, *, models: Collection[str]) -> None:
    """Of one that was checked, when other models may have been listed. Errors: BadProfile."""
    _refuse(list(_unlisted(profile, models)))


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise BadProfile(faults)


def _unlisted(profile: Profile, models: Collection[str]) -> Iterator[str]:
    if profile.model not in (*ROLES, *models):
        yield f"the profile's model must be one of these: {', '.join((*ROLES, *models))}"


def _faults(profile: Profile) -> Iterator[str]:
    yield from _faults_of_text(profile)
    yield from _faults_of_prompts(profile.prompts)
    yield from _faults_of_temperature(profile.temperature)
    if len(profile.rules) > MOST_RULES or not all(map(_may_hold, profile.rules)):
        yield f"there may be at most {MOST_RULES} rules, each with a field and a value as metadata has them"
    wrong = json_schema.faults(profile.schema)
    yield from wrong
    if not wrong and weight(profile) > MOST_TOKENS:
        yield "the prompts and the schema together are too long"
    if not wrong and set(profile.schema["properties"]) != {prompt.name for prompt in profile.prompts}:
        yield "the schema must have exactly one property for each prompt"


def _may_hold(rule: Rule) -> bool:
    return 1 <= len(rule.field) <= LONGEST_FIELD and 1 <= len(rule.value) <= LONGEST_VALUE


def _faults_of_text(profile: Profile) -> Iterator[str]:
    if not _ID.fullmatch(profile.id):
        yield "the id must be 2 to 40 small letters, digits and hyphens, a letter first"
    if not 1 <= len(profile.name.strip()) <= LONGEST_PROFILE_NAME:
        yield f"the name must have 1 to {LONGEST_PROFILE_NAME} characters"
    if len(profile.system) > LONGEST_SYSTEM:
        yield f"the system prompt must not be longer than {LONGEST_SYSTEM} characters"


def _faults_of_prompts(prompts: Sequence[Prompt]) -> Iterator[str]:
    if not 1 <= len(prompts) <= MOST_PROMPTS:
        yield f"there must be 1 to {MOST_PROMPTS} prompts"
    if len({prompt.name for prompt in prompts}) < len(prompts):
        yield "each prompt must have a name of its own"
    for prompt in prompts:
        if not _NAME.fullmatch(prompt.name):
            yield f"the prompt {prompt.name!r} needs a name of small letters, digits and underscores"
        if not 1 <= len(prompt.text.strip()) <= LONGEST_PROMPT:
            yield f"the prompt {prompt.name!r} must have 1 to {LONGEST_PROMPT} characters"


def _faults_of_temperature(temperature: str) -> Iterator[str]:
    try:
        warm = Decimal(temperature or "0")
    except InvalidOperation:
        warm = Decimal("nan")
    longer = len(temperature) > LONGEST_TEMPERATURE
    if longer or not warm.is_finite() or not 0 <= warm <= 2:
        yield "the temperature must be from 0 to 2, or left out"


def weight(profile: Profile) -> int:
    """In tokens, by a careful estimate."""
    texts = (profile.system, *(prompt.text for prompt in profile.prompts), json.dumps(profile.schema))
    return sum(map(estimate_tokens, texts))


def body(profile: Profile) -> Mapping[str, Any]:
    """The profile as it is stored: text and whole numbers only, the schema as JSON text."""
    return {
        **asdict(profile),
        "mode": profile.mode.value,
        "redact": sorted(kind.value for kind in profile.redact),
        "schema": json.dumps(profile.schema, ensure_ascii=False),
        "prompts": [asdict(prompt) for prompt in profile.prompts],
        "rules": [asdict(rule) for rule in profile.rules],
    }


def from_body(kept: Mapping[str, Any]) -> Profile:
    return Profile(
        **{
            **kept,
            "version": int(kept["version"]),
            "mode": Mode(kept["mode"]),
            "redact": frozenset(map(Kind, kept["redact"])),
            "schema": json.loads(kept["schema"]),
            "prompts": tuple(Prompt(**each) for each in kept["prompts"]),
            "rules": tuple(Rule(**each) for each in kept["rules"]),
        }
    )
