"""The key comes from Secrets Manager, is kept for five minutes, and never reaches a message."""

import os
from collections.abc import Iterator

import boto3
import pytest
from botocore.stub import Stubber
from mypy_boto3_secretsmanager import SecretsManagerClient
from switchboard.adapters.model.api_keys import SecretKeys
from switchboard.core.errors import ModelUnavailable

from tests.adapters.model.fake_provider import Clock

ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:one"
ASKED = {"SecretId": ARN, "VersionStage": "model"}


@pytest.fixture
def client() -> SecretsManagerClient:
    return boto3.client(
        "secretsmanager", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
    )


@pytest.fixture
def manager(client: SecretsManagerClient) -> Iterator[Stubber]:
    with Stubber(client) as stubber:
        yield stubber


def holding(manager: Stubber, secret: str) -> None:
    manager.add_response("get_secret_value", {"SecretString": secret}, ASKED)


def test_a_bare_key_is_everybodys(client: SecretsManagerClient, manager: Stubber) -> None:
    holding(manager, " sk-1\n")
    keys = SecretKeys(client, ARN)
    assert (keys("a"), keys("b")) == ("sk-1", "sk-1")


def test_a_secret_in_json_has_a_key_for_each(client: SecretsManagerClient, manager: Stubber) -> None:
    holding(manager, '{"a": "sk-a", "b": "sk-b", "c": 7}')
    keys = SecretKeys(client, ARN)
    assert (keys("a"), keys("b")) == ("sk-a", "sk-b")
    for missing in ("c", "d"):
        with pytest.raises(ModelUnavailable, match=f"no key for {missing}"):
            keys(missing)


def test_the_secret_is_read_again_after_five_minutes(client: SecretsManagerClient, manager: Stubber) -> None:
    clock = Clock()
    keys = SecretKeys(client, ARN, clock=clock)
    holding(manager, "sk-1")
    assert keys("a") == "sk-1"
    clock.now += 299
    assert keys("a") == "sk-1"
    holding(manager, "sk-2")
    clock.now += 1
    assert keys("a") == "sk-2"


def test_a_refused_key_is_read_again_after_a_minute_and_no_sooner(
    client: SecretsManagerClient, manager: Stubber
) -> None:
    clock = Clock()
    keys = SecretKeys(client, ARN, clock=clock)
    holding(manager, "sk-1")
    assert keys("a") == "sk-1"
    clock.now += 59
    keys.forget()
    assert keys("a") == "sk-1"
    holding(manager, "sk-2")
    clock.now += 1
    assert keys("a") == "sk-2"


@pytest.mark.parametrize(
    "code", ["ResourceNotFoundException", "AccessDeniedException", "InternalServiceError"]
)
def test_a_key_that_cannot_be_read_makes_the_model_unavailable(
    client: SecretsManagerClient, manager: Stubber, code: str
) -> None:
    manager.add_client_error("get_secret_value", code)
    with pytest.raises(ModelUnavailable, match="could not be read"):
        SecretKeys(client, ARN)("a")


@pytest.mark.parametrize("secret", [" ", "{sk-1", "{}"])
def test_a_secret_without_a_key_makes_the_model_unavailable_and_is_not_shown(
    client: SecretsManagerClient, manager: Stubber, secret: str
) -> None:
    manager.add_response("get_secret_value", {"SecretString": secret}, {"SecretId": ARN})
    with pytest.raises(ModelUnavailable) as failure:
        SecretKeys(client, ARN)("a")
    assert "sk-1" not in str(failure.value)


def test_a_secret_of_bytes_is_no_key(client: SecretsManagerClient, manager: Stubber) -> None:
    manager.add_response("get_secret_value", {"SecretBinary": b"sk-1"}, {"SecretId": ARN})
    with pytest.raises(ModelUnavailable):
        SecretKeys(client, ARN)("a")


def test_the_key_never_reaches_the_environment(client: SecretsManagerClient, manager: Stubber) -> None:
    holding(manager, "sk-1")
    SecretKeys(client, ARN)("a")
    assert "sk-1" not in os.environ.values()
