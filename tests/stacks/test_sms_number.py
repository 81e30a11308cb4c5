"""The carrier's side: a number, its pool, what may be sent where, and for how much."""

import re
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files

import pytest
from aws_cdk.assertions import Match, Template
from cfnlint.helpers import REGIONS  # type: ignore[import-untyped]
from switchboard.channels.sms import SPEC
from switchboard.platform.prices import price_book

from stacks.channels.sms.countries import COUNTRIES
from stacks.channels.sms.settings import ExistingNumber, ExistingPool, SimulatorNumber, SmsSettings
from stacks.handlers import name_of
from stacks.unusable_settings import UnusableSettings
from tests.stacks.assembly import ROOT, STAGES, assembly, settings_of, synthesize
from tests.stacks.schemas import types_in
from tests.stacks.variants import NUMBER, POOL, assembled

NUMBER_PAGE = ROOT / "docs" / "number.md"
KINDS = ("AWS::SMSVOICE::PhoneNumber", "AWS::SMSVOICE::Pool")
NOT_DOCUMENTED = frozenset(
    {
        *("AQ", "AX", "BL", "BQ", "BV", "CC", "CU", "CW", "CX", "EH", "FK", "GS", "HM", "IO", "IR"),
        *("KP", "MF", "NR", "PM", "PN", "SD", "SH", "SJ", "SX", "SY", "TF", "TK", "UM", "VA", "WF"),
    }
)
"""Of ISO 3166-1, what no document of AWS names as a destination: docs/decisions/0014-countries.md."""


def _template(name: str) -> Template:
    return Template.from_json(dict(assembled(name).templates["Assistant"]))


@pytest.mark.parametrize("variant", ["dev", "prod", "prod with a number that is there"])
def test_what_people_text_goes_to_the_inbound_topic_and_opt_outs_are_ours(variant: str) -> None:
    sms = settings_of("prod").of(SmsSettings)
    _template(variant).has_resource_properties(
        "AWS::SMSVOICE::Pool",
        {
            "TwoWay": {"Enabled": True, "ChannelArn": Match.any_value()},
            "SelfManagedOptOutsEnabled": True,
            "MandatoryKeywords": {"HELP": {"Message": sms.help_text}, "STOP": {"Message": sms.stop_text}},
        },
    )


def test_delivery_events_go_to_their_topic() -> None:
    destination = {"MatchingEventTypes": ["TEXT_ALL"], "SnsDestination": {"TopicArn": Match.any_value()}}
    _template("prod").has_resource_properties(
        "AWS::SMSVOICE::ConfigurationSet",
        {"EventDestinations": [Match.object_like(destination)], "ProtectConfigurationId": Match.any_value()},
    )


def _rules(variant: str) -> dict[str, str]:
    (protection,) = assembled(variant).resources("AWS::SMSVOICE::ProtectConfiguration")
    rules = protection.properties["CountryRuleSet"]["SMS"]
    return {rule["CountryCode"]: rule["ProtectStatus"] for rule in rules}


def test_every_country_but_the_listed_is_blocked_by_name() -> None:
    status = _rules("prod with other texts")
    assert {code for code, rule in status.items() if rule == "ALLOW"} == {"US", "GB"}
    assert {code for code, rule in status.items() if rule == "BLOCK"} == COUNTRIES - {"US", "GB"}


def test_every_country_of_the_standard_is_listed_or_known_not_to_be_documented() -> None:
    table = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8").splitlines()
    standard = {line.split("\t")[0] for line in table if not line.startswith("#")}
    assert standard == COUNTRIES | NOT_DOCUMENTED
    assert not COUNTRIES & NOT_DOCUMENTED


def _told(variant: str) -> dict[str, object]:
    functions = assembled(variant).resources("AWS::Lambda::Function")
    (deliver,) = (each for each in functions if name_of(each.properties["Handler"]) == "sms.deliver")
    variables: dict[str, object] = deliver.properties["Environment"]["Variables"]
    return variables


def test_a_number_that_is_there_gets_a_pool_and_is_itself_left_alone() -> None:
    of = assembled("prod with a number that is there")
    assert not list(of.resources("AWS::SMSVOICE::PhoneNumber"))
    (pool,) = of.resources("AWS::SMSVOICE::Pool")
    assert pool.properties["OriginationIdentities"] == [NUMBER]
    assert _told("prod with a number that is there")["ORIGINATION"] == {"Fn::GetAtt": [pool.id, "Arn"]}


def test_a_pool_that_is_there_is_used_as_it_is() -> None:
    assert not list(assembled("prod with a pool that is there").resources(*KINDS))
    assert _told("prod with a pool that is there")["ORIGINATION"] == POOL


def test_the_laptop_has_nothing_of_the_carrier() -> None:
    assert not [each for each in assembly("local").resources() if "SMSVOICE" in each.type]


@pytest.mark.parametrize("stage", STAGES)
def test_a_message_of_the_most_parts_costs_no_more_than_is_allowed(stage: str) -> None:
    sms, prices = settings_of(stage).of(SmsSettings), price_book().parts["sms"]
    assert all(prices[country].whole * SPEC.page_parts <= Decimal(sms.max_price) for country in sms.countries)


def test_a_price_under_that_of_a_message_is_refused_with_the_country() -> None:
    sms = SmsSettings(origin=SimulatorNumber(), countries=("US", "DE"), max_price="0.10")
    with pytest.raises(
        UnusableSettings, match=r"max_price is 0\.10, but a reply of 2 parts to DE costs 0\.50"
    ):
        synthesize(replace(settings_of("prod"), audit=False).having(sms))


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"max_price": "1"}, "'1' is no price"),
        ({"max_price": "100.00"}, "'100.00' is no price"),
        ({"help_text": " "}, "' ' is no answer"),
        ({"stop_text": "x" * 1601}, "is no answer of 1 to 1,600 characters"),
        ({"countries": ("usa",)}, "'usa' is no country"),
    ],
)
def test_what_the_carrier_would_not_take_is_no_setting(wrong: dict[str, object], complaint: str) -> None:
    with pytest.raises(UnusableSettings, match=complaint):
        SmsSettings(origin=SimulatorNumber(), **wrong)  # type: ignore[arg-type]


def test_a_number_and_a_pool_are_not_taken_for_each_other() -> None:
    with pytest.raises(UnusableSettings, match="is not the ARN of a phone number"):
        ExistingNumber(POOL)
    with pytest.raises(UnusableSettings, match="is not the ARN of a pool"):
        ExistingPool(NUMBER)


def test_the_regions_without_text_messages_are_named() -> None:
    without = {region for region in REGIONS if KINDS[0] not in types_in(region)}
    said = re.search(r"does not exist in these regions: ([a-z0-9, -]+)\.", NUMBER_PAGE.read_text("utf-8"))
    assert said is not None
    assert set(said[1].split(", ")) == without
