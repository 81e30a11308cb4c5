"""A secret is read once in five minutes, and again when it was refused."""

import boto3
import pytest
from botocore.stub import Stubber
from switchboard.adapters.cached_secret import CachedSecret, SecretUnavailable
from switchboard.core.secret_labels import SecretLabel

ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:one"
ASKED = {"SecretId": ARN, "VersionStage": "transcriber"}


def test_it_is_read_once_until_it_is_old() -> None:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    now = [0.0]
    kept = CachedSecret(client, ARN, SecretLabel.TRANSCRIBER, clock=lambda: now[0])
    with Stubber(client) as stub:
        for value in ("one\n", "two"):
            stub.add_response("get_secret_value", {"SecretString": value}, ASKED)
        assert [kept(), kept()] == ["one", "one"]
        now[0] = 301.0
        assert [kept(), kept()] == ["two", "two"]


def test_however_often_it_is_refused_it_is_read_once_a_minute() -> None:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    now = [0.0]
    kept = CachedSecret(client, ARN, SecretLabel.TRANSCRIBER, clock=lambda: now[0])
    found = []
    with Stubber(client) as stub:
        for value in ("one", "two", "three"):
            stub.add_response("get_secret_value", {"SecretString": value}, ASKED)
        for now[0] in range(180):
            found.append(kept())
            kept.forget()
    assert found == ["one"] * 60 + ["two"] * 60 + ["three"] * 60


def test_one_that_cannot_be_read_is_worth_another_try() -> None:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    kept = CachedSecret(client, ARN, SecretLabel.TRANSCRIBER)
    with Stubber(client) as stub:
        stub.add_client_error("get_secret_value", "InternalServiceError")
        stub.add_response("get_secret_value", {"SecretString": "one"})
        with pytest.raises(SecretUnavailable):
            kept()
        assert kept() == "one"


def test_what_nobody_has_put_in_yet_is_empty() -> None:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    with Stubber(client) as stub:
        stub.add_client_error("get_secret_value", "ResourceNotFoundException", expected_params=ASKED)
        assert CachedSecret(client, ARN, SecretLabel.TRANSCRIBER)() == ""


def test_what_it_holds_is_in_no_text_of_it() -> None:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    kept = CachedSecret(client, ARN, SecretLabel.TRANSCRIBER)
    with Stubber(client) as stub:
        stub.add_response("get_secret_value", {"SecretString": "hunter2"})
        kept()
    assert "hunter2" not in repr(kept)
