"""A profile as people write it down: a JSON object with its fields by name."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from switchboard.core.well_formed import read_json
from switchboard.skills.calls.profiles.profile import BadProfile, Profile, body, from_body

REQUIRED: Final[Mapping[str, type]] = {"id": str, "name": str, "prompts": list, "schema": dict}
OPTIONAL: Final[Mapping[str, Any]] = {
    "system": "",
    "model": "small",
    "temperature": "",
    "mode": "comprehensive",
    "redact": [],
    "rules": [],
}
PAIRS: Final = {"prompts": {"name", "text"}, "rules": {"field", "value"}}


def read(text: str) -> Profile:
    """What is written, not checked any further. Errors: BadProfile, when it is no profile at all."""
    try:
        given = read_json(text)
    except (ValueError, RecursionError):
        raise BadProfile(["a profile is written in JSON"]) from None
    if not isinstance(given, dict):
        raise BadProfile(["a profile is a JSON object"])
    if found := list(_faults(given)):
        raise BadProfile(found)
    fields = {name: given.get(name, default) for name, default in OPTIONAL.items()}
    fields |= {name: given[name] for name in REQUIRED}
    try:
        return from_body({**fields, "schema": json.dumps(given["schema"]), "version": 0})
    except ValueError as error:
        raise BadProfile([str(error)]) from None


def written(profile: Profile) -> str:
    """The same, to be read again; the version is left to whoever saves it."""
    kept = {**body(profile), "schema": profile.schema}
    del kept["version"]
    return json.dumps(kept, ensure_ascii=False, indent=2)


def _faults(given: Mapping[str, Any]) -> Iterator[str]:
    for name, kind in REQUIRED.items():
        if not isinstance(given.get(name), kind):
            yield f"{name} is asked for, as {_KINDS[kind]}"
    for name, default in OPTIONAL.items():
        if not isinstance(given.get(name, default), type(default)):
            yield f"{name} must be {_KINDS[type(default)]}"
    for name, keys in PAIRS.items():
        if not all(map(_pair(keys), _list(given.get(name)))):
            yield f"each of the {name} has {' and '.join(sorted(keys))}, as text"
    if not all(isinstance(each, str) for each in _list(given.get("redact"))):
        yield "redact names what is taken out, as text"


def _pair(keys: set[str]) -> Callable[[object], bool]:
    def holds(given: object) -> bool:
        return (
            isinstance(given, dict)
            and given.keys() == keys
            and all(isinstance(value, str) for value in given.values())
        )

    return holds


def _list(given: object) -> list[object]:
    return given if isinstance(given, list) else []


_KINDS: Final[Mapping[type, str]] = {str: "text", list: "a list", dict: "an object"}
