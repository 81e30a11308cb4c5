"""The providers' keys, from Secrets Manager: read when needed, kept in memory for five minutes."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from switchboard.core.errors import ModelUnavailable
from switchboard.core.secret_labels import SecretLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_secretsmanager import SecretsManagerClient

_KEPT_SECONDS: Final = 300.0
_DOUBTED_SECONDS: Final = 60.0


class SecretKeys:
    """Call it with a provider's name. The secret is one bare key for all, or JSON: a key for each name."""

    def __init__(
        self, client: SecretsManagerClient, arn: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._arn = arn
        self._clock = clock
        self._lock = threading.Lock()
        self._secret = ""
        self._read_at = float("-inf")
        self._keeps = 0.0

    def __call__(self, provider: str) -> str:
        """Errors: ModelUnavailable."""
        with self._lock:
            if self._clock() >= self._read_at + self._keeps:
                self._secret = self._read()
                self._read_at, self._keeps = self._clock(), _KEPT_SECONDS
        return _key_in(self._secret, provider)

    def forget(self) -> None:
        """Read the secret again once it is a minute old: a provider refused the key, it may be rotated."""
        with self._lock:
            self._keeps = _DOUBTED_SECONDS

    def _read(self) -> str:
        try:
            held = self._client.get_secret_value(SecretId=self._arn, VersionStage=SecretLabel.MODEL)
            return held["SecretString"]
        except (ClientError, BotoCoreError, KeyError) as error:
            raise ModelUnavailable(f"the model's key could not be read: {type(error).__name__}") from None


def _key_in(secret: str, provider: str) -> str:
    secret = secret.strip()
    key = _named_keys(secret).get(provider) if secret.startswith("{") else secret
    if not isinstance(key, str) or not key:
        raise ModelUnavailable(f"the secret holds no key for {provider}")
    return key


def _named_keys(secret: str) -> dict[str, object]:
    try:
        keys: dict[str, object] = json.loads(secret)
    except ValueError:
        raise ModelUnavailable("the model's secret is neither a key nor JSON") from None
    return keys
