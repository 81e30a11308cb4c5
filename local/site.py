"""The page people chat on, at an origin of its own: built, and served as the CDN serves it on AWS."""

import os
import sys
from pathlib import Path

from local.errors import NotBuilt
from local.places import ROOT
from local.ports import LOOPBACK
from local.processes import Crew
from local.waiting import wait_until
from local.web import answers
from stacks.bundling.site import site_bundle
from stacks.bundling.store import BuildFailed

NAME = "site"
START_SECONDS = 30


def build() -> Path:
    """The folder with the page. Raises NotBuilt."""
    try:
        return site_bundle().path
    except BuildFailed as error:
        raise NotBuilt(str(error)) from error


def start(crew: Crew, dist: Path, *, port: int, api: str, gateway: str) -> str:
    """Returns its address; sockets and buckets are at `gateway`. Raises ToolFailed or NotAnswering."""
    site = f"http://{LOOPBACK}:{port}"
    command = [sys.executable, "-m", "local.site_server", "--port", str(port)]
    socket = gateway.replace("http", "ws", 1)
    told = ["--dist", str(dist), "--api", api, "--socket", socket, "--files", gateway]
    crew.start(NAME, [*command, *told], env={"PATH": os.defpath}, cwd=ROOT)
    wait_until(lambda: up(crew, site), what="The site", seconds=START_SECONDS)
    return site


def up(crew: Crew, site: str) -> bool:
    crew.require_running(NAME)
    return answers(site)
