"""The local AWS as a client sees it: where it is, how to sign in, what the stacks gave out."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

import boto3
import botocore.session
from botocore.config import Config

REGION = "us-east-1"
ACCOUNT = "000000000000"
KEY = "test"
CLIENT = Config(connect_timeout=3, read_timeout=30, retries={"total_max_attempts": 3}, proxies={})
STACKS = "Switchboard-local-"
NO_PROFILE = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}


@dataclass(frozen=True, slots=True)
class Outputs:
    """Names of the deployed stacks, and what they give out by key."""

    stacks: tuple[str, ...]
    values: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.values[key]


def session() -> boto3.session.Session:
    """Knows nothing of the developer's own AWS; its clients take `endpoint_url` and `CLIENT`."""
    return boto3.session.Session(
        aws_access_key_id=KEY,
        aws_secret_access_key=KEY,
        region_name=REGION,
        botocore_session=botocore.session.Session(NO_PROFILE),
    )


def outputs(gateway: str) -> Outputs:
    cloudformation = session().client("cloudformation", endpoint_url=gateway, config=CLIENT)
    ours = [
        stack for stack in cloudformation.describe_stacks()["Stacks"] if stack["StackName"].startswith(STACKS)
    ]
    values = {
        output["OutputKey"]: output["OutputValue"] for stack in ours for output in stack.get("Outputs", [])
    }
    return Outputs(tuple(sorted(stack["StackName"] for stack in ours)), values)


def tool_environment(gateway: str) -> dict[str, str]:
    """What sends any AWS tool here, and keeps it from asking anywhere else."""
    return {
        "AWS_ENDPOINT_URL": gateway,
        "AWS_ENDPOINT_URL_S3": gateway,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": KEY,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }
