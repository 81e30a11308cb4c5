"""MiniStack, the AWS of this machine. It starts with a minimal environment, since functions see all of it."""

import os
from pathlib import Path

from local.cloud import LocalAws, new_access
from local.places import ROOT, Places
from local.ports import LOOPBACK
from local.processes import Crew
from local.waiting import wait_until
from local.web import answers

NAME = "ministack"
GUARDED = Path(__file__).with_name("guarded_aws.py")
PYTHON = ROOT / ".local" / "aws" / "bin" / "python"
START_SECONDS = 30


def start(crew: Crew, places: Places, *, port: int, origin: str, strict: bool) -> LocalAws:
    """`origin` is the page's, which connects and uploads. Raises ToolFailed or NotAnswering."""
    aws = new_access(f"http://{LOOPBACK}:{port}")
    crew.start(
        NAME,
        [str(PYTHON), str(GUARDED), "--origin", origin],
        env=environment(places, aws, port=port, strict=strict),
        cwd=places.folder("aws"),
    )
    wait_until(lambda: up(crew, aws.url), what="MiniStack", seconds=START_SECONDS)
    return aws


def up(crew: Crew, gateway: str) -> bool:
    crew.require_running(NAME)
    return answers(f"{gateway}/_ministack/health")


def environment(places: Places, aws: LocalAws, *, port: int, strict: bool) -> dict[str, str]:
    """`strict` has every call checked against the caller's policies."""
    return {
        "PATH": os.defpath,
        "HOME": str(places.folder("aws/home")),
        "TMPDIR": str(places.folder("aws/tmp")),
        "STATE_DIR": str(places.folder("aws/state")),
        "S3_DATA_DIR": str(places.folder("aws/buckets")),
        "AWS_ACCESS_KEY_ID": aws.key_id,
        "AWS_SECRET_ACCESS_KEY": aws.secret,
        "GATEWAY_PORT": str(port),
        "BIND_HOST": LOOPBACK,
        "MINISTACK_HOST": LOOPBACK,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LAMBDA_WARM_TTL_SECONDS": "300",
        "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
        "AUTH": "true" if strict else "false",
    }
