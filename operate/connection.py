"""How a stage's AWS is reached: with the operator's own credentials, or at the laptop's address."""

from dataclasses import dataclass
from pathlib import Path

import boto3
from botocore.config import Config

from local.cloud import CLIENT
from local.endpoints import read
from operate.errors import NoStage

IN_AWS = Config(connect_timeout=5, read_timeout=30, retries={"mode": "standard", "total_max_attempts": 5})


@dataclass(frozen=True, slots=True)
class Door:
    session: boto3.session.Session
    config: Config = IN_AWS
    endpoint: str | None = None


def door_to(stage: str, *, endpoints: Path) -> Door:
    """`endpoints` is what a running laptop writes. Errors: NoStage."""
    if stage != "local":
        return Door(boto3.session.Session())
    if not endpoints.exists():
        raise NoStage("No laptop is up here: `make up` starts one.")
    aws = read(endpoints).access
    return Door(aws.session(), CLIENT, aws.url)
