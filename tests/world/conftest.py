"""A running world, an SNS that listens, and the official clients pointed at them.

The server, the clients and the listener live as long as the session; the world itself is new for each test.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import boto3
import httpx2
import pytest
from botocore.config import Config
from mypy_boto3_pinpoint_sms_voice_v2 import PinpointSMSVoiceV2Client
from openai import OpenAI

from local.world.app import create_app
from local.world.ports import real_ports
from local.world.wiring import Publisher, Wiring, connect_sns
from tests.world.dictation import Dictation
from tests.world.running import NewWorlds, RunningWorld, running
from tests.world.stub_client import StubClient
from tests.world.stub_sns import StubSns


@cache
def connect_once(endpoint_url: str, region: str, topic: str) -> Publisher:
    wiring = Wiring.model_validate(
        {
            "endpoint_url": endpoint_url,
            "region": region,
            "access_key_id": "AKIDLOCAL",
            "secret_access_key": "local",
            "inbound_topic": topic,
        }
    )
    return connect_sns(wiring)


def connect(wiring: Wiring) -> Publisher:
    """The topics do not matter to the client: one for each endpoint is enough."""
    return connect_once(wiring.endpoint_url, wiring.region, "arn:aws:sns:us-east-1:000000000000:any")


PORTS = replace(real_ports(), connect=connect, recordings=Path(os.devnull))


@pytest.fixture(scope="session")
def worlds() -> NewWorlds:
    return NewWorlds(create_app(PORTS))


@pytest.fixture(scope="session")
def server(worlds: NewWorlds) -> Iterator[RunningWorld]:
    with running(worlds) as started:
        yield started


@pytest.fixture(scope="session")
def listener() -> Iterator[StubSns]:
    with StubSns() as stub:
        yield stub


@pytest.fixture
def world(worlds: NewWorlds, server: RunningWorld) -> RunningWorld:
    worlds.current = create_app(PORTS)
    return server


@pytest.fixture
def sns(world: RunningWorld, listener: StubSns) -> StubSns:
    listener.forget()
    assert world.wire(listener.url, account=listener.account).status == 200
    return listener


@pytest.fixture(scope="session")
def sms_client(server: RunningWorld) -> Iterator[PinpointSMSVoiceV2Client]:
    client = boto3.client(
        "pinpoint-sms-voice-v2",
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}, proxies={}),
    )
    yield client
    client.close()


@pytest.fixture
def sms(world: RunningWorld, sms_client: PinpointSMSVoiceV2Client) -> PinpointSMSVoiceV2Client:
    return sms_client


@pytest.fixture(scope="session")
def openai_client(server: RunningWorld) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{server.url}/v1", api_key="any", max_retries=0, timeout=10) as client:
        yield client


@pytest.fixture
def openai(world: RunningWorld, openai_client: OpenAI) -> OpenAI:
    return openai_client


@pytest.fixture(scope="session")
def http() -> Iterator[httpx2.Client]:
    with httpx2.Client(trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def dictation(world: RunningWorld, http: httpx2.Client) -> Iterator[Dictation]:
    with StubClient() as stub:
        yield Dictation(world, stub, http)
