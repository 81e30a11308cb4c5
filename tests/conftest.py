"""No test leaves the machine or reads what its developer has configured."""

import asyncio
import gc
import os
from collections.abc import Iterator

import botocore.session
import pytest
from hypothesis import settings
from pytest_socket import disable_socket

from tests.large_values import bound_comparisons

NOWHERE = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


def pytest_configure() -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(NOWHERE)
    _read_service_models_once()
    bound_comparisons()


def _read_service_models_once() -> None:
    """Each mock of AWS begins a new session, which would read them all again."""
    loader = botocore.session.create_loader()
    botocore.session.create_loader = lambda *_args, **_kwargs: loader


def pytest_collection_finish() -> None:
    """What is there by now stays: no later collection of garbage looks through it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests that talk to something of their own on this machine say so by the marker `enable_socket`."""
    if item.get_closest_marker("enable_socket") is None:
        disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="module", autouse=True)
def event_loop() -> Iterator[None]:
    """The API's adapter leaves the loop it runs on to the process; here somebody closes it."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    asyncio.set_event_loop(None)
    loop.close()
