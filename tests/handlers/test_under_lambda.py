"""Under Lambda's own runtime, at DEBUG, nothing that a person said is printed, whoever prints."""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import boto3
import pytest
from handlers import sweep_overdue as sweep_waiting
from switchboard.platform.logs import logger

from stacks.handlers import name_of
from tests.handlers.cloud import Cloud
from tests.handlers.conftest import HANDLERS
from tests.handlers.day import NUMBER, SAID, Day, new_day
from tests.handlers.lambda_runtime import Invocation, LambdaRuntime, new_runtime
from tests.handlers.test_handlers_config import example
from tests.tables import CALLS, CONVERSATIONS, PEOPLE

pytestmark = pytest.mark.enable_socket
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d")
NAMES = {name_of(module.__name__) for module in HANDLERS}


@pytest.fixture
def runtime(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> LambdaRuntime:
    return new_runtime(monkeypatch, tmp_path / "log", capfd)


@pytest.fixture
def day(cloud: Cloud, runtime: LambdaRuntime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Day]:
    with new_day(cloud, runtime, monkeypatch) as made:
        yield made


def leaks(day: Day, ran: Iterable[tuple[str, Invocation]]) -> set[tuple[str, str]]:
    """Which functions printed which of the private words."""
    return {(handler, word) for handler, done in ran for word in day.leaks(done.printed)}


def test_a_day_on_which_all_goes_well_leaves_no_trace_of_what_was_said(day: Day) -> None:
    day.whole()
    ran = [(handler, done) for handler, _, done in day.played]
    assert {handler for handler, _ in ran} == NAMES
    assert [handler for handler, done in ran if done.error or not done.lines] == []
    assert leaks(day, ran) == set()
    assert all(secret in "".join(day.vendors.heard) for secret in ("sk-wombat", "xi-dugong", "xylophone"))


def test_nor_does_a_day_on_which_everything_fails(day: Day) -> None:
    day.whole()
    day.vendors.refusing = True
    for table in (PEOPLE, CONVERSATIONS, CALLS):
        boto3.client("dynamodb").delete_table(TableName=table)
    ran = day.again()
    complaints = {
        handler for handler, done in ran if any(each.get("level") == "ERROR" for each in done.lines)
    }
    assert complaints == NAMES
    assert leaks(day, ran) == set()


def test_the_check_would_notice(day: Day) -> None:
    spoiled = Invocation(f"botocore sent {SAID} to {NUMBER}", None, None)
    assert leaks(day, [("converse", spoiled)]) == {("converse", "xylophone"), ("converse", NUMBER[1:])}


def test_what_a_handler_lets_go_is_told_by_name_and_place_alone(
    runtime: LambdaRuntime, each_handler: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_config: type) -> None:
        raise UnicodeDecodeError("utf-8", SAID.encode(), 0, 1, SAID)

    monkeypatch.setattr(each_handler, "load", fail)
    name = name_of(each_handler.__name__)
    done = runtime.invoke(name, example(each_handler))
    assert done.error is not None
    assert (done.error["errorType"], done.error["errorMessage"]) == (
        "UnicodeDecodeError",
        "UnicodeDecodeError",
    )
    assert "xylophone" not in done.printed + json.dumps(done.error)
    (line,) = [line for line in done.lines if line.get("level") == "ERROR"]
    assert line["errorType"] == "UnicodeDecodeError"
    assert f"{each_handler.__name__.replace('.', '/')}.py" in "".join(line["stackTrace"])


def test_a_function_without_its_settings_says_which_it_lacks(runtime: LambdaRuntime) -> None:
    done = runtime.invoke("sweep_overdue", {})
    lacked = "the environment lacks CONVERSATIONS_TABLE, TURNS_TOPIC"
    assert done.error is not None
    assert done.error["errorMessage"] == lacked
    assert lacked in done.printed


def test_of_a_library_that_complains_the_log_has_who_where_and_how_bad(
    runtime: LambdaRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def complain() -> int:
        library = logging.getLogger("a.library")
        library.setLevel(logging.DEBUG)
        library.info("about %s", SAID)
        try:
            int(SAID)
        except ValueError:
            library.exception("it was %s", SAID, extra={"text": SAID})
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(SAID, UserWarning, stacklevel=1)
        return 0

    monkeypatch.setattr(sweep_waiting, "_sweep", lambda: complain)
    done = runtime.invoke("sweep_overdue", {})
    complaints = [line for line in done.lines if line["message"] != "swept"]
    told = [(line["level"], line.get("library"), line["error"]) for line in complaints]
    assert told == [("ERROR", "a.library", "ValueError"), ("WARNING", None, "UserWarning")]
    assert all(line["where"].startswith("test_under_lambda") for line in complaints)
    assert "xylophone" not in done.printed


@pytest.mark.parametrize(
    ("level", "printed"),
    [("DEBUG", ["ours", "swept"]), ("INFO", ["swept"]), ("ERROR", [])],
)
def test_our_own_lines_go_by_the_level_of_the_function(
    level: str, printed: list[str], runtime: LambdaRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sweep() -> int:
        logger().debug("ours")
        assert not logging.getLogger("botocore.endpoint").isEnabledFor(logging.INFO)
        return 0

    monkeypatch.setenv("AWS_LAMBDA_LOG_LEVEL", level)
    monkeypatch.setattr(sweep_waiting, "_sweep", lambda: sweep)
    done = runtime.invoke("sweep_overdue", {})
    assert [line["message"] for line in done.lines] == printed
    assert done.error is None
    assert all(RFC_3339.fullmatch(line["timestamp"]) for line in done.lines)
