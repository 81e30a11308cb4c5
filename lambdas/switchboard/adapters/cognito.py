"""Signing in against the user pool; passwords are its business alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.core.sign_in import Session, TooManyAttempts

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.literals import AuthFlowTypeType

BUSY_SECONDS = 60
"""The pool does not say how long it wants to be left alone."""


@dataclass(frozen=True, slots=True)
class UserPool:
    client: CognitoIdentityProviderClient
    client_id: str

    def sign_in(self, username: str, password: str) -> Session | None:
        """None too when a challenge stands open."""
        return self._session("USER_PASSWORD_AUTH", {"USERNAME": username, "PASSWORD": password})

    def renew(self, refresh: str) -> Session | None:
        return self._session("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": refresh})

    def revoke(self, refresh: str) -> None:
        """What the pool cannot revoke opens nothing."""
        errors = self.client.exceptions
        try:
            self.client.revoke_token(ClientId=self.client_id, Token=refresh)
        except (errors.InvalidParameterException, errors.UnauthorizedException):
            return
        except errors.TooManyRequestsException as error:
            raise TooManyAttempts(BUSY_SECONDS) from error

    def _session(self, flow: AuthFlowTypeType, parameters: dict[str, str]) -> Session | None:
        """Every refusal is the same None, so that none tells more than another."""
        errors = self.client.exceptions
        try:
            answer = self.client.initiate_auth(
                ClientId=self.client_id, AuthFlow=flow, AuthParameters=parameters
            )
        except (
            errors.NotAuthorizedException,
            errors.UserNotFoundException,
            errors.UserNotConfirmedException,
            errors.PasswordResetRequiredException,
        ):
            return None
        except errors.TooManyRequestsException as error:
            raise TooManyAttempts(BUSY_SECONDS) from error
        result = answer.get("AuthenticationResult")
        if not result:
            return None
        return Session(result["AccessToken"], result["ExpiresIn"], result.get("RefreshToken", ""))
