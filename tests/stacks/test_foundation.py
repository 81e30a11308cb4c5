"""What everything stands on: facts of the Foundation stack."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from aws_cdk.assertions import Match, Template

from stacks.foundation import OPERATORS
from tests.stacks.assembly import LOCAL, assembly

TABLE = "AWS::DynamoDB::GlobalTable"
HELD = {
    "PeopleE38C8D03": TABLE,
    "ConversationsBC91B70D": TABLE,
    "SecretA720EF05": "AWS::SecretsManager::Secret",
    "UserPool6BA7E5F2": "AWS::Cognito::UserPool",
    "TopicKeyB2E0C9CB": "AWS::KMS::Key",
}
OUTPUTS = {
    *("HttpApiUrl", "WebSocketUrl", "UserPoolId", "UserPoolClientId"),
    *("SecretArn", "InboundTopicArn", "SmsEventsTopicArn"),
    *("ConversationsTable", "TurnsTopicArn", "RepliesTopicArn"),
}


def _body(stage: str) -> Mapping[str, Any]:
    return assembly(stage).templates["Foundation"]


def _template(stage: str) -> Template:
    return Template.from_json(dict(_body(stage)))


@pytest.mark.parametrize("stage", ["dev", "prod", "local"])
def test_what_holds_data_keeps_its_logical_id(stage: str) -> None:
    resources = _body(stage)["Resources"]
    assert {name: resources[name]["Type"] for name in HELD} == HELD


def test_prod_keeps_data_when_the_stack_goes() -> None:
    resources = _body("prod")["Resources"]
    assert {resources[name]["DeletionPolicy"] for name in HELD} == {"RetainExceptOnCreate"}
    assert {resources[name]["UpdateReplacePolicy"] for name in HELD} == {"Retain"}


@pytest.mark.parametrize(("stage", "guarded"), [("prod", True), ("dev", False)])
def test_tables_are_encrypted_recoverable_and_forget_what_expires(stage: str, guarded: bool) -> None:  # noqa: FBT001 - a column of the table above
    replica = {
        "DeletionProtectionEnabled": guarded,
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
    }
    _template(stage).all_resources_properties(
        TABLE,
        {
            "BillingMode": "PAY_PER_REQUEST",
            "SSESpecification": {"SSEEnabled": True},
            "TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": True},
            "Replicas": [Match.object_like(replica)],
        },
    )


def test_what_waits_is_found_by_a_sparse_index_of_keys() -> None:
    index = {
        "IndexName": "waiting",
        "KeySchema": [
            {"AttributeName": "waiting", "KeyType": "HASH"},
            {"AttributeName": "waiting_since", "KeyType": "RANGE"},
        ],
        "Projection": {"ProjectionType": "KEYS_ONLY"},
    }
    _template("prod").has_resource_properties(TABLE, {"GlobalSecondaryIndexes": [Match.object_like(index)]})


def test_everybody_is_found_by_a_sparse_index_of_keys() -> None:
    index = {
        "IndexName": "listed",
        "KeySchema": [
            {"AttributeName": "listed", "KeyType": "HASH"},
            {"AttributeName": "since", "KeyType": "RANGE"},
        ],
        "Projection": {"ProjectionType": "KEYS_ONLY"},
    }
    _template("prod").has_resource_properties(TABLE, {"GlobalSecondaryIndexes": [Match.object_like(index)]})


def test_only_the_carrier_and_the_alarms_publish_besides_our_functions() -> None:
    policies = _template("prod").find_resources("AWS::SNS::TopicPolicy").values()
    admitted = {
        (policy["Properties"]["Topics"][0]["Ref"], statement["Principal"]["Service"])
        for policy in policies
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if "Service" in statement["Principal"]
    }
    assert admitted == {
        ("InboundADA8BFE6", "sms-voice.amazonaws.com"),
        ("SmsEvents229F51FA", "sms-voice.amazonaws.com"),
        ("Alarms04B5A0BF", "cloudwatch.amazonaws.com"),
    }


def test_the_key_of_the_topics_is_open_to_whoever_publishes() -> None:
    services = ["cloudwatch.amazonaws.com", "sms-voice.amazonaws.com"]
    statement = {"Principal": {"Service": services}, "Action": ["kms:Decrypt", "kms:GenerateDataKey*"]}
    _template("prod").has_resource_properties(
        "AWS::KMS::Key",
        {"KeyPolicy": {"Statement": Match.array_with([Match.object_like(statement)])}},
    )


def test_nobody_signs_up_by_themselves() -> None:
    _template("prod").has_resource_properties(
        "AWS::Cognito::UserPool", {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True}}
    )


@pytest.mark.parametrize("stage", ["dev", "prod", "local"])
def test_only_our_function_signs_in_and_the_answer_does_not_tell_who_exists(stage: str) -> None:
    """A flow without ADMIN is open to whoever knows the client's id, past every count of ours."""
    _template(stage).all_resources_properties(
        "AWS::Cognito::UserPoolClient",
        {
            "ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
            "PreventUserExistenceErrors": "ENABLED",
        },
    )


