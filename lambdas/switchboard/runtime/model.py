"""Wires the model: its providers from the settings, its keys from the secret."""

import json

import boto3

from switchboard.adapters.model.adapter import OpenAIModel
from switchboard.adapters.model.key import SecretKeys
from switchboard.adapters.model.settings import from_json
from switchboard.core.model import Model, Role
from switchboard.runtime.aws import QUICK


def chat_model(settings: str, *, secret_arn: str) -> Model:
    """`settings` is the JSON text that the stacks write."""
    keys = SecretKeys(boto3.client("secretsmanager", config=QUICK), secret_arn)
    return OpenAIModel(from_json(settings), keys)


def names_of(settings: str) -> tuple[str, ...]:
    """The models that a turn may be answered by, one a provider."""
    providers = json.loads(settings).get("providers", ())
    return tuple(provider["models"][Role.SMALL.value] for provider in providers)
