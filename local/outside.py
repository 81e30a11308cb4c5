"""The world beside the local AWS: started, and joined to the topics and the webhook once they exist."""

import os
import sys

from local.cloud import REGION, LocalAws, Outputs
from local.places import ROOT
from local.ports import LOOPBACK
from local.processes import Crew
from local.waiting import wait_until
from local.web import answers, client
from local.world.wiring import DEFAULT_NUMBER

NAME = "world"
START_SECONDS = 30
WEBHOOK = "/transcribers/elevenlabs"


def start(crew: Crew, *, port: int) -> str:
    """Returns its address. Raises ToolFailed or NotAnswering."""
    world = f"http://{LOOPBACK}:{port}"
    command = [sys.executable, "-m", "local.world", "--port", str(port)]
    environment = {"PATH": os.defpath, "AWS_CONFIG_FILE": os.devnull}
    crew.start(NAME, command, env=environment, cwd=ROOT)
    wait_until(lambda: up(crew, world), what="The world", seconds=START_SECONDS)
    return world


def up(crew: Crew, world: str) -> bool:
    crew.require_running(NAME)
    return answers(f"{world}/health")


def wire(world: str, *, aws: LocalAws, outputs: Outputs, signs_with: str) -> str:
    """From now on texts and transcripts, which are signed, reach the assistant; returns its number."""
    webhook = {"url": outputs["HttpApiUrl"] + WEBHOOK, "secret": signs_with}
    wiring = {
        "endpoint_url": aws.url,
        "access_key_id": aws.key_id,
        "secret_access_key": aws.secret,
        "region": REGION,
        "inbound_topic": outputs["InboundTopicArn"],
        "events_topic": outputs["SmsEventsTopicArn"],
        "number": DEFAULT_NUMBER,
        "transcripts_webhook": webhook,
    }
    with client(world) as http:
        http.put("/wiring", json=wiring).raise_for_status()
    return DEFAULT_NUMBER
