"""Fetching a recording from where the client says it lies, which here is loopback or nowhere."""

from http import HTTPStatus

import anyio
import httpx2

from local.guard import host_name, is_local
from local.world.transcriber.errors import TranscriberError

LIMIT = 256 * 1024 * 1024
WHOLE_SECONDS = 60
TIMEOUTS = httpx2.Timeout(10, connect=3)


def failed(reason: str) -> TranscriberError:
    return TranscriberError("invalid_parameters", f"source_url: {reason}", param="source_url")


async def fetch(url: str) -> bytes:
    """Raises TranscriberError."""
    if not url.startswith(("http://", "https://")) or not is_local(host_name(url)):
        raise failed("the world fetches from loopback names only.")
    try:
        with anyio.fail_after(WHOLE_SECONDS):
            return await downloaded(url)
    except TimeoutError as error:
        raise failed("the download took too long.") from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise failed("the file could not be downloaded.") from error


async def downloaded(url: str) -> bytes:
    audio = bytearray()
    async with (
        httpx2.AsyncClient(trust_env=False, timeout=TIMEOUTS) as client,
        client.stream("GET", url) as response,
    ):
        if response.status_code != HTTPStatus.OK:
            raise failed(f"the file could not be downloaded, the server answered {response.status_code}.")
        async for chunk in response.aiter_bytes():
            audio += chunk
            if len(audio) > LIMIT:
                raise failed(f"the file is larger than {LIMIT} bytes.")
    return bytes(audio)
