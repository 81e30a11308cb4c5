"""Cognito: passwords, how long tokens are good, and how one may sign in."""

from collections.abc import Iterator

from tests.stacks.assembly import Assembly, Resource
from tests.stacks.breaking import first, put
from tests.stacks.refusals.refusal import Refusal, out_of_range

PASSWORDS = (
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html"
)
CLIENTS = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html"
ROTATION = "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html"
PEOPLE = (
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html"
)

POOL = "AWS::Cognito::UserPool"
CLIENT = "AWS::Cognito::UserPoolClient"
POLICY = {
    "Policies/PasswordPolicy/MinimumLength": (6, 99),
    "Policies/PasswordPolicy/TemporaryPasswordValidityDays": (0, 365),
    "Policies/PasswordPolicy/PasswordHistorySize": (0, 24),
}
SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
VALIDITY = {
    "AccessToken": ("hours", 1, 5 * 60, 86_400),
    "IdToken": ("hours", 1, 5 * 60, 86_400),
    "RefreshToken": ("days", 30, 60 * 60, 10 * 365 * 86_400),
}
"""The unit and the number where none is given; the least and the most seconds."""
FORMER_FLOWS = {"ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH"}


def passwords_can_be_asked_for(assembly: Assembly) -> Iterator[str]:
    for pool in assembly.resources(POOL):
        yield from out_of_range(pool, POLICY)


def tokens_are_good_as_long_as_they_can_be(assembly: Assembly) -> Iterator[str]:
    for client in assembly.resources(CLIENT):
        lasts = {name: _seconds(client, name) for name in VALIDITY}
        for name, (_, _, least, most) in VALIDITY.items():
            if not least <= lasts[name] <= most:
                yield f"{client}: {name} is good for {lasts[name]} seconds"
        if lasts["RefreshToken"] < max(lasts["AccessToken"], lasts["IdToken"]):
            yield f"{client}: what renews the tokens ends before they do"


def _seconds(client: Resource, token: str) -> int:
    unit, number, _, _ = VALIDITY[token]
    unit = client.properties.get("TokenValidityUnits", {}).get(token, unit)
    return int(client.properties.get(f"{token}Validity", number)) * SECONDS[unit]


def flows_are_of_one_generation(assembly: Assembly) -> Iterator[str]:
    """Names that begin with ALLOW_ and the former ones cannot be mixed."""
    for client in assembly.resources(CLIENT):
        flows = set(client.properties.get("ExplicitAuthFlows", []))
        if flows & FORMER_FLOWS and flows - FORMER_FLOWS:
            yield f"{client} mixes flows of two generations"


def what_rotates_is_renewed_in_one_way(assembly: Assembly) -> Iterator[str]:
    """A client whose refresh tokens rotate cannot have the flow that leaves them as they are."""
    for client in assembly.resources(CLIENT):
        rotates = client.properties.get("RefreshTokenRotation", {}).get("Feature") == "ENABLED"
        if rotates and "ALLOW_REFRESH_TOKEN_AUTH" in client.properties.get("ExplicitAuthFlows", []):
            yield f"{client} both rotates refresh tokens and leaves them as they are"


def who_has_only_a_name_can_be_enrolled(assembly: Assembly) -> Iterator[str]:
    """`admin-create-user` with no attribute works only where none is required and names are no addresses."""
    for pool in assembly.resources(POOL):
        required = [each["Name"] for each in pool.properties.get("Schema", []) if each.get("Required")]
        if required or "UsernameAttributes" in pool.properties:
            yield f"{pool} asks for more than a name"


RULES = (
    Refusal(
        passwords_can_be_asked_for,
        PASSWORDS,
        first(POOL, put("Properties", "Policies", "PasswordPolicy", "MinimumLength", to=5)),
    ),
    Refusal(
        tokens_are_good_as_long_as_they_can_be,
        CLIENTS,
        first(CLIENT, put("Properties", "RefreshTokenValidity", to=59)),
    ),
    Refusal(
        flows_are_of_one_generation,
        CLIENTS,
        first(
            CLIENT,
            put("Properties", "ExplicitAuthFlows", to=["USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]),
        ),
    ),
    Refusal(
        what_rotates_is_renewed_in_one_way,
        ROTATION,
        first(
            CLIENT,
            put(
                "Properties",
                "ExplicitAuthFlows",
                to=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            ),
        ),
    ),
    Refusal(
        who_has_only_a_name_can_be_enrolled,
        PEOPLE,
        first(POOL, put("Properties", "Schema", to=[{"Name": "email", "Required": True}])),
    ),
)
