"""Secrets Manager: what a secret may be generated from, and its name."""

import re
import string
from collections.abc import Iterator

from tests.stacks.assembly import Assembly
from tests.stacks.breaking import first, put
from tests.stacks.refusals.refusal import Refusal, out_of_range

GENERATOR = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html"
CREATE = "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html"

SECRET = "AWS::SecretsManager::Secret"
LENGTHS = {"GenerateSecretString/PasswordLength": (1, 4_096)}
LONGEST_EXCLUSION = 4_096
NAME = re.compile(r"[\w/+=.@-]{1,512}", re.ASCII)
LETTERS_AND_DIGITS = set(string.ascii_letters + string.digits)


def secrets_can_be_generated(assembly: Assembly) -> Iterator[str]:
    """Something must be left to choose from, and a template needs the key to fill in."""
    for secret in assembly.resources(SECRET):
        yield from out_of_range(secret, LENGTHS)
        generator = secret.properties.get("GenerateSecretString", {})
        excluded = generator.get("ExcludeCharacters", "")
        if len(excluded) > LONGEST_EXCLUSION or set(excluded) >= LETTERS_AND_DIGITS:
            yield f"{secret} leaves nothing to choose from"
        if ("SecretStringTemplate" in generator) != ("GenerateStringKey" in generator):
            yield f"{secret} has a template without a key, or a key without a template"
        if generator and "SecretString" in secret.properties:
            yield f"{secret} is both given and generated"


def names_of_secrets_are_allowed(assembly: Assembly) -> Iterator[str]:
    for secret in assembly.resources(SECRET):
        name = secret.properties.get("Name", "unnamed")
        if not NAME.fullmatch(name):
            yield f"{secret} cannot be called {name}"


RULES = (
    Refusal(
        secrets_can_be_generated,
        GENERATOR,
        first(
            SECRET,
            put(
                "Properties",
                "GenerateSecretString",
                to={"ExcludeCharacters": string.ascii_letters + string.digits, "ExcludePunctuation": True},
            ),
        ),
    ),
    Refusal(names_of_secrets_are_allowed, CREATE, first(SECRET, put("Properties", "Name", to="the key"))),
)
