"""The settings of the model are read strictly and written back the same."""

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.adapters.model import settings as settings_module
from switchboard.adapters.model.settings import (
    BadSettings,
    Capabilities,
    Models,
    ModelSettings,
    Provider,
    from_json,
    to_json,
)
from switchboard.core.model.types import Role

names = st.text(min_size=1, max_size=8)
models = st.builds(Models, small=names, large=names, embedding=st.none() | names)
capabilities = st.builds(
    Capabilities,
    reasoning_effort=st.none() | names,
    temperature=st.none() | st.floats(0, 2),
    tools=st.booleans(),
    strict_tools=st.booleans(),
    stream_usage=st.booleans(),
    schemas=st.booleans(),
)
URL = "https://model.example/v1"
providers = st.one_of(
    st.builds(Provider, st.just("openai"), names, models, st.none(), st.none(), capabilities),
    st.builds(Provider, st.just("azure"), names, models, st.just(URL), st.none(), capabilities),
    st.builds(Provider, st.just("bedrock"), names, models, st.none(), st.just("eu-west-1"), capabilities),
    st.builds(Provider, st.just("compatible"), names, models, st.just(URL), st.none(), capabilities),
)
chains = st.lists(providers, min_size=1, max_size=4, unique_by=lambda each: each.name).map(tuple)
SMALLEST = {"providers": [{"kind": "openai", "name": "openai", "models": {"small": "s", "large": "l"}}]}


@given(st.builds(ModelSettings, chains, st.floats(20, 900), st.floats(0.1, 20)))
def test_settings_survive_being_written_and_read(settings: ModelSettings) -> None:
    assert from_json(to_json(settings)) == settings


def test_the_smallest_settings_have_sensible_defaults() -> None:
    provider = Provider("openai", "openai", Models("s", "l"))
    assert from_json(json.dumps(SMALLEST)) == ModelSettings((provider,), 60.0, 20.0)


def test_each_role_has_a_model() -> None:
    named = Models("s", "l", "e")
    assert [named.of(role) for role in (Role.SMALL, Role.LARGE, Role.EMBEDDING)] == ["s", "l", "e"]


def changed(path: str, /, value: object) -> str:
    settings = deepcopy(SMALLEST)
    *way, last = path.split(".")
    at: dict[str, object] = settings  # type: ignore[assignment]
    for key in way:
        at = at["providers"][0] if key == "0" else at.setdefault(key, {})  # type: ignore[index,assignment]
    at[last] = value
    return json.dumps(settings)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the model settings are not JSON"),
        ("[]", "model must be an object"),
        ("{}", "model.providers must be given, as list"),
        (changed("providers", []), "model.providers must name at least one"),
        (changed("providers", SMALLEST["providers"] * 2), "a name each of its own"),
        (changed("timeout", 5), "model has no setting 'timeout'"),
        (changed("timeout_seconds", 0), "model.timeout_seconds must be over 0 and at most 900"),
        (changed("timeout_seconds", "60"), "model.timeout_seconds must be a number"),
        (changed("timeout_seconds", value=True), "model.timeout_seconds must be a number"),
        (changed("timeout_seconds", float("nan")), "model.timeout_seconds must be a number"),
        (changed("timeout_seconds", 10), "model.first_token_seconds must not exceed"),
        (changed("0.kind", "claude"), r"model.providers\[0\].kind must be one of openai, azure"),
        (changed("0.name", ""), r"model.providers\[0\].name must not be empty"),
        (changed("0.key", "k"), r"model.providers\[0\] has no setting 'key'"),
        (changed("0.models", None), r"model.providers\[0\].models must be an object"),
        (changed("0.models.small", 7), r"model.providers\[0\].models.small must be given, as str"),
        (changed("0.models.tiny", "t"), r"model.providers\[0\].models has no setting 'tiny'"),
        (changed("0.base_url", URL), r"model.providers\[0\].base_url is for azure and compatible"),
        (changed("0.region", "eu-west-1"), r"model.providers\[0\].region is for bedrock"),
        (changed("0.kind", "azure"), r"model.providers\[0\].base_url is for azure and compatible"),
        (changed("0.kind", "bedrock"), r"model.providers\[0\].region is for bedrock"),
        (
            changed("0.capabilities.tools", 1),
            r"capabilities.tools must be given, as bool",
        ),
        (changed("0.capabilities.vision", value=True), r"capabilities has no setting 'vision'"),
        (changed("0.capabilities.temperature", value=False), r"capabilities.temperature must be a number"),
    ],
)
def test_a_bad_setting_is_named(text: str, told: str) -> None:
    with pytest.raises(BadSettings, match=told):
        from_json(text)


@pytest.mark.parametrize(
    ("kind", "url"), [("azure", "http://model.example/v1"), ("compatible", "ftp://x"), ("compatible", "x")]
)
def test_an_address_that_is_none_or_open_is_refused(kind: str, url: str) -> None:
    provider = {**SMALLEST["providers"][0], "kind": kind, "base_url": url}
    with pytest.raises(BadSettings, match="must be an https address"):
        from_json(json.dumps({"providers": [provider]}))


def test_the_settings_need_only_the_standard_library() -> None:
    root = Path(settings_module.__file__).parents[3]
    program = f"import sys; sys.path.insert(0, {str(root)!r}); import switchboard.adapters.model.settings"
    subprocess.run([sys.executable, "-I", "-S", "-c", program], check=True, timeout=30)  # noqa: S603
