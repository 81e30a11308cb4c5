"""Which models a profile may name: those of the settings that chat, told alike to whoever keeps profiles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from switchboard.core.model.names import listed, names_of

from stacks.handlers import name_of
from stacks.model_settings import Models, ModelSettings, Provider
from tests.stacks.assembly import STAGES, Assembly
from tests.stacks.rules import our_functions
from tests.stacks.variants import AZURE, BEDROCK, assembled

CHAIN = (BEDROCK, AZURE, replace(BEDROCK, name="again"))
WHO_KEEPS = {"api", "converse", "calls.plan"}


def variables(assembly: Assembly) -> dict[str, dict[str, Any]]:
    """Of the functions that keep profiles, by handler."""
    found = {name_of(each.properties["Handler"]): each.properties for each in our_functions(assembly)}
    return {name: found[name]["Environment"]["Variables"] for name in WHO_KEEPS}


def test_they_are_the_small_and_large_of_every_provider_each_once_and_no_embedding() -> None:
    names = json.loads(ModelSettings(providers=CHAIN).names_to_json())
    small, large = BEDROCK.models.small, BEDROCK.models.large
    assert names == [small, AZURE.models.small, large, AZURE.models.large]


def test_a_provider_of_one_model_lists_it_once() -> None:
    one = Provider(kind="openai", name="openai", models=Models(small="one", large="one"))
    assert ModelSettings(providers=(one,)).names_to_json() == '["one"]'


def whole(value: Mapping[str, Any]) -> str:
    """A text of the template with a dash for each reference in it."""
    parts = value["Fn::Join"][1]
    return "".join(part if isinstance(part, str) else "-" for part in parts)


@pytest.mark.parametrize("name", [*STAGES, "prod with fallbacks"])
def test_the_api_chat_planning_and_an_operator_know_the_same(name: str) -> None:
    assembly = assembled(name)
    told = variables(assembly)
    skills = json.loads(whole(told["api"]["SKILLS"]))
    names = json.loads(skills["calls"]["models"])
    assert names
    assert json.loads(assembly.templates["Calls"]["Outputs"]["ModelNames"]["Value"]) == names
    for handler in ("converse", "calls.plan"):
        assert list(listed(names_of(told[handler]["MODEL"]))) == names
