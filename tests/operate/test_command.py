"""The command asks before it acts on people, and says plainly what keeps it from acting."""

import io

import pytest
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    ProfileNotFound,
    ReadTimeoutError,
)

from operate.errors import translate
from tests.operate.conftest import Stage, Terminal

REPAIRS = ["redrive all", "resend part/a/b", "rerun turn/a/b", "close turns"]


class Person(io.StringIO):
    """Somebody at the keyboard."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("line", REPAIRS)
def test_nothing_is_repaired_in_prod_unless_somebody_says_yes(
    stage: Stage, terminal: Terminal, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    said = terminal.run(f"{line} --stage prod")
    assert said.code == 4
    assert "--yes" in said.error
    monkeypatch.setattr("sys.stdin", Person("n\n"))
    assert terminal.run(f"{line} --stage prod").error == "Nothing was changed."


@pytest.mark.parametrize("answer", ["y", "Yes"])
def test_a_yes_is_taken_from_the_keyboard(
    stage: Stage, terminal: Terminal, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Person(f"{answer}\n"))
    assert terminal.run("redrive turns --stage prod").code == 0


def test_a_yes_can_be_given_beforehand_and_looking_needs_none(stage: Stage, terminal: Terminal) -> None:
    assert terminal.run("redrive turns --stage prod --yes").code == 0
    assert terminal.run("stuck --stage prod").code == 0
    assert terminal.run("redrive turns --stage dev").code == 0


def test_a_laptop_that_is_not_up_is_said_not_to_be(terminal: Terminal) -> None:
    said = terminal.run("stuck --stage local")
    assert (said.code, said.out) == (1, "")
    assert "make up" in said.error


def test_a_stage_that_is_not_deployed_is_named_with_its_region(
    stage: Stage, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("operate.arguments.STAGES", ("dev", "staging"))
    said = terminal.run("stuck --stage staging")
    assert (said.code, said.error) == (1, "Stage staging is not deployed in us-east-1 of this account.")


def test_a_wrong_word_is_answered_with_the_right_ones(terminal: Terminal) -> None:
    said = terminal.run("mend everything")
    assert said.code == 2
    assert "stuck" in said.error


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "You may not."}}, "Query")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoCredentialsError(), "AWS_PROFILE"),
        (NoRegionError(), "AWS_REGION"),
        (ProfileNotFound(profile="work"), "work"),
        (EndpointConnectionError(endpoint_url="http://127.0.0.1:1"), "127.0.0.1:1"),
        (refused("ExpiredToken"), "sign in again"),
        (refused("AccessDeniedException"), "Query: AccessDeniedException: You may not."),
        (ReadTimeoutError(endpoint_url="http://127.0.0.1:1"), "could not be asked"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_keeps_aws_from_answering_is_said_plainly(
    error: NoCredentialsError | ClientError, words: str
) -> None:
    told = translate(error)
    assert words in str(told)
    assert told.code == 1
