"""Rules over every resource, so that a new one is covered: each yields what breaks it, as a sentence."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aws_cdk import aws_lambda as lambda_

from tests.stacks.assembly import Assembly, Place, Resource

FUNCTION = "AWS::Lambda::Function"
QUEUE = "AWS::SQS::Queue"
TOPIC = "AWS::SNS::Topic"
GROUP = "AWS::Logs::LogGroup"
ROLE = "AWS::IAM::Role"
BUCKET_POLICY = "AWS::S3::BucketPolicy"
BUCKET = "AWS::S3::Bucket"
MAPPING = "AWS::Lambda::EventSourceMapping"

DELIVERY = ("Create", "Get", "Update", "Delete")
ANY_RESOURCE = {
    "xray:PutTraceSegments": "X-Ray has no resources",
    "xray:PutTelemetryRecords": "X-Ray has no resources",
    "xray:GetSamplingRules": "X-Ray has no resources",
    "xray:GetSamplingTargets": "X-Ray has no resources",
    **{f"logs:{verb}LogDelivery": "deliveries of logs have no resources" for verb in DELIVERY},
    "logs:ListLogDeliveries": "deliveries of logs have no resources",
    "logs:PutResourcePolicy": "policies of logs have no resources",
    "logs:DescribeResourcePolicies": "policies of logs have no resources",
    "logs:DescribeLogGroups": "groups are listed, not named",
}
EMULATED = {
    "states:SendTaskSuccess": "the emulator does not know whose a token is",
    "states:SendTaskFailure": "the emulator does not know whose a token is",
}
NAMING = (
    *("TableName", "QueueName", "TopicName", "FunctionName", "RoleName", "BucketName", "LogGroupName"),
    *(
        "AlarmName",
        "UserPoolName",
        "ClientName",
        "ConfigurationSetName",
        "LayerName",
        "PolicyName",
        "AliasName",
    ),
)
REFER_BY_NAME = {
    "AWS::IAM::Policy",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::Permission",
    MAPPING,
}
OF_THE_LIBRARY = ("CustomCDKBucketDeployment", "CustomS3AutoDeleteObjects")
"""Functions that CDK brings along: they are as it makes them, and when they fail so does the deployment."""

SECRET = re.compile(r"KEY|TOKEN|PASSWORD|SECRET|CREDENTIAL", re.IGNORECASE)
LOOKS_SECRET = re.compile(r"\bsk-\w{8,}|AKIA\w{16}|resolve:secretsmanager|resolve:ssm-secure")


def our_functions(assembly: Assembly) -> Iterator[Resource]:
    for function in assembly.resources(FUNCTION):
        if not function.id.startswith(OF_THE_LIBRARY):
            yield function


def functions_run_on_arm_and_the_newest_python(assembly: Assembly) -> Iterator[str]:
    versions = (re.fullmatch(r"PYTHON_3_(\d+)", name) for name in dir(lambda_.Runtime))
    newest = f"python3.{max(int(match[1]) for match in versions if match)}"
    for function in our_functions(assembly):
        if function.properties.get("Architectures") != ["arm64"] or function.properties["Runtime"] != newest:
            yield f"{function} does not run {newest} on arm64"


def functions_are_traced(assembly: Assembly) -> Iterator[str]:
    for function in our_functions(assembly):
        if function.properties.get("TracingConfig") != {"Mode": "Active"}:
            yield f"{function} is not traced"


def functions_log_json_to_a_group_of_their_own(assembly: Assembly) -> Iterator[str]:
    seen: set[Place] = set()
    for function in our_functions(assembly):
        logging = function.properties.get("LoggingConfig", {})
        groups = assembly.named_in(function.stack, logging.get("LogGroup"))
        if logging.get("LogFormat") != "JSON" or len(groups) != 1 or groups & seen:
            yield f"{function} does not log JSON to a group of its own"
        seen |= groups


def functions_have_a_role_of_their_own(assembly: Assembly) -> Iterator[str]:
    seen: set[Place] = set()
    roles = {(role.stack, role.id): role for role in assembly.resources(ROLE)}
    for function in our_functions(assembly):
        own = assembly.named_in(function.stack, function.properties["Role"])
        if own & seen or any(roles[place].properties.get("ManagedPolicyArns") for place in own):
            yield f"{function} shares its role or takes a policy that AWS manages"
        seen |= own


def log_groups_end(assembly: Assembly) -> Iterator[str]:
    for group in assembly.resources(GROUP):
        if "RetentionInDays" not in group.properties or "DeletionPolicy" not in group.declaration:
            yield f"{group} does not say how long it keeps, and what happens to it in the end"


def queues_have_dead_letters(assembly: Assembly) -> Iterator[str]:
    letters = dead_letters(assembly)
    for queue in assembly.resources(QUEUE):
        redrive = queue.properties.get("RedrivePolicy", {})
        if (queue.stack, queue.id) not in letters and not redrive.get("maxReceiveCount", 0) > 1:
            yield f"{queue} has no dead letters"


def subscriptions_and_schedules_have_dead_letters(assembly: Assembly) -> Iterator[str]:
    for each in assembly.resources("AWS::SNS::Subscription", "AWS::Scheduler::Schedule"):
        if each.properties.get("Protocol") == "email":
            continue
        target = each.properties.get("Target", {})
        if not (each.properties.get("RedrivePolicy") or target.get("DeadLetterConfig")):
            yield f"{each} loses what cannot be delivered"


def queues_wait_six_times_as_long_as_their_function_may_run(assembly: Assembly) -> Iterator[str]:
    by_place = {(each.stack, each.id): each.properties for each in assembly.resources(FUNCTION, QUEUE)}
    for mapping in assembly.resources(MAPPING):
        (queue,) = assembly.named_in(mapping.stack, mapping.properties["EventSourceArn"])
        (function,) = assembly.named_in(mapping.stack, mapping.properties["FunctionName"])
        if by_place[queue].get("VisibilityTimeout", 30) < 6 * by_place[function]["Timeout"]:
            yield f"{mapping} gives a message out again while it is worked on"


def mappings_report_failures_singly(assembly: Assembly) -> Iterator[str]:
    for mapping in assembly.resources(MAPPING):
        if mapping.properties.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{mapping} fails whole batches"


def topics_have_a_policy(assembly: Assembly) -> Iterator[str]:
    ruled = _ruled(assembly, "AWS::SNS::TopicPolicy", "Topics")
    for topic in assembly.resources(TOPIC):
        if (topic.stack, topic.id) not in ruled:
            yield f"{topic} has no policy: anybody in the account may publish"


def topics_are_encrypted_with_our_key(assembly: Assembly) -> Iterator[str]:
    keys = {(key.stack, key.id) for key in assembly.resources("AWS::KMS::Key")}
    for topic in assembly.resources(TOPIC):
        if not assembly.named_in(topic.stack, topic.properties.get("KmsMasterKeyId")) & keys:
            yield f"{topic} is not encrypted with our key"


def queues_topics_and_buckets_take_only_tls(assembly: Assembly) -> Iterator[str]:
    ruled = (
        _ruled(assembly, "AWS::SQS::QueuePolicy", "Queues")
        | _ruled(assembly, "AWS::SNS::TopicPolicy", "Topics")
        | _ruled(assembly, BUCKET_POLICY, "Bucket")
    )
    for each in assembly.resources(QUEUE, TOPIC, BUCKET):
        if not any(_denies_plain_text(statement) for statement in ruled.get((each.stack, each.id), [])):
            yield f"{each} takes requests in plain text"


def actions_are_exact(assembly: Assembly) -> Iterator[str]:
    for owner, statement in _identity_statements(assembly):
        for action in _listed(statement["Action"]):
            if "*" in action:
                yield f"{owner} allows {action}"


def resources_are_exact(assembly: Assembly) -> Iterator[str]:
    known = {**ANY_RESOURCE, **(EMULATED if assembly.stage == "local" else {})}
    for owner, statement in _identity_statements(assembly):
        if "*" not in _listed(statement["Resource"]):
            continue
        for action in _listed(statement["Action"]):
            if action not in known:
                yield f"{owner} allows {action} on everything"


def policies_of_resources_admit_only_this_account(assembly: Assembly) -> Iterator[str]:
    for policy in assembly.resources("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", BUCKET_POLICY):
        for statement in policy.properties["PolicyDocument"]["Statement"]:
            principal = statement["Principal"]
            foreign = principal == "*" or ("Service" in principal and "Condition" not in statement)
            if statement["Effect"] == "Allow" and foreign:
                yield f"{policy} lets others in"


def environments_hold_no_secret(assembly: Assembly) -> Iterator[str]:
    for function in assembly.resources(FUNCTION):
        for name, value in _environment(function).items():
            named = SECRET.search(name) and isinstance(value, str)
            if named or LOOKS_SECRET.search(json.dumps(value)):
                yield f"{function} has a secret in {name}"


def nothing_has_a_physical_name(assembly: Assembly) -> Iterator[str]:
    for each in assembly.resources():
        if each.type in REFER_BY_NAME or each.type.startswith("Custom::"):
            continue
        for name in NAMING:
            if name in each.properties:
                yield f"{each} is given the name {each.properties[name]}"


def what_the_environment_names_is_granted(assembly: Assembly) -> Iterator[str]:
    granted = _granted(assembly)
    for function in assembly.resources(FUNCTION):
        (role,) = assembly.named_in(function.stack, function.properties["Role"])
        for variable, value in _environment(function).items():
            for place in assembly.named_in(function.stack, value) - granted.get(role, set()):
                if not _needs_no_grant(assembly, place):
                    yield f"{function} is told of {'/'.join(place)} in {variable} but may not use it"


def _needs_no_grant(assembly: Assembly, place: Place) -> bool:
    """Pseudo parameters are no resources, stages belong to their API, and signing in is open to everybody."""
    open_to_all = {*("AWS::Cognito::UserPoolClient", "AWS::ApiGatewayV2::Stage", "AWS::ApiGatewayV2::Api")}
    types = {(each.stack, each.id): each.type for each in assembly.resources()}
    return place not in types or types[place] in open_to_all


def _granted(assembly: Assembly) -> dict[Place, set[Place]]:
    granted: dict[Place, set[Place]] = {}
    for policy in assembly.resources("AWS::IAM::Policy"):
        statements = policy.properties["PolicyDocument"]["Statement"]
        resources = assembly.named_in(policy.stack, [statement["Resource"] for statement in statements])
        for role in assembly.named_in(policy.stack, policy.properties["Roles"]):
            granted.setdefault(role, set()).update(resources)
    return granted


def _identity_statements(assembly: Assembly) -> Iterator[tuple[Resource, Mapping[str, Any]]]:
    for policy in assembly.resources("AWS::IAM::Policy"):
        for statement in policy.properties["PolicyDocument"]["Statement"]:
            yield policy, statement


def _ruled(assembly: Assembly, kind: str, of: str) -> dict[Place, list[Mapping[str, Any]]]:
    ruled: dict[Place, list[Mapping[str, Any]]] = {}
    for policy in assembly.resources(kind):
        for place in assembly.named_in(policy.stack, policy.properties[of]):
            ruled.setdefault(place, []).extend(policy.properties["PolicyDocument"]["Statement"])
    return ruled


def _denies_plain_text(statement: Mapping[str, Any]) -> bool:
    condition = statement.get("Condition", {}).get("Bool", {})
    return bool(statement["Effect"] == "Deny" and condition.get("aws:SecureTransport") == "false")


def dead_letters(assembly: Assembly) -> set[Place]:
    targets: list[tuple[str, object]] = [
        (queue.stack, queue.properties.get("RedrivePolicy", {}).get("deadLetterTargetArn"))
        for queue in assembly.resources(QUEUE)
    ]
    targets += [
        (schedule.stack, schedule.properties["Target"].get("DeadLetterConfig"))
        for schedule in assembly.resources("AWS::Scheduler::Schedule")
    ]
    return set().union(*(assembly.named_in(stack, target) for stack, target in targets))


def _environment(function: Resource) -> Mapping[str, Any]:
    variables: Mapping[str, Any] = function.properties.get("Environment", {}).get("Variables", {})
    return variables


def _listed(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else [value]
