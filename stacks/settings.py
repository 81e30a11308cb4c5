"""What differs between stages, as typed data: a setting carries its meaning, so no stack asks for a stage."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from hashlib import sha256
from typing import Literal, TypeVar

from aws_cdk import RemovalPolicy
from aws_cdk.aws_logs import RetentionDays
from switchboard.channels import CHANNELS
from switchboard.skills import SKILLS

from stacks.bundling.store import Target
from stacks.members import Family, part_of
from stacks.model_settings import OPENAI, Capabilities, Models, ModelSettings, Provider
from stacks.unusable_settings import UnusableSettings

StageName = Literal["dev", "prod", "local"]
Own = TypeVar("Own")
LookUp = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Throttle:
    """Requests a second, and how many may come at once."""

    rate: int
    burst: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """Caps in US dollars, of each person and of everybody together, by UTC day and month.

    `warn_at` is the share of a person's cap at which they are warned. `exempt` are addresses whose
    owners are neither warned nor refused, such as "web:<account>". Only a channel that authenticates its
    senders can have any: whoever forged a phone number that is exempt would spend without limit.
    """

    person_day: str = "1.00"
    person_month: str = "10.00"
    deployment_day: str = "20.00"
    deployment_month: str = "200.00"
    warn_at: str = "0.8"
    exempt: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        caps = (self.person_day, self.person_month, self.deployment_day, self.deployment_month)
        if not all(Decimal(cap) > 0 for cap in caps) or not 0 < Decimal(self.warn_at) <= 1:
            message = "caps are over 0 dollars, and a warning comes at a share over 0 and up to 1"
            raise UnusableSettings(message)
        for address in self.exempt:
            channel = CHANNELS.get(address.partition(":")[0])
            if channel is None or not channel.authenticated:
                message = "only an address of a channel that authenticates its senders can be exempt"
                raise UnusableSettings(message)

    def to_json(self) -> str:
        """Functions know the exempt by digests: an environment is no place for numbers."""
        digests = [sha256(address.encode()).hexdigest() for address in self.exempt]
        return json.dumps({**asdict(self), "exempt": digests}, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class SignIns:
    """How often a minute a caller may try to sign in, a caller one name, and all of them one name.

    A caller is an IPv4 address or the first half of an IPv6 address.
    """

    address: int = 20
    guesses: int = 5
    name: int = 60

    def to_json(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`emulator` is the base URL of a local AWS; `target` is what the bundles are built for.

    What is under `deletion_protection` nobody deletes, not even a deployment that fails and is rolled back.
    `merge_after_hours` is how long a link that both sides confirmed can be taken back before it is made.
    """

    stage: StageName
    retain_data: bool
    deletion_protection: bool
    enforce_tls: bool
    audit: bool
    owns_gateway_log_role: bool
    access_logs: bool
    target: Target
    log_retention: RetentionDays
    cors_origins: tuple[str, ...]
    http_throttle: Throttle
    socket_throttle: Throttle
    turns_at_once: int
    deliveries_at_once: int
    model: ModelSettings
    spend: Spend = Spend()
    sign_ins: SignIns = SignIns()
    own: tuple[object, ...] = ()
    merge_after_hours: float = 24
    alarm_email: str | None = None
    emulator: str | None = None

    def __post_init__(self) -> None:
        if self.deletion_protection and not self.retain_data:
            message = "data that is not retained cannot be under deletion protection: its stack could not go"
            raise UnusableSettings(message)

    def of(self, kind: type[Own]) -> Own:
        """What a channel or a skill sets of its own, by its type. Errors: LookupError."""
        for each in self.own:
            if isinstance(each, kind):
                return each
        raise LookupError(kind.__name__)

    def having(self, own: object) -> "Settings":
        """The same with other settings of one channel or skill."""
        others = tuple(each for each in self.own if type(each) is not type(own))
        return replace(self, own=(*others, own))

    def stack_name(self, noun: str) -> str:
        return f"Switchboard-{self.stage}-{noun}"

    @property
    def metrics_namespace(self) -> str:
        """Of one stage, since an account may hold several."""
        return f"Switchboard-{self.stage}"

    @property
    def removal_policy(self) -> RemovalPolicy:
        """What is kept is kept once it is there: what a failed deployment has made goes with it.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
        """
        return RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if self.retain_data else RemovalPolicy.DESTROY


