"""A function that is deployed without its settings says which."""

from dataclasses import FrozenInstanceError, dataclass, fields
from types import ModuleType
from typing import Any

import pytest
from switchboard.platform.config import load

from tests.handlers import events


@dataclass(frozen=True)
class Wanted:
    people_table: str
    turns_topic: str
    pace: str = "slow"


def test_a_field_is_read_from_its_upper_case_name() -> None:
    assert load(Wanted, {"PEOPLE_TABLE": "p", "TURNS_TOPIC": "t"}) == Wanted("p", "t", "slow")


def test_a_field_with_a_default_may_be_set() -> None:
    assert load(Wanted, {"PEOPLE_TABLE": "p", "TURNS_TOPIC": "t", "PACE": "fast"}).pace == "fast"


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(RuntimeError, match="the environment lacks PEOPLE_TABLE, TURNS_TOPIC"):
        load(Wanted, {"PACE": "fast"})


def example(module: ModuleType) -> dict[str, Any]:
    return {
        "handlers.api": events.http("GET", "/me"),
        "switchboard.channels.web.handlers.authorize": events.connect({"ticket": "t-1"}),
        "switchboard.channels.web.handlers.receive": events.frame("ping"),
    }.get(module.__name__, events.sqs("{}"))


def test_a_handler_without_its_environment_fails_as_a_whole_and_names_what_it_lacks(
    each_handler: ModuleType,
) -> None:
    first = min(field.name.upper() for field in fields(each_handler.Config))
    with pytest.raises(RuntimeError, match=f"the environment lacks {first}"):
        each_handler.handler(example(each_handler), None)


def test_a_configuration_cannot_be_changed(each_handler: ModuleType) -> None:
    config = each_handler.Config(**{field.name: "x" for field in fields(each_handler.Config)})
    with pytest.raises(FrozenInstanceError):
        setattr(config, fields(config)[0].name, "y")
