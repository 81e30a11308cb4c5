"""What a fresh deployment lacks to be used: somebody who may sign in, and the model's key."""

import secrets
from dataclasses import dataclass, field

from local.cloud import CLIENT, Outputs, session

USERNAME = "demo"
EVERY_KIND = "aA1-"


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    password: str = field(repr=False)


def seed_person(gateway: str, outputs: Outputs, *, username: str = USERNAME) -> Person:
    """Somebody new with a password of this run."""
    person = Person(username, secrets.token_urlsafe(12) + EVERY_KIND)
    pool = outputs["UserPoolId"]
    users = session().client("cognito-idp", endpoint_url=gateway, config=CLIENT)
    users.admin_create_user(UserPoolId=pool, Username=username, MessageAction="SUPPRESS")
    users.admin_set_user_password(
        UserPoolId=pool, Username=username, Password=person.password, Permanent=True
    )
    return person


def put_model_key(gateway: str, outputs: Outputs, key: str) -> None:
    keeper = session().client("secretsmanager", endpoint_url=gateway, config=CLIENT)
    keeper.put_secret_value(SecretId=outputs["ModelSecretArn"], SecretString=key)
