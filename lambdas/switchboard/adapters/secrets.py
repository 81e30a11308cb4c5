"""A secret of ours, from Secrets Manager: read when it is first needed, kept in memory for five minutes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from switchboard.core.errors import Retryable

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

KEPT_SECONDS: Final = 300.0


class Unreadable(Retryable):
    """Secrets Manager did not give it out."""


@dataclass
class KeptSecret:
    """Call it. Errors: Unreadable."""

    client: SecretsManagerClient
    arn: str
    clock: Callable[[], float] = time.monotonic
    _value: str = field(default="", init=False, repr=False)
    _stale_at: float = field(default=float("-inf"), init=False)

    def __call__(self) -> str:
        if self.clock() >= self._stale_at:
            self._value = self._read()
            self._stale_at = self.clock() + KEPT_SECONDS
        return self._value

    def forget(self) -> None:
        """Read it again next time: it may have been replaced."""
        self._stale_at = float("-inf")

    def _read(self) -> str:
        try:
            return self.client.get_secret_value(SecretId=self.arn)["SecretString"].strip()
        except (ClientError, BotoCoreError) as error:
            raise Unreadable(type(error).__name__) from None
