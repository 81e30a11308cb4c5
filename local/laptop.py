"""Brings Switchboard up on this machine, step by step."""

from dataclasses import dataclass

from switchboard.core.secret_labels import SecretLabel

from local import first_answers, ministack, outside, site
from local.cdk import Cdk
from local.cloud import REGION, LocalAws, Outputs, outputs
from local.endpoints import Endpoints, write
from local.mend import mend
from local.model_choice import RealModel
from local.places import Places
from local.ports import LOOPBACK, port_for
from local.processes import Crew
from local.seed import fill_secret, seed_demo
from local.steps import Steps


@dataclass(frozen=True, slots=True)
class Wishes:
    """`usual_*` are ports taken when they are free and nothing was asked for; 0 is any."""

    strict: bool = False
    aws_port: int | None = None
    world_port: int | None = None
    site_port: int | None = None
    usual_aws: int = 0
    usual_world: int = 0
    usual_site: int = 0
    model: RealModel | None = None


@dataclass(frozen=True, slots=True)
class Ports:
    aws: int
    world: int
    site: int

    @property
    def site_origin(self) -> str:
        return f"http://{LOOPBACK}:{self.site}"


@dataclass(frozen=True, slots=True)
class Laptop:
    wishes: Wishes
    places: Places
    crew: Crew
    steps: Steps

    def bring_up(self) -> Endpoints:
        """Raises LaptopError; whoever owns the crew ends what was started."""
        ports = self._ports()
        aws, world = self._start(ports)
        found = self._deploy(aws, world)
        return self._furnish(aws, world, ports, found)

    def _ports(self) -> Ports:
        wishes = self.wishes
        return Ports(
            aws=port_for("the local AWS", asked=wishes.aws_port, usual=wishes.usual_aws),
            world=port_for("the world", asked=wishes.world_port, usual=wishes.usual_world),
            site=port_for("the site", asked=wishes.site_port, usual=wishes.usual_site),
        )

    def _start(self, ports: Ports) -> tuple[LocalAws, str]:
        with self.steps.step("starting MiniStack, the local AWS", f"MiniStack answers on port {ports.aws}"):
            aws = ministack.start(
                self.crew, self.places, port=ports.aws, origin=ports.site_origin, strict=self.wishes.strict
            )
        with self.steps.step("starting the world", f"the world answers on port {ports.world}"):
            world = outside.start(self.crew, port=ports.world)
        return aws, world

    def _deploy(self, aws: LocalAws, world: str) -> Outputs:
        cdk = Cdk(self.crew, self.places, aws)
        with self.steps.step("synthesizing the stacks", "synthesized"):
            cdk.synthesize(self._context(aws.url, world))
        with self.steps.step("bootstrapping the account", "bootstrapped"):
            cdk.bootstrap()
        with self.steps.step("deploying the stacks", "deployed"):
            cdk.deploy()
        with self.steps.step(
            "mending what CloudFormation drops here", "mended what CloudFormation drops here"
        ):
            mend(aws, self.places.assembly)
        return outputs(aws)

    def _context(self, gateway: str, world: str) -> dict[str, str]:
        model = self.wishes.model
        return {"stage": "local", "gateway": gateway, "world": world, **(model.context if model else {})}

    def _serve(self, gateway: str, port: int, found: Outputs) -> str:
        with self.steps.step("building the page", "built the page"):
            dist = site.build()
        with self.steps.step("starting the site", f"the site answers on port {port}"):
            return site.start(self.crew, dist, port=port, api=found["HttpApiUrl"], gateway=gateway)

    def _furnish(self, aws: LocalAws, world: str, ports: Ports, found: Outputs) -> Endpoints:
        model = self.wishes.model
        with self.steps.step("filling the secret", "the secret holds every key"):
            values = fill_secret(aws, found, model_key=model.key if model else None)
        with self.steps.step(
            "joining the world to the assistant", "the carrier and the transcriber reach the assistant"
        ):
            number = outside.wire(world, aws=aws, outputs=found, signs_with=values[SecretLabel.TRANSCRIPTS])
        with self.steps.step("seeding a demo person", "a demo person can sign in"):
            person = seed_demo(aws, found)
        served = self._serve(aws.url, ports.site, found)
        endpoints = Endpoints(
            aws=aws.url,
            aws_access_key_id=aws.key_id,
            aws_secret_access_key=aws.secret,
            region=REGION,
            http_api=found["HttpApiUrl"],
            websocket=found["WebSocketUrl"],
            site=served,
            world=world,
            ca=None,
            number=number,
            demo=person,
            stacks=found.stacks,
        )
        with self.steps.step("asking for first answers", "sign-in and socket answer"):
            first_answers.require_answers(endpoints)
        self.crew.require_running()
        write(endpoints, self.places.endpoints)
        return endpoints
