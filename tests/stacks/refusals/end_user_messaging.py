"""AWS End User Messaging: what numbers, pools, rules for countries and messages must be."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import botocore.session

from tests.stacks.assembly import Assembly, Resource
from tests.stacks.breaking import drop, first, put
from tests.stacks.refusals.refusal import Refusal

NUMBER = "AWS::SMSVOICE::PhoneNumber"
POOL = "AWS::SMSVOICE::Pool"
PROTECTION = "AWS::SMSVOICE::ProtectConfiguration"
CONFIGURATION = "AWS::SMSVOICE::ConfigurationSet"
FUNCTION = "AWS::Lambda::Function"
KINDS = (NUMBER, POOL, PROTECTION, CONFIGURATION)

GUIDE = "https://docs.aws.amazon.com/sms-voice/latest/userguide"
API = "https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2"
SIMULATORS = f"{GUIDE}/test-phone-numbers.html"
STATUS = f"{GUIDE}/phone-numbers-status.html"
POOLS = f"{GUIDE}/phone-pool.html"
EVENT_TYPES = f"{API}/API_CreateEventDestination.html"

EXISTING = re.compile(r"arn:aws[a-z-]*:sms-voice:[a-z0-9-]+:\d{12}:phone-number/[\w-]+")
MOST_DESTINATIONS = 5
SINKS = {"SnsDestination", "CloudWatchLogsDestination", "KinesisFirehoseDestination"}
NOT_MATCHED = {"TEXT_SENT"}
"""An event type of the API that no destination may ask for."""


@cache
def _form(shape: str) -> Any:  # noqa: ANN401 - botocore's shapes have no types
    model = botocore.session.get_session().get_service_model("pinpoint-sms-voice-v2")
    return model.shape_for(shape)


def _is(shape: str, value: object) -> bool:
    """Whether the client's model of the API takes this text."""
    limits = _form(shape).metadata
    return (
        isinstance(value, str)
        and limits["min"] <= len(value) <= limits["max"]
        and re.fullmatch(limits.get("pattern", r"[\s\S]*"), value) is not None
    )


def numbers_need_no_registration(assembly: Assembly) -> Iterator[str]:
    """CloudFormation cannot register one, and it stays PENDING until it is; simulators are all in the US."""
    for number in assembly.resources(NUMBER):
        if number.properties["NumberType"] != "SIMULATOR" or number.properties["IsoCountryCode"] != "US":
            yield f"{number} must be registered, or is a simulator where there are none"


def pools_hold_what_is_active(assembly: Assembly) -> Iterator[str]:
    """A simulator of the stack, or a number that was there before: only ACTIVE ones are taken in."""
    for pool in assembly.resources(POOL):
        for identity in pool.properties["OriginationIdentities"]:
            if not (_simulator(assembly, pool, identity) or _existing(identity)):
                yield f"{pool} holds {identity}"


def _simulator(assembly: Assembly, pool: Resource, identity: object) -> bool:
    named = assembly.named_in(pool.stack, identity)
    numbers = {(each.stack, each.id): each.properties["NumberType"] for each in assembly.resources(NUMBER)}
    return bool(named) and {numbers.get(place) for place in named} == {"SIMULATOR"}


def _existing(identity: object) -> bool:
    return isinstance(identity, str) and EXISTING.fullmatch(identity) is not None


def a_pool_is_set_up_by_its_one_number(assembly: Assembly) -> Iterator[str]:
    """A pool starts as its first number is; each further one must be set up as the pool is by then."""
    for pool in assembly.resources(POOL):
        if len(pool.properties["OriginationIdentities"]) != 1:
            yield f"{pool} has more than one number"


def a_number_in_a_pool_is_set_up_on_the_pool(assembly: Assembly) -> Iterator[str]:
    """UpdatePhoneNumber is refused for a number in a pool, so nothing of what it changes is on the number."""
    once = {"IsoCountryCode", "NumberType", "NumberCapabilities", "MandatoryKeywords"}
    for number in assembly.resources(NUMBER):
        if extra := number.properties.keys() - once:
            yield f"{number} is set up by itself: {', '.join(sorted(extra))}"


def a_pool_hears_what_people_text(assembly: Assembly) -> Iterator[str]:
    for pool in assembly.resources(POOL):
        way = pool.properties.get("TwoWay", {})
        if not (way.get("Enabled") and way.get("ChannelArn")):
            yield f"{pool} has nowhere to put what people text"


