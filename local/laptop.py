"""Brings Switchboard up on this machine, step by step."""

from dataclasses import dataclass

from switchboard.core.secret_labels import SecretLabel

from local import first_answers, ministack, outside, site
from local.cdk import Cdk
from local.cloud import REGION, Outputs, outputs
from local.endpoints import Endpoints, write
from local.mend import mend
from local.model_choice import RealModel
from local.places import Places
from local.ports import port_for
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
class Laptop:
    wishes: Wishes
    places: Places
    crew: Crew
    steps: Steps

    def bring_up(self) -> Endpoints:
        """Raises LaptopError; whoever owns the crew ends what was started."""
        gateway, world = self._start()
        found = self._deploy(gateway, world)
        return self._furnish(gateway, world, found)

    def _start(self) -> tuple[str, str]:
        wishes = self.wishes
        aws = port_for("the local AWS", asked=wishes.aws_port, usual=wishes.usual_aws)
        port = port_for("the world", asked=wishes.world_port, usual=wishes.usual_world)
        with self.steps.step("starting MiniStack, the local AWS", f"MiniStack answers on port {aws}"):
            gateway = ministack.start(self.crew, self.places, port=aws, strict=wishes.strict)
        with self.steps.step("starting the world", f"the world answers on port {port}"):
            world = outside.start(self.crew, port=port)
        return gateway, world

    def _deploy(self, gateway: str, world: str) -> Outputs:
        cdk = Cdk(self.crew, self.places, gateway)
        with self.steps.step("synthesizing the stacks", "synthesized"):
            cdk.synthesize(self._context(gateway, world))
        with self.steps.step("bootstrapping the account", "bootstrapped"):
            cdk.bootstrap()
        with self.steps.step("deploying the stacks", "deployed"):
            cdk.deploy()
        with self.steps.step(
            "mending what CloudFormation drops here", "mended what CloudFormation drops here"
        ):
            mend(gateway, self.places.assembly)
        return outputs(gateway)

    def _context(self, gateway: str, world: str) -> dict[str, str]:
        model = self.wishes.model
        return {"stage": "local", "gateway": gateway, "world": world, **(model.context if model else {})}

    def _serve(self, gateway: str, found: Outputs) -> str:
        """The last address to be known, since the page is told of the others."""
        wishes = self.wishes
        port = port_for("the site", asked=wishes.site_port, usual=wishes.usual_site)
        with self.steps.step("building the page", "built the page"):
            dist = site.build()
        with self.steps.step("starting the site", f"the site answers on port {port}"):
            return site.start(self.crew, dist, port=port, api=found["HttpApiUrl"], gateway=gateway)

    def _furnish(self, gateway: str, world: str, found: Outputs) -> Endpoints:
        model = self.wishes.model
        with self.steps.step("filling the secret", "the secret holds every key"):
            values = fill_secret(gateway, found, model_key=model.key if model else None)
        with self.steps.step(
            "joining the world to the assistant", "the carrier and the transcriber reach the assistant"
        ):
            number = outside.wire(
                world, gateway=gateway, outputs=found, signs_with=values[SecretLabel.TRANSCRIPTS]
            )
        with self.steps.step("seeding a demo person", "a demo person can sign in"):
            person = seed_demo(gateway, found)
        served = self._serve(gateway, found)
        endpoints = Endpoints(
            aws=gateway,
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
