"""MiniStack, the AWS of this machine. It starts with a minimal environment, since functions see all of it."""

import os

from local.places import ROOT, Places
from local.ports import LOOPBACK
from local.processes import Crew
from local.waiting import wait_until
from local.web import answers

NAME = "ministack"
PYTHON = ROOT / ".local" / "aws" / "bin" / "python"
START_SECONDS = 30


def start(crew: Crew, places: Places, *, port: int, strict: bool) -> str:
    """Returns its address. Raises ToolFailed or NotAnswering."""
    gateway = f"http://{LOOPBACK}:{port}"
    crew.start(
        NAME,
        [str(PYTHON), "-m", "ministack"],
        env=environment(places, port=port, strict=strict),
        cwd=places.folder("aws"),
    )
    wait_until(lambda: up(crew, gateway), what="MiniStack", seconds=START_SECONDS)
    return gateway


def up(crew: Crew, gateway: str) -> bool:
    crew.require_running(NAME)
    return answers(f"{gateway}/_ministack/health")


def environment(places: Places, *, port: int, strict: bool) -> dict[str, str]:
    """`strict` has every call checked against the caller's policies."""
    return {
        "PATH": os.defpath,
        "HOME": str(places.folder("aws/home")),
        "TMPDIR": str(places.folder("aws/tmp")),
        "STATE_DIR": str(places.folder("aws/state")),
        "S3_DATA_DIR": str(places.folder("aws/buckets")),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": LOOPBACK,
        "MINISTACK_HOST": LOOPBACK,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LAMBDA_WARM_TTL_SECONDS": "300",
        "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
        "AUTH": "true" if strict else "false",
    }
