"""One client of the `openai` package for each kind of provider."""

from collections.abc import Callable

import httpx2
from openai import OpenAI
from openai.providers import bedrock

from switchboard.adapters.model.settings import ModelSettings, Provider

_OPENAI = "https://api.openai.com/v1"
_CONNECT_SECONDS = 5.0


def make_client(
    provider: Provider,
    *,
    settings: ModelSettings,
    key: Callable[[str], str],
    http_client: httpx2.Client | None = None,
) -> OpenAI:
    """A client that never retries by itself (the adapter does, within its time) and waits no longer than set.

    `key` is asked for the provider's key before each request, by the provider's name.
    """
    first = settings.first_token_seconds
    timeout = httpx2.Timeout(first, connect=min(first, _CONNECT_SECONDS))
    if provider.kind == "bedrock":
        signed = bedrock(endpoint="runtime", region=provider.region, api_key=None)
        return OpenAI(provider=signed, timeout=timeout, max_retries=0, http_client=http_client)
    return OpenAI(
        base_url=provider.base_url or _OPENAI,
        api_key=lambda: key(provider.name),
        timeout=timeout,
        max_retries=0,
        http_client=http_client,
    )