def answers_can_be_sent(assembly: Assembly) -> Iterator[str]:
    for resource in assembly.resources(NUMBER, POOL):
        for keyword, answer in resource.properties["MandatoryKeywords"].items():
            if not _is("KeywordMessage", answer["Message"]):
                yield f"{resource} answers {keyword} with what is no message"


def rules_name_each_country_once(assembly: Assembly) -> Iterator[str]:
    for protection in assembly.resources(PROTECTION):
        for channel, rules in protection.properties["CountryRuleSet"].items():
            codes = [rule["CountryCode"] for rule in rules]
            if (
                len(set(codes)) != len(codes)
                or len(codes) > _form("ProtectConfigurationCountryRuleSet").metadata["max"]
            ):
                yield f"{protection} names a country twice, or too many, for {channel}"
            yield from (f"{protection} names {code}" for code in codes if not _is("IsoCountryCode", code))


def events_are_ones_that_there_are(assembly: Assembly) -> Iterator[str]:
    for configuration in assembly.resources(CONFIGURATION):
        destinations = configuration.properties["EventDestinations"]
        if len(destinations) > MOST_DESTINATIONS:
            yield f"{configuration} has more than {MOST_DESTINATIONS} event destinations"
        for destination in destinations:
            if unknown := set(destination["MatchingEventTypes"]) - (
                set(_form("EventType").enum) - NOT_MATCHED
            ):
                yield f"{configuration} matches {unknown}"
            if len(SINKS & destination.keys()) != 1:
                yield f"{configuration} sends events to no place, or to two"


def a_price_is_one(assembly: Assembly) -> Iterator[str]:
    for function in assembly.resources(FUNCTION):
        variables = function.properties.get("Environment", {}).get("Variables", {})
        if "MAX_PRICE" in variables and not _is("MaxPrice", variables["MAX_PRICE"]):
            yield f"{function} is told the price {variables['MAX_PRICE']}"


def nothing_is_kept_from_going(assembly: Assembly) -> Iterator[str]:
    """What is protected cannot be deleted, and what stays behind unasked costs money or is in the way."""
    for resource in assembly.resources(*KINDS):
        protected = resource.properties.get("DeletionProtectionEnabled")
        policies = {resource.declaration.get(key) for key in ("DeletionPolicy", "UpdateReplacePolicy")}
        if protected or not policies <= {None, "Delete"}:
            yield f"{resource} would stay when its stack goes"


RULES = (
    Refusal(
        numbers_need_no_registration,
        SIMULATORS,
        first(NUMBER, put("Properties", "NumberType", to="TOLL_FREE")),
    ),
    Refusal(pools_hold_what_is_active, STATUS, first(NUMBER, put("Properties", "NumberType", to="TEN_DLC"))),
    Refusal(
        a_pool_is_set_up_by_its_one_number,
        POOLS,
        first(POOL, put("Properties", "OriginationIdentities", to=["arn:1", "arn:2"])),
    ),
    Refusal(
        a_number_in_a_pool_is_set_up_on_the_pool,
        f"{API}/API_UpdatePhoneNumber.html",
        first(NUMBER, put("Properties", "DeletionProtectionEnabled", to=True)),
    ),
    Refusal(
        a_pool_hears_what_people_text,
        f"{API}/API_UpdatePool.html",
        first(POOL, drop("Properties", "TwoWay", "ChannelArn")),
    ),
    Refusal(
        answers_can_be_sent,
        f"{API}/API_PutKeyword.html",
        first(POOL, put("Properties", "MandatoryKeywords", "HELP", "Message", to="x" * 1601)),
    ),
    Refusal(
        rules_name_each_country_once,
        f"{API}/API_UpdateProtectConfigurationCountryRuleSet.html",
        first(PROTECTION, put("Properties", "CountryRuleSet", "SMS", 0, "CountryCode", to="USA")),
    ),
    Refusal(
        events_are_ones_that_there_are,
        EVENT_TYPES,
        first(
            CONFIGURATION,
            put("Properties", "EventDestinations", 0, "MatchingEventTypes", to=["TEXT_SENT"]),
        ),
    ),
    Refusal(
        a_price_is_one,
        f"{API}/API_SendTextMessage.html",
        first(FUNCTION, put("Properties", "Environment", "Variables", to={"MAX_PRICE": "1"})),
    ),
    Refusal(
        nothing_is_kept_from_going,
        f"{API}/API_ReleasePhoneNumber.html",
        first(PROTECTION, put("DeletionPolicy", to="Retain")),
    ),
)
