"""From which address a request came, by the word of somebody who does not make it up."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import boto3

from switchboard.adapters.cached_secret import CachedSecret, SecretUnavailable
from switchboard.core.secret_labels import CDN_KEY, SecretLabel
from switchboard.platform.aws import QUICK

if TYPE_CHECKING:
    from fastapi import Request


@dataclass(frozen=True, slots=True)
class Callers:
    """`key` is what the CDN shows; it is asked for only when a request shows something."""

    key: Callable[[], str]

    def __call__(self, request: Request) -> str:
        """The CDN appends its viewer's address to what it forwards; anybody else's word is not taken.

        https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
        """
        connected = request.client.host if request.client else ""
        if not self._by_cdn(request.headers.get(CDN_KEY, "")):
            return connected
        chain = [each.strip() for each in request.headers.get("x-forwarded-for", "").split(",")]
        viewers = [each for each in chain if each and each != connected]
        return viewers[-1] if viewers else connected

    def _by_cdn(self, shown: str) -> bool:
        """Where the key cannot be read, nobody is the CDN: people are slowed down, and not shut out."""
        if not shown:
            return False
        try:
            known = self.key()
        except SecretUnavailable:
            return False
        return bool(known) and hmac.compare_digest(shown.encode(), known.encode())


def callers(secret: str) -> Callers:
    """`secret` is the ARN of the deployment's secret."""

    @cache
    def kept() -> CachedSecret:
        return CachedSecret(boto3.client("secretsmanager", config=QUICK), secret, SecretLabel.CDN)

    def key() -> str:
        return kept()()

    return Callers(key)
