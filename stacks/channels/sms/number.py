"""The carrier's side: a number that people text, where its messages go, which countries may be sent to.

It lives in the stack of the function that sends, since an export in use can be neither removed nor changed.
Nothing here is kept when the stack goes: no data is in it, and a registered number is the operator's.
docs/number.md says which calls each change of settings makes, and why AWS accepts them.
"""

import tomllib
from collections.abc import Sequence
from decimal import Decimal

import aws_cdk as cdk
from aws_cdk import aws_smsvoice as smsvoice
from constructs import Construct
from switchboard.channels import CHANNELS

from stacks.bundling.store import ROOT
from stacks.channels.sms.countries import COUNTRIES
from stacks.channels.sms.settings import (
    ExistingNumber,
    ExistingPool,
    Origin,
    SimulatedCarrier,
    SimulatorNumber,
    SmsSettings,
)
from stacks.constructs.channel import Means
from stacks.constructs.topic import Topic
from stacks.unusable_settings import UnusableSettings

PRICES = ROOT / "lambdas" / "switchboard" / "prices.toml"
SIMULATOR_COUNTRY = "US"
"""The only one that has them: https://docs.aws.amazon.com/sms-voice/latest/userguide/test-phone-numbers.html"""
UNUSED_ANSWER = "This number is in a pool, and the pool's answers count."
"""A number must have answers to HELP and STOP, and those of a number in a pool are changed on the pool."""


def sms_means(scope: Construct, *, sms: SmsSettings, inbound: Topic, events: Topic) -> Means:
    """What delivery by text message needs. Errors: UnusableSettings."""
    _check_price(sms)
    if isinstance(sms.origin, SimulatedCarrier):
        return _simulated(sms.origin, max_price=sms.max_price, scope=scope)
    return _Number(scope, sms.origin, sms=sms, inbound=inbound, events=events).means


def _check_price(sms: SmsSettings) -> None:
    """The carrier takes `MaxPrice` for a whole message, and a reply of the most parts is one message."""
    prices = tomllib.loads(PRICES.read_text(encoding="utf-8"))["parts"]["sms"]
    parts = CHANNELS["sms"].page_parts
    for country in sms.countries:
        price = prices.get(country, prices["default"])
        cost = (Decimal(price["part"]) + Decimal(price["carrier_fee"])) * parts
        if cost > Decimal(sms.max_price):
            message = (
                f"max_price is {sms.max_price}, but a reply of {parts} parts to {country} costs "
                f"{cost} by lambdas/switchboard/prices.toml (`default` where a country is not listed)"
            )
            raise UnusableSettings(message)


class _Number(Construct):
    def __init__(
        self, scope: Construct, origin: Origin, *, sms: SmsSettings, inbound: Topic, events: Topic
    ) -> None:
        super().__init__(scope, "SmsNumber")
        self._sms = sms
        self._inbound = inbound
        protection = self._protect(sms.countries)
        configuration = self._configure(protection, events)
        origination = self._origination(origin)
        self.means = Means(
            environment={
                "ORIGINATION": origination,
                "CONFIGURATION_SET": configuration.ref,
                "MAX_PRICE": sms.max_price,
            },
            resources=(origination, configuration.attr_arn, protection.attr_arn),
        )

    def _protect(self, countries: Sequence[str]) -> smsvoice.CfnProtectConfiguration:
        """A new configuration allows every country, so each one that is not wanted is blocked by name."""
        rule = smsvoice.CfnProtectConfiguration.CountryRuleProperty
        rules = [
            rule(country_code=code, protect_status="ALLOW" if code in countries else "BLOCK")
            for code in sorted({*COUNTRIES, *countries})
        ]
        return smsvoice.CfnProtectConfiguration(
            self,
            "Protection",
            country_rule_set=smsvoice.CfnProtectConfiguration.CountryRuleSetProperty(sms=rules),
        )

    def _configure(
        self, protection: smsvoice.CfnProtectConfiguration, events: Topic
    ) -> smsvoice.CfnConfigurationSet:
        destination = smsvoice.CfnConfigurationSet.EventDestinationProperty(
            event_destination_name="delivery",
            enabled=True,
            matching_event_types=["TEXT_ALL"],
            sns_destination=smsvoice.CfnConfigurationSet.SnsDestinationProperty(topic_arn=events.topic_arn),
        )
        return smsvoice.CfnConfigurationSet(
            self,
            "Configuration",
            event_destinations=[destination],
            protect_configuration_id=protection.attr_protect_configuration_id,
        )

    def _origination(self, origin: Origin) -> str:
        match origin:
            case ExistingPool(arn):
                return arn
            case ExistingNumber(arn):
                return self._pool(arn, name=arn.rpartition("/")[2])
            case SimulatorNumber():
                return self._pool(self._simulator(), name="simulator")

    def _simulator(self) -> str:
        """Set up once and never changed: a number that is in a pool refuses UpdatePhoneNumber."""
        answer = smsvoice.CfnPhoneNumber.MandatoryKeywordProperty(message=UNUSED_ANSWER)
        number = smsvoice.CfnPhoneNumber(
            self,
            "Simulator",
            iso_country_code=SIMULATOR_COUNTRY,
            number_type="SIMULATOR",
            number_capabilities=["SMS"],
            mandatory_keywords=smsvoice.CfnPhoneNumber.MandatoryKeywordsProperty(help=answer, stop=answer),
        )
        cdk.CfnOutput(cdk.Stack.of(self), "PhoneNumber", value=number.attr_phone_number)
        return number.attr_arn

    def _pool(self, number: str, *, name: str) -> str:
        """A pool of its own for each number: the first may be set up as it likes, a later one may not."""
        answer = smsvoice.CfnPool.MandatoryKeywordProperty
        pool = smsvoice.CfnPool(
            self,
            f"Pool-{name}",
            origination_identities=[number],
            mandatory_keywords=smsvoice.CfnPool.MandatoryKeywordsProperty(
                help=answer(message=self._sms.help_text), stop=answer(message=self._sms.stop_text)
            ),
            two_way=smsvoice.CfnPool.TwoWayProperty(enabled=True, channel_arn=self._inbound.topic_arn),
            self_managed_opt_outs_enabled=True,
        )
        cdk.CfnOutput(cdk.Stack.of(self), "PoolArn", value=pool.attr_arn)
        return pool.attr_arn


def _simulated(carrier: SimulatedCarrier, *, max_price: str, scope: Construct) -> Means:
    """Delivery to a stand-in, with the grant that the real one would need."""
    arn = cdk.Stack.of(scope).format_arn(
        service="sms-voice", resource="phone-number", resource_name="simulated"
    )
    return Means(
        environment={
            "ORIGINATION": carrier.number,
            "CONFIGURATION_SET": carrier.configuration_set,
            "MAX_PRICE": max_price,
            "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2": carrier.endpoint,
        },
        resources=(arn,),
    )
