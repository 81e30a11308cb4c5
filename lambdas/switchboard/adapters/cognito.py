"""Signing in against the user pool; passwords are its business alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.core.sign_in import Session

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


@dataclass(frozen=True, slots=True)
class UserPool:
    client: CognitoIdentityProviderClient
    client_id: str

    def sign_in(self, username: str, password: str) -> Session | None:
        """None on bad credentials, whether or not the user exists, and when a challenge stands open."""
        errors = self.client.exceptions
        try:
            answer = self.client.initiate_auth(
                ClientId=self.client_id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": username, "PASSWORD": password},
            )
        except (
            errors.NotAuthorizedException,
            errors.UserNotFoundException,
            errors.UserNotConfirmedException,
            errors.PasswordResetRequiredException,
        ):
            return None
        result = answer.get("AuthenticationResult")
        return Session(token=result["AccessToken"], expires_in=result["ExpiresIn"]) if result else None
