"""How somebody's calls are analysed, changed from a terminal: checked, saved, published, rolled back."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.core.people.address import PersonId
from switchboard.skills.calls.domain.call import Wish
from switchboard.skills.calls.profiles.builtin import STANDARD
from switchboard.skills.calls.profiles.profile import BadProfile
from switchboard.skills.calls.profiles.profile_file import read, written
from switchboard.skills.calls.profiles.repository import ProfileBook

from tests.api.recorded import PROFILE
from tests.operate.deployed import MODELS
from tests.tables import CALLS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operate.conftest import Said, Stage, Terminal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written_down(tmp_path, PROFILE)


def written_down(folder: Path, given: object) -> Path:
    path = folder / "profile.json"
    path.write_text(given if isinstance(given, str) else json.dumps(given))
    return path


def asked(terminal: Terminal, line: str, *, more: str = "--person ada") -> Said:
    return terminal.run(f"profiles {line} {more} --stage dev")


def book(stage: Stage, person: str = "ada") -> ProfileBook:
    return ProfileBook(DynamoRecords(stage.dynamodb, CALLS), PersonId(person))


def test_a_profile_goes_from_a_file_into_use_and_back(stage: Stage, terminal: Terminal, file: Path) -> None:
    for version in (1, 2):
        assert f"renewals version {version} is saved" in asked(terminal, f"save {file}").out
        assert asked(terminal, "publish renewals").out == f"renewals version {version} is in use."
    assert asked(terminal, "rollback renewals").out == "renewals version 1 is in use."
    assert asked(terminal, "publish renewals 2").out == "renewals version 2 is in use."
    assert book(stage).wished(Wish("renewals")).version == 2
    assert asked(terminal, "prefer renewals").code == 0
    assert book(stage).preferred().id == "renewals"


def test_all_profiles_are_listed_with_what_is_in_use(stage: Stage, terminal: Terminal, file: Path) -> None:
    asked(terminal, f"save {file}")
    lines = [line.split() for line in asked(terminal, "list").out.splitlines()]
    assert lines[1:] == [["standard", "Standard", "1", "1", "yes"], ["renewals", "Renewals", "-", "1"]]


def test_a_profile_of_one_is_no_profile_of_another(stage: Stage, terminal: Terminal, file: Path) -> None:
    asked(terminal, f"save {file}")
    said = asked(terminal, "publish renewals", more="--person bob")
    assert (said.code, "no such profile" in said.error) == (3, True)
    assert [each.id for each in book(stage, "bob").all()] == ["standard"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"prompts": []}, "1 to 20 prompts"),
        ({"id": 7}, "Id is asked for, as text"),
        ({"schema": "none"}, "Schema is asked for, as an object"),
        ({"prompts": [{"name": "summary"}]}, "Each of the prompts has name and text"),
        ({"rules": "all"}, "Rules must be a list"),
        ({"rules": [["field", "value"]]}, "Each of the rules has field and value"),
        ({"redact": [1]}, "Redact names"),
        ({"redact": ["face"]}, "face"),
        ({"mode": "sideways"}, "sideways"),
    ],
)
def test_a_file_is_checked_without_a_stage(
    terminal: Terminal, tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    said = terminal.run(f"profiles validate {written_down(tmp_path, {**PROFILE, **change})}")
    assert (said.code, told in said.error) == (2, True)


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "[" * 100_000])
def test_what_is_no_profile_at_all_says_so(terminal: Terminal, tmp_path: Path, text: str) -> None:
    assert terminal.run(f"profiles validate {written_down(tmp_path, text)}").code == 2


def test_a_good_file_is_good(terminal: Terminal, file: Path) -> None:
    assert terminal.run(f"profiles validate {file}").out == "renewals is good: 1 prompts."
    assert terminal.run(f"profiles validate {file}.not-there").code == 2


def test_what_is_shown_can_be_saved_again(stage: Stage, terminal: Terminal, tmp_path: Path) -> None:
    shown = asked(terminal, "show standard").out
    path = written_down(tmp_path, {**json.loads(shown), "id": "mine"})
    assert asked(terminal, f"save {path}").code == 0
    assert book(stage).get("mine", 1).prompts == STANDARD.prompts
    assert written(read(shown)) == shown


def test_the_standard_profile_stays_as_it_is(stage: Stage, terminal: Terminal, tmp_path: Path) -> None:
    path = written_down(tmp_path, {**PROFILE, "id": "standard"})
    assert asked(terminal, f"save {path}").code == 2
    assert asked(terminal, "rollback standard").code == 4


def test_whose_profiles_has_to_be_said(stage: Stage, terminal: Terminal) -> None:
    said = terminal.run("profiles list")
    assert (said.code, "--person" in said.error) == (2, True)


@pytest.mark.parametrize("model", ["gpt-6.1-sol", "no-such-model"])
def test_a_model_that_the_stage_does_not_list_is_refused_with_those_that_it_does(
    stage: Stage, terminal: Terminal, tmp_path: Path, model: str
) -> None:
    said = asked(terminal, f"save {written_down(tmp_path, {**PROFILE, 'model': model})}")
    assert (said.code, "small, large, small-1, large-1" in said.error) == (2, True)
    assert asked(terminal, f"save {written_down(tmp_path, {**PROFILE, 'model': MODELS[1]})}").code == 0


def test_prod_is_not_changed_unless_somebody_says_yes(
    stage: Stage, terminal: Terminal, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert terminal.run(f"profiles save {file} --person ada --stage prod").code == 4
    assert terminal.run("profiles list --person ada --stage prod").code == 0
    assert terminal.run(f"profiles save {file} --person ada --stage prod --yes").code == 0


def test_what_is_written_by_hand_is_not_trusted() -> None:
    with pytest.raises(BadProfile):
        read(json.dumps({**PROFILE, "prompts": [{"name": "a", "text": "b", "code": "c"}]}))
