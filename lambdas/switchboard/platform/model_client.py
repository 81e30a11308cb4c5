"""Wires the model: its providers from the settings, its keys from the secret."""

import boto3

from switchboard.adapters.model.adapter import OpenAIModel
from switchboard.adapters.model.api_keys import SecretKeys
from switchboard.adapters.model.settings import from_json
from switchboard.core.model.types import Model
from switchboard.platform.aws import QUICK


def chat_model(settings: str, *, secret_arn: str) -> Model:
    """`settings` is the JSON text that the stacks write."""
    return OpenAIModel(from_json(settings), _keys(secret_arn))


def model_asked_once(settings: str, *, secret_arn: str) -> Model:
    """For whoever is called again by somebody else when nobody answers."""
    return OpenAIModel(from_json(settings), _keys(secret_arn), tries=1)


def _keys(secret_arn: str) -> SecretKeys:
    return SecretKeys(boto3.client("secretsmanager", config=QUICK), secret_arn)
