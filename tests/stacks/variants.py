"""Every combination of context and settings that README and docs tell an operator about."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, reduce

from stacks.channels.sms.settings import ExistingNumber, ExistingPool, SimulatorNumber, SmsSettings
from stacks.model_settings import Models, ModelSettings, Provider
from stacks.settings import Settings, Spend, settings_from
from stacks.skills.calls.settings import AMAZON, Calls
from tests.stacks.assembly import STAGES, Assembly, Audited, audit, settings_of

NUMBER = "arn:aws:sms-voice:us-east-1:111122223333:phone-number/phone-0123456789abcdef0123456789abcdef"
ANOTHER_NUMBER = NUMBER.replace("phone-0", "phone-f")
POOL = "arn:aws:sms-voice:us-east-1:111122223333:pool/pool-0123456789abcdef0123456789abcdef"
EMAIL = "operator@example.com"
BEDROCK = Provider(
    kind="bedrock",
    name="bedrock",
    region="us-east-1",
    models=Models(small="openai.gpt-oss-20b-1:0", large="openai.gpt-oss-120b-1:0"),
)
PROFILES = Provider(
    kind="bedrock",
    name="bedrock",
    region="us-east-1",
    models=Models(small="us.openai.gpt-oss-20b-1:0", large="global.openai.gpt-oss-120b-1:0"),
)
AZURE = Provider(kind="azure", name="azure", base_url="https://example.openai.azure.com/openai/v1/")
COMPATIBLE = Provider(kind="compatible", name="own", base_url="https://models.example.com/v1")
ABROAD = ("US", "CA", "GB", "DE")
EXEMPT = ("web:ada", "web:grace")
WORDED = SmsSettings(
    origin=SimulatorNumber(),
    countries=("US", "GB"),
    max_price="0.25",
    help_text="Ask at help@example.com.",
    stop_text="Goodbye.",
)


def _with_email(stage: str) -> Callable[[], Settings]:
    return lambda: settings_from({"stage": stage, "alarm_email": EMAIL}.get)


def _on(stage: str, *own: object, **changes: object) -> Callable[[], Settings]:
    """With alarms by e-mail, as the runbook has it; `own` are settings of a channel or a skill."""

    def made() -> Settings:
        settings = replace(settings_of(stage), **{"alarm_email": EMAIL, **changes})  # type: ignore[arg-type]
        return reduce(Settings.having, own, settings)

    return made


VARIANTS: Mapping[str, Callable[[], Settings]] = {
    "dev with alarms by e-mail": _with_email("dev"),
    "prod with alarms by e-mail": _with_email("prod"),
    "prod with a number that is there": _on("prod", SmsSettings(origin=ExistingNumber(NUMBER))),
    "prod with another number that is there": _on("prod", SmsSettings(origin=ExistingNumber(ANOTHER_NUMBER))),
    "prod with a pool that is there": _on("prod", SmsSettings(origin=ExistingPool(POOL))),
    "prod with other texts": _on("prod", WORDED),
    "prod with Amazon Transcribe": _on("prod", Calls(transcriber=AMAZON)),
    "prod with Bedrock": _on("prod", model=ModelSettings(providers=(BEDROCK,))),
    "prod with Bedrock's inference profiles": _on("prod", model=ModelSettings(providers=(PROFILES,))),
    "prod with Azure": _on("prod", model=ModelSettings(providers=(AZURE,))),
    "prod with fallbacks": _on("prod", model=ModelSettings(providers=(BEDROCK, AZURE, COMPATIBLE))),
    "prod deployed for the first time": lambda: settings_from({"stage": "prod", "unprotected": "yes"}.get),
    "prod that gives its data up": _on("prod", retain_data=False, deletion_protection=False),
    "prod that keeps recordings for ever and texts for a month": _on(
        "prod", Calls(audio_days=0, text_days=30)
    ),
    "prod with other countries and exempt addresses": _on(
        "prod",
        replace(settings_of("prod").of(SmsSettings), countries=ABROAD, max_price="0.50"),
        spend=Spend(exempt=EXEMPT),
    ),
}
WHOLE = ("dev", "prod")
IN_AWS = (*WHOLE, *VARIANTS)
"""What is synthesized for AWS: every stage but the laptop's, and every variant."""
EVERYTHING = (*STAGES, *VARIANTS)


def settings_named(name: str) -> Settings:
    """The settings of a stage or of a variant."""
    return VARIANTS[name]() if name in VARIANTS else settings_of(name)


def audited(name: str) -> Audited:
    """A stage or a variant, and what the rule packs find in it. Errors: RuntimeError where CDK refuses it."""
    found = _audited(name)
    if isinstance(found, RuntimeError):
        raise found
    return found


@cache
def _audited(name: str) -> Audited | RuntimeError:
    """What cannot be synthesized is not tried again by each of the thousands of tests that read it."""
    try:
        return audit(settings_named(name))
    except RuntimeError as error:
        return error


def assembled(name: str) -> Assembly:
    return audited(name).assembly
