"""The page on the first hour in AWS names what there is: outputs, functions, options, targets, regions."""

import re
import shlex
from collections.abc import Iterator

import boto3
import pytest
from botocore.model import ServiceModel

from stacks.handlers import module_of
from stacks.regions import REGIONS
from tests.stacks.assembly import ROOT
from tests.stacks.variants import WHOLE, assembled

PAGE = (ROOT / "docs" / "aws-not-run.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line and line[0] != "#"]
OF_THE_CLI = {"query", "output", "since"}
"""Options that are the command line's own, or of `aws logs tail`."""
OWN_COMMANDS = {("logs", "tail")}


def _words(line: str) -> Iterator[list[str]]:
    """Each `aws` of a line, with its own words; quotes and substitutions taken apart."""
    plain = re.sub(r"""[$()"';{}]""", " ", line.split(" #", maxsplit=1)[0])
    for part in re.split(r"(?<!\S)aws (?=[a-z])", plain)[1:]:
        yield shlex.split(part)


AWS = [words for line in COMMANDS for words in _words(line)]


def _model(service: str) -> ServiceModel:
    return boto3.client(service, region_name="us-east-1").meta.service_model  # type: ignore[call-overload, no-any-return]


def _hyphened(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def test_there_are_commands() -> None:
    assert len(AWS) > 20


@pytest.mark.parametrize("words", AWS, ids=lambda words: "-".join(words[:2]))
def test_a_command_is_one_of_the_cli(words: list[str]) -> None:
    service, operation, *rest = words
    if (service, operation) in OWN_COMMANDS:
        return
    model = _model(service.removesuffix("api"))
    names = {_hyphened(name): name for name in model.operation_names}
    shape = model.operation_model(names[operation]).input_shape
    known = {_hyphened(member) for member in shape.members} if shape else set()
    options = {word.removeprefix("--") for word in rest if word.startswith("--")}
    assert options - OF_THE_CLI <= known


@pytest.mark.parametrize("stage", WHOLE)
def test_every_output_is_one_of_its_stack(stage: str) -> None:
    named = set(re.findall(r"\bout ([A-Z]\w+) ([A-Z]\w+)", PAGE))
    there = {
        (stack, key) for stack, made in assembled(stage).templates.items() for key in made.get("Outputs", {})
    }
    assert named
    assert named <= there


def test_every_function_has_a_handler() -> None:
    named = set(re.findall(r"\bfn ([a-z_.]+)\b", PAGE))
    handlers = {each.properties["Handler"] for each in assembled("dev").resources("AWS::Lambda::Function")}
    assert named
    assert {f"{module_of(name)}.handler" for name in named} <= handlers


def test_every_section_of_a_stack_has_one() -> None:
    """The number's stack is under the carrier's own section."""
    sections = set(re.findall(r"^## ([A-Z]\w+)$", PAGE, re.MULTILINE))
    stacks = set(assembled("dev").templates)
    assert sections <= stacks
    assert stacks - sections <= {"Tasks"}


def test_outputs_spoken_of_are_there() -> None:
    keys = {key for made in assembled("dev").templates.values() for key in made.get("Outputs", {})}
    assert set(re.findall(r"output ([A-Z]\w+)", PAGE)) <= keys


def test_every_target_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", PAGE)) <= targets


def test_the_regions_are_those_that_are_checked() -> None:
    said = PAGE.split("Checked for these regions")[1].split("`make audit`")[0]
    assert tuple(re.findall(r"[a-z]{2}-[a-z]+-\d", said)) == REGIONS


def test_a_deployment_ends_with_the_page() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\ndeploy:")[1].split("\n\n")[0]
    assert recipe.rstrip().endswith("cat docs/aws-not-run.md")
