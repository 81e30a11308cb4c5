"""Accounts of the user pool, by their subject: read for an export, deleted by an erasure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.core.stored_data.reader import PersonScope

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import UserTypeTypeDef


@dataclass(frozen=True, slots=True)
class UserPoolAccounts:
    """An account is the value of an address of that channel."""

    client: CognitoIdentityProviderClient
    pool: str
    channel: str
    name = "accounts"
    file = "account.json"

    def entries(self, scope: PersonScope) -> Iterator[Mapping[str, object]]:
        return map(_shown, self._of(scope))

    def erase(self, scope: PersonScope) -> None:
        """Its refresh tokens end with it."""
        for user in self._of(scope):
            with suppress(self.client.exceptions.UserNotFoundException):
                self.client.admin_delete_user(UserPoolId=self.pool, Username=user["Username"])

    def _of(self, scope: PersonScope) -> Iterator[UserTypeTypeDef]:
        for address in scope.addresses:
            if address.channel == self.channel:
                subject = f"sub = {json.dumps(address.value)}"
                yield from self.client.list_users(UserPoolId=self.pool, Filter=subject, Limit=1)["Users"]


def _shown(user: UserTypeTypeDef) -> Mapping[str, object]:
    attributes = {each["Name"]: each.get("Value", "") for each in user.get("Attributes", [])}
    return {
        "username": user["Username"],
        "created": user["UserCreateDate"],
        "changed": user["UserLastModifiedDate"],
        "enabled": user["Enabled"],
        **attributes,
    }
