"""The local AWS as a client sees it: where it is, how to sign in, what the stacks gave out."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

import boto3
import botocore.session
from botocore.config import Config

REGION = "us-east-1"
ACCOUNT = "000000000000"
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


@dataclass(frozen=True, slots=True)
class LocalAws:
    """Where the local AWS is, and the access key of this run: whoever has it is the account's root."""

    url: str
    key_id: str
    secret: str = field(repr=False)

    def session(self) -> boto3.session.Session:
        """Knows nothing of the developer's own AWS; its clients take `endpoint_url` and `CLIENT`."""
        return boto3.session.Session(
            aws_access_key_id=self.key_id,
            aws_secret_access_key=self.secret,
            region_name=REGION,
            botocore_session=botocore.session.Session(NO_PROFILE),
        )


def new_access(url: str) -> LocalAws:
    """A key of this run alone."""
    return LocalAws(url, f"AKIA{secrets.token_hex(8).upper()}", secrets.token_urlsafe(30))


def outputs(aws: LocalAws) -> Outputs:
    cloudformation = aws.session().client("cloudformation", endpoint_url=aws.url, config=CLIENT)
    ours = [
        stack for stack in cloudformation.describe_stacks()["Stacks"] if stack["StackName"].startswith(STACKS)
    ]
    values = {
        output["OutputKey"]: output["OutputValue"] for stack in ours for output in stack.get("Outputs", [])
    }
    return Outputs(tuple(sorted(stack["StackName"] for stack in ours)), values)


def tool_environment(aws: LocalAws) -> dict[str, str]:
    """What sends any AWS tool here, and keeps it from asking anywhere else."""
    return {
        "AWS_ENDPOINT_URL": aws.url,
        "AWS_ENDPOINT_URL_S3": aws.url,
        "AWS_ACCESS_KEY_ID": aws.key_id,
        "AWS_SECRET_ACCESS_KEY": aws.secret,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }
