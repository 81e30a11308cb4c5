"""The map of a conversation: facts of the Assistant stack."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from aws_cdk.assertions import Match, Template
from switchboard.channels import CHANNELS

from stacks.constructs.channel import IncompleteChannel, Means, check
from stacks.handlers import name_of
from tests.stacks.assembly import LOCAL, Assembly, assembly, settings_of
from tests.stacks.rules import our_functions

FUNCTION = "AWS::Lambda::Function"


def _template(stage: str) -> Template:
    return Template.from_json(dict(assembly(stage).templates["Assistant"]))


def _functions(of: Assembly) -> dict[str, Mapping[str, Any]]:
    return {name_of(each.properties["Handler"]): each.properties for each in our_functions(of)}


def test_every_channel_that_does_not_stream_has_a_delivery_queue_of_its_own() -> None:
    subscriptions = _template("prod").find_resources("AWS::SNS::Subscription").values()
    filters = [each["Properties"].get("FilterPolicy") for each in subscriptions]
    delivered = [spec.name for spec in CHANNELS.values() if not spec.streams]
    assert [each for each in filters if each] == [{"channel": [name]} for name in delivered]


@pytest.mark.parametrize("stage", ["dev", "prod", "local"])
def test_delivery_is_told_what_the_channel_asks_for(stage: str) -> None:
    functions = _functions(assembly(stage))
    for spec in CHANNELS.values():
        if not spec.streams:
            told = functions[f"{spec.name}.deliver"]["Environment"]["Variables"]
            assert set(spec.deliver_env) <= set(told)


def test_a_channel_without_its_means_is_refused() -> None:
    with pytest.raises(IncompleteChannel, match="sms lacks CONFIGURATION_SET, MAX_PRICE, ORIGINATION"):
        check(CHANNELS["sms"], Means())


def test_a_carrier_of_this_machine_is_found_by_the_clients_own_variable() -> None:
    told = _functions(assembly("local"))["sms.deliver"]["Environment"]["Variables"]
    assert told["AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2"] == LOCAL["world"]


def test_topics_hand_over_the_message_alone() -> None:
    _template("prod").all_resources_properties("AWS::SNS::Subscription", {"RawMessageDelivery": True})


def test_turns_are_taken_one_by_one_in_as_many_places_as_settings_say() -> None:
    at_once = settings_of("prod").turns_at_once
    _template("prod").has_resource_properties(
        "AWS::Lambda::EventSourceMapping",
        {"BatchSize": 1, "ScalingConfig": {"MaximumConcurrency": at_once}},
    )


def test_a_busy_conversation_is_tried_ten_times() -> None:
    _template("prod").has_resource_properties(
        "AWS::SQS::Queue",
        {"VisibilityTimeout": 720, "RedrivePolicy": Match.object_like({"maxReceiveCount": 10})},
    )


def test_outputs_name_the_queues_an_operator_looks_into_and_the_number() -> None:
    names = {each for each in assembly("prod").templates["Assistant"]["Outputs"] if "Export" not in each}
    assert names == {
        *("TurnsQueueUrl", "TurnsDeadLettersUrl", "InboundDeadLettersUrl", "SmsRepliesDeadLettersUrl"),
        *("SmsEventsDeadLettersUrl", "SweepDeadLettersUrl", "PhoneNumber", "PoolArn"),
    }


def test_connecting_takes_a_ticket() -> None:
    _template("prod").has_resource_properties(
        "AWS::ApiGatewayV2::Authorizer",
        {"AuthorizerType": "REQUEST", "IdentitySource": ["route.request.querystring.ticket"]},
    )
    _template("prod").has_resource_properties(
        "AWS::ApiGatewayV2::Route", {"RouteKey": "$connect", "AuthorizationType": "CUSTOM"}
    )


def test_only_the_way_in_and_out_is_open_to_strangers() -> None:
    routes = _template("prod").find_resources("AWS::ApiGatewayV2::Route").values()
    kinds = {each["Properties"]["RouteKey"]: each["Properties"].get("AuthorizationType") for each in routes}
    signed_in = {f"{method} /{{proxy+}}": "JWT" for method in ("GET", "POST", "PUT", "PATCH", "DELETE")}
    strangers = {f"POST {path}": "NONE" for path in ("/login", "/login/refresh", "/logout")}
    strangers["GET /downloads/{token}"] = "NONE"
    sockets = {"$connect": "CUSTOM", "$default": "NONE", "$disconnect": "NONE"}
    assert kinds == {**sockets, **strangers, **signed_in}


def test_the_api_may_repair_what_every_queue_gave_up() -> None:
    """By name: its dead letters, and the queue that they go back to, unless a schedule gave them up."""
    told = _functions(assembly("prod"))["api"]["Environment"]["Variables"]["DEAD_LETTERS"]
    text = "".join(each if isinstance(each, str) else "URL" for each in told["Fn::Join"][1])
    delivered = [f"{spec.name}-replies" for spec in CHANNELS.values() if not spec.streams]
    fed = {
        name: ["URL", "URL"] for name in ("inbound", "turns", "sms-events", "errands", "uploads", *delivered)
    }
    assert json.loads(text) == {**fed, "sweep": ["URL", ""]}


def test_preflights_reach_no_authorizer() -> None:
    routes = _template("dev").find_resources("AWS::ApiGatewayV2::Route").values()
    assert not any(each["Properties"]["RouteKey"].startswith(("ANY", "OPTIONS")) for each in routes)


def test_a_sweep_that_fails_is_kept_and_not_repeated() -> None:
    _template("prod").has_resource_properties(
        "AWS::Lambda::EventInvokeConfig",
        {"MaximumRetryAttempts": 0, "DestinationConfig": {"OnFailure": {"Destination": Match.any_value()}}},
    )


def test_somebody_who_waits_for_two_sweeps_raises_an_alarm() -> None:
    _template("prod").has_resource_properties(
        "AWS::CloudWatch::Alarm",
        {"MetricName": "ConversationsWaiting", "Namespace": "Switchboard-prod", "EvaluationPeriods": 2},
    )


@pytest.mark.parametrize("stage", ["dev", "prod", "local"])
def test_only_what_loads_skills_or_asks_a_vendor_carries_the_layer_of_the_model(stage: str) -> None:
    of = assembly(stage)
    layers = _template(stage).find_resources("AWS::Lambda::LayerVersion")
    carriers = {
        handler
        for handler, properties in _functions(of).items()
        if any("Model" in layer["Ref"] for layer in properties["Layers"])
    }
    skills = {"converse", "run_job"}
    assert carriers == skills | {"calls.transcribe", "calls.poll_transcript", "calls.analyze", "calls.finish"}
    assert len(layers) == 3
