"""What a fresh deployment lacks to be used: somebody who may sign in, and the model's key."""

import secrets
from dataclasses import dataclass, field

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


def put_model_key(aws: LocalAws, outputs: Outputs, key: str) -> None:
    keeper = aws.session().client("secretsmanager", endpoint_url=aws.url, config=CLIENT)
    keeper.put_secret_value(SecretId=outputs["ModelSecretArn"], SecretString=key)
