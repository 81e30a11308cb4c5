"""The carrier's side: a number that people text, where its messages go, which countries may be sent to."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_smsvoice as smsvoice
from constructs import Construct

from stacks.constructs.channel import Means
from stacks.constructs.topic import Topic
from stacks.countries import COUNTRIES
from stacks.settings import ExistingNumber, NewNumber, Settings, SimulatedCarrier, SmsSettings


class SmsNumberStack(cdk.Stack):
    """`means` is what delivery by text message needs of it."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        inbound: Topic,
        events: Topic,
        stack_name: str,
    ) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        self._settings = settings
        self._inbound = inbound
        self._protection = self._protect(settings.sms.countries)
        self._configuration = self._configure(events)
        for kept in (self._protection, self._configuration):
            kept.apply_removal_policy(settings.removal_policy)
        self.means = Means(
            environment={
                "ORIGINATION": (origination := self._origination(settings.sms)),
                "CONFIGURATION_SET": self._configuration.ref,
                "MAX_PRICE": settings.sms.max_price,
            },
            resources=(origination, self._configuration.attr_arn, self._protection.attr_arn),
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
            deletion_protection_enabled=self._settings.retain_data,
        )

    def _configure(self, events: Topic) -> smsvoice.CfnConfigurationSet:
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
            protect_configuration_id=self._protection.attr_protect_configuration_id,
        )

    def _origination(self, sms: SmsSettings) -> str:
        match sms.origin:
            case ExistingNumber(arn):
                return arn
            case NewNumber() as wanted:
                return self._pool(self._number(wanted, sms), sms)
            case SimulatedCarrier():
                message = "a simulated carrier has no number to deploy"
                raise ValueError(message)

    def _number(self, wanted: NewNumber, sms: SmsSettings) -> smsvoice.CfnPhoneNumber:
        number = smsvoice.CfnPhoneNumber(
            self,
            "Number",
            iso_country_code=wanted.country,
            number_type=wanted.kind,
            number_capabilities=["SMS"],
            mandatory_keywords=smsvoice.CfnPhoneNumber.MandatoryKeywordsProperty(
                help=smsvoice.CfnPhoneNumber.MandatoryKeywordProperty(message=sms.help_text),
                stop=smsvoice.CfnPhoneNumber.MandatoryKeywordProperty(message=sms.stop_text),
            ),
            two_way=smsvoice.CfnPhoneNumber.TwoWayProperty(enabled=True, channel_arn=self._inbound.topic_arn),
            self_managed_opt_outs_enabled=True,
            deletion_protection_enabled=self._settings.retain_data,
        )
        number.apply_removal_policy(self._settings.removal_policy)
        cdk.CfnOutput(self, "PhoneNumber", value=number.attr_phone_number)
        return number

    def _pool(self, number: smsvoice.CfnPhoneNumber, sms: SmsSettings) -> str:
        """A pool must answer keywords and route replies exactly as its numbers do."""
        pool = smsvoice.CfnPool(
            self,
            "Pool",
            origination_identities=[number.attr_arn],
            mandatory_keywords=smsvoice.CfnPool.MandatoryKeywordsProperty(
                help=smsvoice.CfnPool.MandatoryKeywordProperty(message=sms.help_text),
                stop=smsvoice.CfnPool.MandatoryKeywordProperty(message=sms.stop_text),
            ),
            two_way=smsvoice.CfnPool.TwoWayProperty(enabled=True, channel_arn=self._inbound.topic_arn),
            self_managed_opt_outs_enabled=True,
            deletion_protection_enabled=self._settings.retain_data,
        )
        pool.apply_removal_policy(self._settings.removal_policy)
        cdk.CfnOutput(self, "PoolArn", value=pool.attr_arn)
        return pool.attr_arn


def simulated(carrier: SimulatedCarrier, *, max_price: str, scope: Construct) -> Means:
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
