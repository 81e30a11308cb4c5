"""One site a test, with Ada and Babbage signed in."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from tests.api.living import Live, living
from tests.api.site import Caller, Site
from tests.tables import TASKS, create_calls, create_conversations, create_people, create_records


@pytest.fixture
def site() -> Iterator[Site]:
    with mock_aws():
        dynamodb = boto3.client("dynamodb")
        create_people(dynamodb)
        create_conversations(dynamodb)
        create_records(dynamodb, TASKS)
        create_calls(dynamodb)
        made = Site(dynamodb)
        yield made
        assert made.reported == []


@pytest.fixture
def ada(site: Site) -> Caller:
    return site.signed_in("ada")


@pytest.fixture
def babbage(site: Site) -> Caller:
    return site.signed_in("babbage")


@pytest.fixture
def operator(site: Site) -> Caller:
    return site.signed_in("grace+")


@pytest.fixture(scope="module")
def running() -> Iterator[Live]:
    yield from living()
