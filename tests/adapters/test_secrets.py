"""A secret is read once in five minutes, and again when it was refused."""

import boto3
import pytest
from botocore.stub import Stubber
from switchboard.adapters.secrets import KeptSecret, Unreadable
from switchboard.core.secret_labels import SecretLabel

ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:one"
ASKED = {"SecretId": ARN, "VersionStage": "transcriber"}


def test_it_is_read_once_until_it_is_old_or_refused() -> None:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    now = [0.0]
    kept = KeptSecret(client, ARN, SecretLabel.TRANSCRIBER, clock=lambda: now[0])
    with Stubber(client) as stub:
        for value in ("one\n", "two", "three"):
            stub.add_response("get_secret_value", {"SecretString": value}, ASKED)
        assert [kept(), kept()] == ["one", "one"]
        now[0] = 301.0
        assert [kept(), kept()] == ["two", "two"]
        kept.forget()
        assert kept() == "three"


def test_one_that_cannot_be_read_is_worth_another_try() -> None:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    kept = KeptSecret(client, ARN, SecretLabel.TRANSCRIBER)
    with Stubber(client) as stub:
        stub.add_client_error("get_secret_value", "InternalServiceError")
        stub.add_response("get_secret_value", {"SecretString": "one"})
        with pytest.raises(Unreadable):
            kept()
        assert kept() == "one"


def test_what_nobody_has_put_in_yet_is_empty() -> None:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    with Stubber(client) as stub:
        stub.add_client_error("get_secret_value", "ResourceNotFoundException", expected_params=ASKED)
        assert KeptSecret(client, ARN, SecretLabel.TRANSCRIBER)() == ""


def test_what_it_holds_is_in_no_text_of_it() -> None:
    client = boto3.client("secretsmanager", region_name="us-east-1")
    kept = KeptSecret(client, ARN, SecretLabel.TRANSCRIBER)
    with Stubber(client) as stub:
        stub.add_response("get_secret_value", {"SecretString": "hunter2"})
        kept()
    assert "hunter2" not in repr(kept)