@pytest.mark.parametrize("stage", ["dev", "prod", "local"])
def test_what_renews_a_session_is_good_once(stage: str) -> None:
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 30}
    _template(stage).all_resources_properties(
        "AWS::Cognito::UserPoolClient", {"RefreshTokenRotation": rotation}
    )


def test_whoever_bears_a_token_sets_no_address_of_their_account() -> None:
    _template("prod").all_resources_properties(
        "AWS::Cognito::UserPoolClient", {"WriteAttributes": ["locale"]}
    )


def test_a_session_can_be_ended_and_operators_are_a_group() -> None:
    template = _template("prod")
    template.has_resource_properties("AWS::Cognito::UserPoolClient", {"EnableTokenRevocation": True})
    template.has_resource_properties("AWS::Cognito::UserPoolGroup", {"GroupName": OPERATORS})


@pytest.mark.parametrize("stage", ["dev", "prod", "local"])
def test_access_logs_hold_no_query_string_header_or_token(stage: str) -> None:
    stages = _template(stage).find_resources("AWS::ApiGatewayV2::Stage").values()
    formats = [each["Properties"]["AccessLogSettings"]["Format"] for each in stages]
    assert len(formats) == 2
    for fields in map(json.loads, formats):
        logged = " ".join(fields.values()).lower()
        assert not any(word in logged for word in ("querystring", "header", "path", "claims", "token"))


@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_both_gateways_are_throttled(stage: str) -> None:
    _template(stage).all_resources_properties(
        "AWS::ApiGatewayV2::Stage",
        {
            "DefaultRouteSettings": {
                "ThrottlingRateLimit": Match.any_value(),
                "ThrottlingBurstLimit": Match.any_value(),
            }
        },
    )


@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_one_caller_at_twenty_requests_a_second_leaves_the_gateway_to_the_others(stage: str) -> None:
    """Its limit is of everybody together, and comes before any count of ours."""
    stages = _template(stage).find_resources("AWS::ApiGatewayV2::Stage").values()
    rates = [each["Properties"]["DefaultRouteSettings"]["ThrottlingRateLimit"] for each in stages]
    assert min(rates) >= 2 * 20


def test_pages_of_other_origins_are_let_in_only_where_settings_say_so() -> None:
    allowed = Match.object_like({"AllowOrigins": ["http://localhost:8080"]})
    _template("dev").has_resource_properties("AWS::ApiGatewayV2::Api", {"CorsConfiguration": allowed})
    apis = _template("prod").find_resources("AWS::ApiGatewayV2::Api").values()
    assert not any("CorsConfiguration" in each["Properties"] for each in apis)


def test_the_account_logs_sockets_in_aws_only() -> None:
    _template("prod").resource_count_is("AWS::ApiGateway::Account", 1)
    _template("local").resource_count_is("AWS::ApiGateway::Account", 0)


@pytest.mark.parametrize("stage", ["dev", "prod", "local"])
def test_outputs_name_what_people_open_and_operators_look_into(stage: str) -> None:
    assert set(_body(stage)["Outputs"]) >= OUTPUTS


def test_local_addresses_are_those_of_the_emulator() -> None:
    outputs = _body("local")["Outputs"]
    http, socket = (json.dumps(outputs[key]["Value"]) for key in ("HttpApiUrl", "WebSocketUrl"))
    assert f"{LOCAL['gateway']}/_aws/execute-api/" in http
    assert f"{LOCAL['gateway'].replace('http', 'ws')}/_aws/execute-api/" in socket
