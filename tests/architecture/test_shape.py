"""Functions stay short, files stay small, and nothing happens at import."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.architecture import rules_of_shape as rules
from tests.architecture.sources import PRODUCT, Source, parse, sources

EVERYTHING = sources(*PRODUCT, "tests")
LAMBDAS = sources("lambdas")
HANDLERS = [each for each in LAMBDAS if "handlers" in each.module.split(".")[:-1]]
ENVIRONMENT_IS_READ_BY = "switchboard.platform.config"
LOGS_ARE_SET_UP_BY = "switchboard.platform.logs"

ENTRY = "from switchboard.platform.entry_point import entry_point"

Rule = Callable[[Source], list[str]]


def broken(rule: Rule, over: Iterable[Source]) -> list[str]:
    return [each for source in over for each in rule(source)]


@pytest.mark.parametrize(
    "trees", [("lambdas",), ("stacks",), ("local",), ("operate",), ("tests",), PRODUCT], ids="+".join
)
def test_functions_are_short(trees: tuple[str, ...]) -> None:
    assert rules.out_of_shape(rules.lengths(sources(*trees))) == []


@pytest.mark.parametrize(
    "rule",
    [rules.long_functions, rules.long_file, rules.badly_named, rules.unfinished],
    ids=lambda rule: rule.__name__,
)
def test_every_file_keeps(rule: Rule) -> None:
    assert broken(rule, EVERYTHING) == []


def test_only_the_configuration_reads_the_environment() -> None:
    others = [each for each in LAMBDAS if each.module != ENVIRONMENT_IS_READ_BY]
    assert broken(rules.reads_environment, others) == []


def test_nothing_of_aws_is_made_at_import() -> None:
    assert broken(rules.made_at_import, LAMBDAS) == []


def test_every_handler_is_one_function_with_a_frozen_configuration() -> None:
    assert len(HANDLERS) >= 8
    assert broken(rules.unlike_a_handler, HANDLERS) == []


def test_every_handler_goes_through_the_entry_point() -> None:
    assert broken(rules.without_entry_point, HANDLERS) == []


def test_only_one_place_sets_up_what_is_logged_and_no_error_is_logged_with_its_text() -> None:
    others = [each for each in LAMBDAS if each.module != LOGS_ARE_SET_UP_BY]
    assert broken(rules.tells_the_log_too_much, others) == []


def written(tmp_path: Path, text: str, name: str = "thing.py") -> Source:
    path = tmp_path / name
    path.write_text(text)
    return parse(path, base=tmp_path)


def function_of(lines: int) -> str:
    return "def f():\n" + "    pass\n" * (lines - 1)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (rules.long_functions, function_of(51)),
        (rules.long_file, "x = 1\n" * 301),
        (rules.unfinished, f"x = 1  # {rules.UNFINISHED[0]} later"),
        (rules.reads_environment, "import os\nx = os.environ['A']"),
        (rules.reads_environment, "import os\nx = os.getenv('A')"),
        (rules.reads_environment, "from os import environ"),
        (rules.made_at_import, "import boto3\nclient = boto3.client('sns')"),
        (rules.made_at_import, "import boto3\nclass A:\n    client = boto3.Session().client('sns')"),
        (rules.unlike_a_handler, "def handler(event, context): ..."),
        (rules.unlike_a_handler, "@dataclass\nclass Config: ...\ndef handler(event, context): ..."),
        (rules.unlike_a_handler, "@dataclass(frozen=True)\nclass Config: ..."),
        (rules.without_entry_point, f"{ENTRY}\ndef handler(event, context): ..."),
        (rules.without_entry_point, f"{ENTRY}\n@cache\n@entry_point\ndef handler(event, context): ..."),
        (rules.without_entry_point, "from own import entry_point\n@entry_point\ndef handler(event, c): ..."),
        (rules.tells_the_log_too_much, "import logging\nlogging.getLogger('botocore').setLevel('DEBUG')"),
        (rules.tells_the_log_too_much, "log.exception('it failed')"),
        (rules.tells_the_log_too_much, "log.error('it failed', exc_info=error)"),
    ],
)
def test_a_rule_notices_what_breaks_it(tmp_path: Path, rule: Rule, text: str) -> None:
    assert rule(written(tmp_path, text)) != []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (rules.long_functions, function_of(50)),
        (rules.long_file, "x = 1\n" * 300),
        (rules.made_at_import, "import boto3\ndef f():\n    return boto3.client('sns')"),
        (
            rules.unlike_a_handler,
            "@dataclass(frozen=True)\nclass Config: ...\ndef handler(event, context): ...",
        ),
        (rules.without_entry_point, f"{ENTRY}\n@entry_point\ndef handler(event, context): ..."),
        (rules.tells_the_log_too_much, "log.error('it failed', extra={'error': type(error).__name__})"),
    ],
)
def test_a_rule_lets_pass_what_keeps_it(tmp_path: Path, rule: Rule, text: str) -> None:
    assert rule(written(tmp_path, text)) == []


@pytest.mark.parametrize("name", sorted(rules.BANNED_NAMES))
def test_a_name_that_says_nothing_is_noticed(tmp_path: Path, name: str) -> None:
    assert rules.badly_named(written(tmp_path, "x = 1", f"{name}.py")) != []


def test_functions_that_are_too_long_together_are_noticed(tmp_path: Path) -> None:
    assert len(rules.out_of_shape([9] * 20)) == 1
    assert len(rules.out_of_shape([1] * 16 + [40] * 4)) == 1
    assert rules.lengths([written(tmp_path, function_of(7))]) == [7]
    assert rules.out_of_shape([8] * 20) == []