def settings_from(look_up: LookUp) -> Settings:
    """The settings of the stage named by the context key `stage`. Raises UnusableSettings."""
    stages: dict[object, Callable[[LookUp], Settings]] = {"dev": _dev, "prod": _prod, "local": _local}
    stage = look_up("stage") or "dev"
    if stage not in stages:
        message = f"there is no stage {stage!r}: choose one of {', '.join(map(str, stages))}"
        raise UnusableSettings(message)
    return stages[stage](look_up)


def _dev(look_up: LookUp) -> Settings:
    return Settings(
        stage="dev",
        retain_data=False,
        deletion_protection=False,
        enforce_tls=True,
        audit=True,
        owns_gateway_log_role=True,
        access_logs=False,
        target="aws",
        log_retention=RetentionDays.TWO_WEEKS,
        cors_origins=("http://localhost:8080",),
        http_throttle=Throttle(rate=50, burst=100),
        socket_throttle=Throttle(rate=50, burst=100),
        turns_at_once=5,
        deliveries_at_once=2,
        model=OPENAI,
        own=_own("dev"),
        alarm_email=_text(look_up, "alarm_email"),
    )


def _prod(look_up: LookUp) -> Settings:
    return Settings(
        stage="prod",
        retain_data=True,
        deletion_protection=_text(look_up, "unprotected") is None,
        enforce_tls=True,
        audit=True,
        owns_gateway_log_role=True,
        access_logs=True,
        target="aws",
        log_retention=RetentionDays.THREE_MONTHS,
        cors_origins=(),
        http_throttle=Throttle(rate=50, burst=100),
        socket_throttle=Throttle(rate=200, burst=400),
        turns_at_once=50,
        deliveries_at_once=3,
        model=OPENAI,
        own=_own("prod"),
        alarm_email=_text(look_up, "alarm_email"),
    )


def _local(look_up: LookUp) -> Settings:
    world = _required(look_up, "world")
    return Settings(
        stage="local",
        retain_data=False,
        deletion_protection=False,
        enforce_tls=False,
        audit=False,
        owns_gateway_log_role=False,
        access_logs=False,
        target="local",
        log_retention=RetentionDays.ONE_DAY,
        cors_origins=("*",),
        http_throttle=Throttle(rate=1000, burst=1000),
        socket_throttle=Throttle(rate=1000, burst=1000),
        turns_at_once=4,
        deliveries_at_once=2,
        model=_local_model(look_up, world),
        own=_own("local", world),
        sign_ins=SignIns(address=1000, guesses=30, name=1000),
        merge_after_hours=0,
        spend=Spend(
            person_day="5.00",
            person_month="100.00",
            deployment_day="100.00",
            deployment_month="1000.00",
        ),
        emulator=_required(look_up, "gateway"),
    )


def _own(stage: StageName, world: str = "") -> tuple[object, ...]:
    """What each channel and skill sets for a stage; `world` is where the laptop's stand-ins are."""
    families: tuple[tuple[Family, Iterable[str]], ...] = (("channels", CHANNELS), ("skills", SKILLS))
    parts = (part_of(family, name, "settings") for family, names in families for name in names)
    return tuple(part.STAGES[stage](world) for part in parts if part)


def _local_model(look_up: LookUp, world: str) -> ModelSettings:
    names = Models()
    provider = Provider(
        kind="compatible",
        name="local",
        base_url=_text(look_up, "model_base_url") or f"{world}/v1",
        models=Models(
            small=_text(look_up, "model_small") or names.small,
            large=_text(look_up, "model_large") or names.large,
            embedding=_text(look_up, "model_embedding") or names.embedding,
        ),
        capabilities=Capabilities(reasoning_effort=None),
    )
    return ModelSettings(providers=(provider,))


def _text(look_up: LookUp, key: str) -> str | None:
    value = look_up(key)
    return str(value) if value else None


def _required(look_up: LookUp, key: str) -> str:
    value = _text(look_up, key)
    if value is None:
        message = f"stage local needs the context value {key!r}, an address such as http://127.0.0.1:4566"
        raise UnusableSettings(message)
    return value.rstrip("/")
