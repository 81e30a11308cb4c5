"""A value of the secret, from Secrets Manager: read when first needed, kept in memory for five minutes.

Whoever may make us doubt it cannot make us read it more than once a minute.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from switchboard.core.errors import Retryable
from switchboard.core.secret_labels import SecretLabel

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

KEPT_SECONDS: Final = 300.0
DOUBTED_SECONDS: Final = 60.0
"""So long it is kept at least, however often it is refused."""


class SecretUnavailable(Retryable):
    """Secrets Manager did not give it out."""


@dataclass
class CachedSecret:
    """Call it: "" is what nobody has put in yet. Errors: SecretUnavailable."""

    client: SecretsManagerClient
    arn: str
    label: SecretLabel
    clock: Callable[[], float] = time.monotonic
    _value: str = field(default="", init=False, repr=False)
    _read_at: float = field(default=float("-inf"), init=False)
    _keeps: float = field(default=0.0, init=False)

    def __call__(self) -> str:
        if self.clock() >= self._read_at + self._keeps:
            self._value = self._read()
            self._read_at, self._keeps = self.clock(), KEPT_SECONDS
        return self._value

    def forget(self) -> None:
        """Read it again as soon as it is a minute old: it may have been replaced."""
        self._keeps = DOUBTED_SECONDS

    def _read(self) -> str:
        try:
            held = self.client.get_secret_value(SecretId=self.arn, VersionStage=self.label)
            return held["SecretString"].strip()
        except self.client.exceptions.ResourceNotFoundException:
            return ""
        except (ClientError, BotoCoreError) as error:
            raise SecretUnavailable(type(error).__name__) from None
