"""Signing in against the user pool; passwords are its business alone.

Passwords are tried by this function's role only (AdminInitiateAuth). Where refresh tokens rotate, the pool
renews by GetTokensFromRefreshToken and by nothing else.
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RefreshTokenRotationType.html
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.core.people.login import Session, TooManyAttempts

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import AuthenticationResultTypeTypeDef

BUSY_SECONDS = 60
"""The pool does not say how long it wants to be left alone."""


@dataclass(frozen=True, slots=True)
class UserPool:
    client: CognitoIdentityProviderClient
    pool: str
    client_id: str

    def sign_in(self, username: str, password: str) -> Session | None:
        """None too when a challenge stands open."""
        answer = self._asked(
            lambda: self.client.admin_initiate_auth(
                UserPoolId=self.pool,
                ClientId=self.client_id,
                AuthFlow="ADMIN_USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": username, "PASSWORD": password},
            ).get("AuthenticationResult")
        )
        return _session(answer) if answer else None

    def renew(self, refresh: str) -> Session | None:
        """A cookie may be anything, and what is no token at all is an invalid parameter."""
        try:
            answer = self._asked(
                lambda: self.client.get_tokens_from_refresh_token(
                    ClientId=self.client_id, RefreshToken=refresh
                ).get("AuthenticationResult")
            )
        except self.client.exceptions.InvalidParameterException:
            return None
        return _session(answer) if answer else None

    def revoke(self, refresh: str) -> str | None:
        """Whose it is, the pool says by renewing it; what was renewed just now ends with what renewed it."""
        session = self.renew(refresh)
        for token in filter(None, (refresh, session.refresh if session else "")):
            self._revoke(token)
        return _subject(session.token) if session else None

    def _revoke(self, refresh: str) -> None:
        """What the pool cannot revoke opens nothing."""
        errors = self.client.exceptions
        try:
            self.client.revoke_token(ClientId=self.client_id, Token=refresh)
        except (errors.InvalidParameterException, errors.UnauthorizedException):
            return
        except errors.TooManyRequestsException as error:
            raise TooManyAttempts(BUSY_SECONDS) from error

    def _asked(
        self, ask: Callable[[], AuthenticationResultTypeTypeDef | None]
    ) -> AuthenticationResultTypeTypeDef | None:
        """Every refusal is the same None, so that none tells more than another."""
        errors = self.client.exceptions
        try:
            return ask()
        except (
            errors.NotAuthorizedException,
            errors.UserNotFoundException,
            errors.UserNotConfirmedException,
            errors.PasswordResetRequiredException,
            errors.RefreshTokenReuseException,
        ):
            return None
        except errors.TooManyRequestsException as error:
            raise TooManyAttempts(BUSY_SECONDS) from error


def _subject(token: str) -> str:
    """Of an access token that the pool itself has just answered with (RFC 7519, section 3)."""
    payload = token.split(".")[1]
    return str(json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["sub"])


def _session(result: AuthenticationResultTypeTypeDef) -> Session:
    return Session(result["AccessToken"], result["ExpiresIn"], result.get("RefreshToken", ""))
