"""A stage is chosen by name, and its settings say what they mean."""

import json
from decimal import Decimal

import pytest
from aws_cdk import RemovalPolicy
from switchboard.adapters.model.settings import from_json
from switchboard.core.people.address import Address
from switchboard.core.spend.ledger import dollars
from switchboard.platform.spend_limits import from_json as spend_from_json

from stacks.channels.sms.settings import SimulatedCarrier, SimulatorNumber, SmsSettings
from stacks.settings import Spend, settings_from
from stacks.unusable_settings import UnusableSettings
from tests.stacks.assembly import LOCAL, STAGES, settings_of


def test_dev_is_the_stage_when_none_is_named() -> None:
    assert settings_from(lambda _: None).stage == "dev"


def test_an_unknown_stage_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(UnusableSettings, match="'staging': choose one of dev, prod, local"):
        settings_from({"stage": "staging"}.get)


@pytest.mark.parametrize("missing", sorted(LOCAL))
def test_the_local_stage_says_which_address_it_lacks(missing: str) -> None:
    given = {key: value for key, value in LOCAL.items() if key != missing}
    with pytest.raises(UnusableSettings, match=missing):
        settings_from({"stage": "local", **given}.get)


def test_only_prod_keeps_its_data() -> None:
    kept = {stage: settings_of(stage).removal_policy for stage in STAGES}
    assert kept == {
        "dev": RemovalPolicy.DESTROY,
        "prod": RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        "local": RemovalPolicy.DESTROY,
    }


def test_a_stage_texts_simulators_until_it_is_given_a_number_and_local_has_a_carrier_of_its_own() -> None:
    assert {settings_of(stage).of(SmsSettings).origin for stage in ("dev", "prod")} == {SimulatorNumber()}
    assert settings_of("local").of(SmsSettings).origin == SimulatedCarrier(endpoint=LOCAL["world"])


@pytest.mark.parametrize("stage", STAGES)
def test_the_functions_understand_the_model_settings(stage: str) -> None:
    written = settings_of(stage).model
    read = from_json(written.to_json())
    assert [provider.name for provider in read.providers] == [each.name for each in written.providers]
    assert read.providers[0].models.small == written.providers[0].models.small
    assert read.timeout_seconds == written.timeout_seconds


def test_a_real_model_replaces_the_simulated_one() -> None:
    given = {"model_base_url": "http://127.0.0.1:11434/v1", "model_small": "tiny"}
    settings = settings_from({"stage": "local", **LOCAL, **given}.get)
    (provider,) = json.loads(settings.model.to_json())["providers"]
    assert (provider["base_url"], provider["models"]["small"]) == ("http://127.0.0.1:11434/v1", "tiny")


def test_a_model_finishes_before_its_function_is_stopped() -> None:
    assert all(settings_of(stage).model.timeout_seconds < 120 for stage in STAGES)


@pytest.mark.parametrize("stage", STAGES)
def test_the_functions_understand_the_caps(stage: str) -> None:
    written = settings_of(stage).spend
    read = spend_from_json(written.to_json())
    assert dollars(read.person.day) == f"{Decimal(written.person_day):.6f}"
    assert dollars(read.deployment.month) == f"{Decimal(written.deployment_month):.6f}"
    assert read.warn_at == Decimal(written.warn_at)


def test_who_is_exempt_is_known_to_the_functions_but_shown_to_nobody() -> None:
    written = Spend(exempt=("web:ada-account",)).to_json()
    assert "ada-account" not in written
    assert spend_from_json(written).exempts(Address("web", "ada-account"))
    assert not spend_from_json(written).exempts(Address("web", "babbages-account"))


@pytest.mark.parametrize("address", ["sms:+12065550150", "fax:+12065550150", "+12065550150"])
def test_a_sender_that_can_be_forged_is_never_exempt(address: str) -> None:
    with pytest.raises(UnusableSettings, match="authenticates its senders"):
        Spend(exempt=("web:ada-account", address))


@pytest.mark.parametrize(
    "wrong", [{"person_day": "0"}, {"deployment_month": "-1"}, {"warn_at": "0"}, {"warn_at": "80"}]
)
def test_caps_that_mean_nothing_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(UnusableSettings):
        Spend(**wrong)  # type: ignore[arg-type]
