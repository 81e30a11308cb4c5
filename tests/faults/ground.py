"""The ground that faults are tried on: a laptop of its own with IAM enforced, made impatient and sabotaged.

What differs from what `make up --strict` deploys, all of it set from outside after the deployment: the
functions that a text passes through have the saboteur in them; what failed comes again after seconds, not
minutes; a model's silence counts as a timeout after three seconds; the spending caps are out of the way.
The leases, attempts, dead letters and grants are those that are deployed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TextIO

from local.cloud import CLIENT, LocalAws, outputs
from local.interrupts import Interrupts
from local.laptop import Laptop, Wishes
from local.places import Places
from local.processes import Crew
from local.steps import Steps
from local.web import client
from tests.e2e.inside import Inside, inside_of
from tests.e2e.outside import World
from tests.e2e.queues import Queues
from tests.faults.sabotage import Sabotage

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sns import SNSClient

AGAIN_AFTER_SECONDS = 6


@dataclass(frozen=True, slots=True)
class Ground:
    """`work` are the queues that feed functions, `topics` what functions and the carrier speak on."""

    world: World
    inside: Inside
    queues: Queues
    sns: "SNSClient"
    functions: "LambdaClient"
    topics: list[str]
    work: list[str]
    folder: Path

    def sweep(self) -> None:
        """What the schedule does every minute; a sweep that dies does not matter."""
        name = self.inside.functions["sweep_overdue"]["FunctionName"]
        self.functions.invoke(FunctionName=name, InvocationType="Event", Payload=b"{}")

    def held(self) -> int:
        """Messages that wait to be worked on or redriven. A sweep that failed is made up for by the next."""
        dead = map(self.queues.dead_letters_of, self.work)
        return sum(map(self.queues.held, [*self.work, *dead]))

    def redrive(self) -> int:
        """What an operator does about dead letters; returns how many went back."""
        return sum(self.queues.redrive(self.queues.dead_letters_of(url), url) for url in self.work)


@contextmanager
def ground(out: TextIO | None = None) -> Iterator[Ground]:
    with TemporaryDirectory() as home, Interrupts() as interrupts:
        places = Places(Path(home))
        places.clear()
        with Crew(places, interrupts) as crew:
            endpoints = Laptop(Wishes(strict=True), places, crew, Steps(out)).bring_up()
            with client(endpoints.world) as http:
                yield _sabotaged(World(http), endpoints.access, places.folder("saboteur"))


def _sabotaged(world: World, aws: LocalAws, folder: Path) -> Ground:
    made = aws.session()
    inside = inside_of(aws)
    queues = Queues(made.client("sqs", endpoint_url=aws.url, config=CLIENT))
    functions = made.client("lambda", endpoint_url=aws.url, config=CLIENT)
    Sabotage(functions, inside, folder).commit()
    work = queues.at_work()
    for url in work:
        queues.sqs.set_queue_attributes(
            QueueUrl=url, Attributes={"VisibilityTimeout": str(AGAIN_AFTER_SECONDS)}
        )
    found = outputs(aws)
    return Ground(
        world=world,
        inside=inside,
        queues=queues,
        sns=made.client("sns", endpoint_url=aws.url, config=CLIENT),
        functions=functions,
        topics=[found[f"{name}TopicArn"] for name in ("Replies", "SmsEvents")],
        work=work,
        folder=folder,
    )
