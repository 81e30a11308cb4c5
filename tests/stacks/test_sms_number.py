"""The carrier's side: facts of the SmsNumber stack."""

from dataclasses import replace

import pytest
from aws_cdk.assertions import Match, Template

from stacks.settings import ExistingNumber, SmsSettings
from tests.stacks.assembly import assembly, settings_of, synthesize

POOL = "arn:aws:sms-voice:us-east-1:111122223333:pool/pool-0123456789abcdef0"
BOTH = ("AWS::SMSVOICE::PhoneNumber", "AWS::SMSVOICE::Pool")


def _template(stage: str) -> Template:
    return Template.from_json(dict(assembly(stage).templates["SmsNumber"]))


@pytest.mark.parametrize("kind", BOTH)
def test_what_people_text_goes_to_the_inbound_topic_and_opt_outs_are_ours(kind: str) -> None:
    sms = settings_of("prod").sms
    _template("prod").has_resource_properties(
        kind,
        {
            "TwoWay": {"Enabled": True, "ChannelArn": Match.any_value()},
            "SelfManagedOptOutsEnabled": True,
            "MandatoryKeywords": {"HELP": {"Message": sms.help_text}, "STOP": {"Message": sms.stop_text}},
            "DeletionProtectionEnabled": True,
        },
    )


def test_dev_has_a_number_that_reaches_nobody() -> None:
    _template("dev").has_resource_properties("AWS::SMSVOICE::PhoneNumber", {"NumberType": "SIMULATOR"})


def test_delivery_events_go_to_their_topic() -> None:
    destination = {"MatchingEventTypes": ["TEXT_ALL"], "SnsDestination": {"TopicArn": Match.any_value()}}
    _template("prod").has_resource_properties(
        "AWS::SMSVOICE::ConfigurationSet",
        {"EventDestinations": [Match.object_like(destination)], "ProtectConfigurationId": Match.any_value()},
    )


def test_every_country_but_the_listed_is_blocked_by_name() -> None:
    (protection,) = _template("prod").find_resources("AWS::SMSVOICE::ProtectConfiguration").values()
    rules = protection["Properties"]["CountryRuleSet"]["SMS"]
    status = {rule["CountryCode"]: rule["ProtectStatus"] for rule in rules}
    assert {code for code, rule in status.items() if rule == "ALLOW"} == set(
        settings_of("prod").sms.countries
    )
    assert set(status.values()) == {"ALLOW", "BLOCK"}
    assert len(status) == len(rules) > 200


def test_a_number_that_is_already_there_is_used_as_it_is() -> None:
    settings = replace(settings_of("prod"), audit=False, sms=SmsSettings(origin=ExistingNumber(POOL)))
    of = synthesize(settings)
    assert not list(of.resources(*BOTH))
    (deliver,) = (
        each for each in of.resources("AWS::Lambda::Function") if "deliver_sms" in each.properties["Handler"]
    )
    assert deliver.properties["Environment"]["Variables"]["ORIGINATION"] == POOL


def test_the_laptop_has_no_carrier_stack() -> None:
    assert "SmsNumber" in assembly("dev").templates
    assert "SmsNumber" not in assembly("local").templates
