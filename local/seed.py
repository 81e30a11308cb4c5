"""What a fresh deployment lacks to be used: somebody who may sign in, and what the secret holds."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from switchboard.core.secret_labels import SecretLabel

from local.cloud import CLIENT, LocalAws, Outputs

USERNAME = "demo"
OPERATORS = "operators"
EVERY_KIND = "aA1-"


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    password: str = field(repr=False)


def seed_person(aws: LocalAws, outputs: Outputs, *, username: str) -> Person:
    """Somebody new with a password of this run."""
    person = Person(username, secrets.token_urlsafe(12) + EVERY_KIND)
    pool = outputs["UserPoolId"]
    users = aws.session().client("cognito-idp", endpoint_url=aws.url, config=CLIENT)
    users.admin_create_user(UserPoolId=pool, Username=username, MessageAction="SUPPRESS")
    users.admin_set_user_password(
        UserPoolId=pool, Username=username, Password=person.password, Permanent=True
    )
    return person


def seed_demo(aws: LocalAws, outputs: Outputs) -> Person:
    """The demo person is an operator too, so that one sees everything."""
    person = seed_person(aws, outputs, username=USERNAME)
    make_operator(aws, outputs, username=person.username)
    return person


def make_operator(aws: LocalAws, outputs: Outputs, *, username: str) -> None:
    """It shows in the tokens that are given out from now on."""
    users = aws.session().client("cognito-idp", endpoint_url=aws.url, config=CLIENT)
    users.admin_add_user_to_group(UserPoolId=outputs["UserPoolId"], Username=username, GroupName=OPERATORS)


def fill_secret(aws: LocalAws, outputs: Outputs, *, model_key: str | None) -> Mapping[SecretLabel, str]:
    """Each of its values: the model's key that was given, and random ones, which the world accepts."""
    values = {label: secrets.token_urlsafe(24) for label in SecretLabel}
    values[SecretLabel.MODEL] = model_key or values[SecretLabel.MODEL]
    keeper = aws.session().client("secretsmanager", endpoint_url=aws.url, config=CLIENT)
    for label, value in values.items():
        keeper.put_secret_value(SecretId=outputs["SecretArn"], SecretString=value, VersionStages=[label])
    return values
