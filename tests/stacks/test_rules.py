"""Every resource of every stage keeps the rules, and every rule sees what breaks it."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.stacks import rules, rules_of_alarms, rules_of_buckets, rules_of_secrets
from tests.stacks.assembly import STAGES, Assembly, assembly
from tests.stacks.breaking import Break, drop, put
from tests.stacks.rules import FUNCTION, GROUP, QUEUE, TOPIC

Rule = Callable[[Assembly], Iterator[str]]

EVERYWHERE: tuple[Rule, ...] = (
    rules.functions_run_on_arm_and_the_newest_python,
    rules.functions_are_traced,
    rules.functions_log_json_to_a_group_of_their_own,
    rules.functions_have_a_role_of_their_own,
    rules.log_groups_end,
    rules.queues_have_dead_letters,
    rules.subscriptions_and_schedules_have_dead_letters,
    rules.queues_wait_six_times_as_long_as_their_function_may_run,
    rules.mappings_report_failures_singly,
    rules_of_alarms.dead_letters_have_alarms,
    rules_of_alarms.functions_fail_where_an_alarm_stands,
    rules_of_alarms.machines_tell_how_they_end,
    rules_of_alarms.no_two_alarms_say_the_same,
    rules_of_alarms.alarms_reach_the_operator,
    rules.topics_have_a_policy,
    rules.topics_are_encrypted_with_our_key,
    rules.actions_are_exact,
    rules.resources_are_exact,
    rules.policies_of_resources_admit_only_this_account,
    rules.environments_hold_no_secret,
    rules.nothing_has_a_physical_name,
    rules.what_the_environment_names_is_granted,
    rules_of_buckets.buckets_are_closed_to_the_public,
    rules_of_buckets.buckets_are_encrypted,
    rules_of_buckets.buckets_bring_old_things_to_an_end,
    rules_of_secrets.there_is_one_secret,
)
IN_AWS: tuple[Rule, ...] = (
    rules.queues_topics_and_buckets_take_only_tls,
    rules_of_secrets.a_role_reads_the_labels_that_its_function_is_told_of,
)


def _name(rule: Rule) -> str:
    return rule.__name__


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("rule", EVERYWHERE, ids=_name)
def test_every_resource_keeps_the_rule(rule: Rule, stage: str) -> None:
    assert list(rule(assembly(stage))) == []


@pytest.mark.parametrize("stage", ["dev", "prod"])
@pytest.mark.parametrize("rule", IN_AWS, ids=_name)
def test_every_resource_in_aws_keeps_the_rule(rule: Rule, stage: str) -> None:
    assert list(rule(assembly(stage))) == []


def _allow(action: str, resource: object = "arn:aws:s3:::one") -> Break:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return put("Properties", "PolicyDocument", "Statement", to=[statement])


def _admit(**statement: object) -> Break:
    return put("Properties", "PolicyDocument", "Statement", to=[{"Effect": "Allow", **statement}])


def _watch(namespace: str, metric: str, **dimension: object) -> Break:
    (name, value), *_ = dimension.items()
    watched = {
        "Namespace": namespace,
        "MetricName": metric,
        "Dimensions": [{"Name": name, "Value": value}],
        "AlarmActions": [],
    }
    return put("Properties", to=watched)


def _read(**condition: object) -> Break:
    statement = {"Effect": "Allow", "Action": rules_of_secrets.READ, "Resource": "arn:one", **condition}
    return put("Properties", "PolicyDocument", "Statement", to=[statement])


def _variable(name: str, value: object) -> Break:
    return put("Properties", "Environment", "Variables", name, to=value)


BROKEN: tuple[tuple[Rule, str, Break], ...] = (
    (EVERYWHERE[0], FUNCTION, put("Properties", "Runtime", to="python3.13")),
    (EVERYWHERE[0], FUNCTION, put("Properties", "Architectures", to=["x86_64"])),
    (rules.functions_are_traced, FUNCTION, drop("Properties", "TracingConfig")),
    (rules.functions_log_json_to_a_group_of_their_own, FUNCTION, drop("Properties", "LoggingConfig")),
    (
        rules.functions_have_a_role_of_their_own,
        rules.ROLE,
        put("Properties", "ManagedPolicyArns", to=["arn:aws:iam::aws:policy/AdministratorAccess"]),
    ),
    (rules.log_groups_end, GROUP, drop("Properties", "RetentionInDays")),
    (rules.log_groups_end, GROUP, drop("DeletionPolicy")),
    (rules.queues_have_dead_letters, QUEUE, drop("Properties", "RedrivePolicy")),
    (
        rules.subscriptions_and_schedules_have_dead_letters,
        "AWS::SNS::Subscription",
        drop("Properties", "RedrivePolicy"),
    ),
    (
        rules.queues_wait_six_times_as_long_as_their_function_may_run,
        QUEUE,
        put("Properties", "VisibilityTimeout", to=30),
    ),
    (rules.mappings_report_failures_singly, rules.MAPPING, drop("Properties", "FunctionResponseTypes")),
    (rules_of_alarms.dead_letters_have_alarms, rules_of_alarms.ALARM, put("Properties", "Dimensions", to=[])),
    (
        rules_of_alarms.functions_fail_where_an_alarm_stands,
        rules_of_alarms.ALARM,
        put("Properties", "Dimensions", to=[]),
    ),
    (
        rules_of_alarms.functions_fail_where_an_alarm_stands,
        "AWS::Lambda::EventInvokeConfig",
        drop("Properties", "DestinationConfig"),
    ),
    (rules_of_alarms.functions_fail_where_an_alarm_stands, QUEUE, drop("Properties", "RedrivePolicy")),
    (
        rules_of_alarms.machines_tell_how_they_end,
        rules_of_alarms.MACHINE,
        put("Properties", "DefinitionString", "Fn::Join", 1, to=['{"TimeoutSeconds": 5}']),
    ),
    (rules_of_alarms.machines_tell_how_they_end, "AWS::IAM::Policy", _allow("states:StopExecution")),
    (
        rules_of_alarms.no_two_alarms_say_the_same,
        rules_of_alarms.ALARM,
        _watch("AWS/Lambda", "Errors", FunctionName={"Ref": "ConverseFunction213A0948"}),
    ),
    (
        rules_of_alarms.no_two_alarms_say_the_same,
        rules_of_alarms.ALARM,
        _watch("Switchboard-prod", "TurnsFailed", service="switchboard"),
    ),
    (rules_of_alarms.alarms_reach_the_operator, rules_of_alarms.ALARM, drop("Properties", "AlarmActions")),
    (rules.topics_have_a_policy, "AWS::SNS::TopicPolicy", put("Properties", "Topics", to=[])),
    (rules.topics_are_encrypted_with_our_key, TOPIC, drop("Properties", "KmsMasterKeyId")),
    (
        rules.queues_topics_and_buckets_take_only_tls,
        "AWS::SQS::QueuePolicy",
        put("Properties", "Queues", to=[]),
    ),
    (
        rules.queues_topics_and_buckets_take_only_tls,
        "AWS::SNS::TopicPolicy",
        put("Properties", "Topics", to=[]),
    ),
    (rules.actions_are_exact, "AWS::IAM::Policy", _allow("dynamodb:*")),
    (rules.resources_are_exact, "AWS::IAM::Policy", _allow("dynamodb:Query", "*")),
    (rules.resources_are_exact, "AWS::IAM::Policy", _allow("states:SendTaskSuccess", "*")),
    (
        rules.policies_of_resources_admit_only_this_account,
        "AWS::SNS::TopicPolicy",
        _admit(Principal={"Service": "sms-voice.amazonaws.com"}, Action="sns:Publish"),
    ),
    (rules.environments_hold_no_secret, FUNCTION, _variable("MODEL_KEY", "hunter2")),
    (rules.environments_hold_no_secret, FUNCTION, _variable("MODEL", "sk-0123456789abcdef")),
    (rules.nothing_has_a_physical_name, QUEUE, put("Properties", "QueueName", to="turns")),
    (rules.what_the_environment_names_is_granted, "AWS::IAM::Policy", _allow("sns:Publish")),
    (
        rules.queues_topics_and_buckets_take_only_tls,
        rules.BUCKET_POLICY,
        put("Properties", "PolicyDocument", "Statement", to=[]),
    ),
    (
        rules.policies_of_resources_admit_only_this_account,
        rules.BUCKET_POLICY,
        _admit(Principal={"Service": "cloudfront.amazonaws.com"}, Action="s3:GetObject"),
    ),
    (
        rules_of_buckets.buckets_are_closed_to_the_public,
        rules.BUCKET,
        put("Properties", "PublicAccessBlockConfiguration", "BlockPublicPolicy", to=False),
    ),
    (rules_of_buckets.buckets_are_encrypted, rules.BUCKET, drop("Properties", "BucketEncryption")),
    (
        rules_of_buckets.buckets_bring_old_things_to_an_end,
        rules.BUCKET,
        put("Properties", "LifecycleConfiguration", "Rules", to=[]),
    ),
    (rules_of_secrets.there_is_one_secret, TOPIC, put("Type", to="AWS::SecretsManager::Secret")),
    (rules_of_secrets.a_role_reads_the_labels_that_its_function_is_told_of, "AWS::IAM::Policy", _read()),
    (
        rules_of_secrets.a_role_reads_the_labels_that_its_function_is_told_of,
        "AWS::IAM::Policy",
        _read(Condition={rules_of_secrets.OPERATOR: {"secretsmanager:VersionStage": "model"}}),
    ),
)


@pytest.mark.parametrize(
    ("rule", "kind", "change"), BROKEN, ids=lambda value: getattr(value, "__name__", None)
)
def test_a_rule_sees_what_breaks_it(rule: Rule, kind: str, change: Break) -> None:
    broken = Assembly("prod", copy.deepcopy(dict(assembly("prod").templates)))
    victims = [each for each in broken.resources(kind) if each.stack == "Assistant"]
    victims = victims or list(broken.resources(kind))
    change(_most_telling(victims))
    assert list(rule(broken)) != []


def _most_telling(victims: list[Any]) -> dict[str, Any]:
    """A queue that has dead letters rather than one that holds them."""
    fed = [each for each in victims if "RedrivePolicy" in each.properties]
    declaration: dict[str, Any] = (fed or victims)[0].declaration
    return declaration


def test_every_rule_has_been_seen_to_break() -> None:
    assert {rule for rule, _, _ in BROKEN} == {*EVERYWHERE, *IN_AWS}
