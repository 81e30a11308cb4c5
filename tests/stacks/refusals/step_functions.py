"""Step Functions: the definition, what its role may do, and where it logs."""

import re
from collections.abc import Iterator
from typing import Any

from tests.stacks.assembly import Assembly, Place
from tests.stacks.breaking import drop, first, put
from tests.stacks.machines import MACHINE, complaints, machines
from tests.stacks.refusals.refusal import Refusal
from tests.stacks.resolving import resolved, resolved_in

QUOTAS = "https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html"
LANGUAGE = "https://states-language.net/spec.html"
ROLES = "https://docs.aws.amazon.com/step-functions/latest/dg/lambda-iam.html"
LOGS = "https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html"
LOG_GROUP = "https://docs.aws.amazon.com/step-functions/latest/apireference/API_CloudWatchLogsLogGroup.html"

ROLE_POLICY = "AWS::IAM::Policy"
LARGEST_DEFINITION = 1_048_576
LONGEST_NAME = 80
RETRIED = {"Task", "Map", "Parallel"}
INVOKE = "lambda:InvokeFunction"
DELIVERY = {
    *(f"logs:{verb}LogDelivery" for verb in ("Create", "Get", "Update", "Delete")),
    *("logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies"),
    "logs:DescribeLogGroups",
}
LAMBDA = re.compile(r"arn:aws:lambda:[^\"]+?:function:[\w-]+")


def definitions_are_valid(assembly: Assembly) -> Iterator[str]:
    for machine in machines(assembly):
        if said := complaints(machine.definition):
            yield f"{machine.resource}: {said}"


def definitions_and_names_are_small(assembly: Assembly) -> Iterator[str]:
    for machine in machines(assembly):
        if len(machine.definition.encode()) > LARGEST_DEFINITION:
            yield f"{machine.resource} is larger than a definition may be"
        yield from (
            f"{machine.resource}: {name} is too long a name"
            for name, _ in machine.states()
            if len(name) > LONGEST_NAME
        )


def only_states_that_work_are_retried(assembly: Assembly) -> Iterator[str]:
    for machine in machines(assembly):
        for name, state in machine.states():
            if {"Retry", "Catch"} & set(state) and state["Type"] not in RETRIED:
                yield f"{machine.resource}: {name} is a {state['Type']} and cannot fail"


def states_all_stands_alone_and_last(assembly: Assembly) -> Iterator[str]:
    for machine in machines(assembly):
        for name, state in machine.states():
            for catchers in (state.get("Retry", []), state.get("Catch", [])):
                if _has_all_before_the_end([each["ErrorEquals"] for each in catchers]):
                    yield f"{machine.resource}: {name} has States.ALL beside or before others"


def _has_all_before_the_end(errors: list[list[str]]) -> bool:
    return any("States.ALL" in names and (len(names) > 1 or names is not errors[-1]) for names in errors)


def roles_may_call_what_the_definition_calls(assembly: Assembly) -> Iterator[str]:
    for machine in machines(assembly):
        allowed = set(
            _allowed(assembly, machine.resource.stack, machine.resource.properties["RoleArn"], INVOKE)
        )
        for function in sorted(set(LAMBDA.findall(machine.definition)) - allowed):
            yield f"{machine.resource} may not call {function}"


def logs_can_be_delivered(assembly: Assembly) -> Iterator[str]:
    """Tried when the machine is made: by its role, whose policy therefore comes first."""
    for machine in machines(assembly):
        resource = machine.resource
        wanted = resolved(assembly, resource).get("LoggingConfiguration", {})
        for destination in wanted.get("Destinations", []):
            if not destination["CloudWatchLogsLogGroup"]["LogGroupArn"].endswith(":*"):
                yield f"{resource} logs to a group whose ARN does not end as it must"
        policies = {
            place for place, _ in _statements(assembly, resource.stack, resource.properties["RoleArn"])
        }
        if not policies <= {(resource.stack, name) for name in resource.declaration.get("DependsOn", [])}:
            yield f"{resource} does not wait for the policy of its role"
        missing = {
            verb
            for verb in DELIVERY
            if "*" not in _allowed(assembly, resource.stack, resource.properties["RoleArn"], verb)
        }
        if wanted and missing:
            yield f"{resource} logs without {', '.join(sorted(missing))}"


def _allowed(assembly: Assembly, stack: str, role: object, verb: str) -> list[str]:
    """The resources on which a role has a verb."""
    return [
        resource
        for (owner, _), statement in _statements(assembly, stack, role)
        if verb in _listed(statement["Action"])
        for resource in _listed(resolved_in(assembly, owner, statement["Resource"]))
    ]


def _statements(assembly: Assembly, stack: str, role: object) -> Iterator[tuple[Place, dict[str, Any]]]:
    own = assembly.named_in(stack, role)
    for policy in assembly.resources(ROLE_POLICY):
        if own & assembly.named_in(policy.stack, policy.properties.get("Roles", [])):
            for statement in policy.properties["PolicyDocument"]["Statement"]:
                yield (policy.stack, policy.id), statement


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - a template is JSON
    return value if isinstance(value, list) else [value]


def _defined(definition: str) -> Any:  # noqa: ANN401 - a change of a resource
    return first(MACHINE, put("Properties", "DefinitionString", to=definition))


RETRIED_PASS = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Retry":[{"ErrorEquals":["x"]}]}}}'
ALL_FIRST = (
    '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true,'
    '"Retry":[{"ErrorEquals":["States.ALL"]},{"ErrorEquals":["x"]}]}}}'
)
RULES = (
    Refusal(definitions_are_valid, LANGUAGE, _defined('{"StartAt":"A","States":{"B":{"Type":"Succeed"}}}')),
    Refusal(
        definitions_and_names_are_small,
        QUOTAS,
        _defined(f'{{"States":{{"{"x" * 81}":{{"Type":"Succeed"}}}}}}'),
    ),
    Refusal(only_states_that_work_are_retried, LANGUAGE, _defined(RETRIED_PASS)),
    Refusal(states_all_stands_alone_and_last, LANGUAGE, _defined(ALL_FIRST)),
    Refusal(
        roles_may_call_what_the_definition_calls,
        ROLES,
        _defined(
            '{"States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:111122223333:function:other"}}}'
        ),
    ),
    Refusal(logs_can_be_delivered, LOGS, first(MACHINE, drop("DependsOn"))),
    Refusal(
        logs_can_be_delivered,
        LOG_GROUP,
        first(
            MACHINE,
            put(
                *(
                    "Properties",
                    "LoggingConfiguration",
                    "Destinations",
                    0,
                    "CloudWatchLogsLogGroup",
                    "LogGroupArn",
                ),
                to="arn:aws:logs:us-east-1:111122223333:log-group:runs",
            ),
        ),
    ),
)
