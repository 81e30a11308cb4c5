"""Every failure ends where an alarm stands, and no two alarms say the same (docs/decisions/0015).

Which failure shows in which metric is on each service's page about its CloudWatch metrics.
"""

import json
from collections.abc import Iterator

from tests.stacks.assembly import Assembly, Place, Resource
from tests.stacks.rules import MAPPING, QUEUE, TOPIC, dead_letters, our_functions

ALARM = "AWS::CloudWatch::Alarm"
API = "AWS::ApiGatewayV2::Api"
MACHINE = "AWS::StepFunctions::StateMachine"
KEPT = "ApproximateNumberOfMessagesVisible"
ERRORS = "Errors"

Watched = tuple[str, Place]


def dead_letters_have_alarms(assembly: Assembly) -> Iterator[str]:
    watched = _watched(assembly)
    for place in sorted(dead_letters(assembly)):
        if (KEPT, place) not in watched:
            yield f"{'/'.join(place)} fills without an alarm"


def functions_fail_where_an_alarm_stands(assembly: Assembly) -> Iterator[str]:
    watched = _watched(assembly)
    for function in our_functions(assembly):
        own = (ERRORS, (function.stack, function.id))
        ends = set(_where_failures_end(assembly, function))
        if not ends or not (ends <= watched or own in watched):
            yield f"{function} fails without an alarm: {sorted(ends - watched)}"


def machines_tell_how_they_end(assembly: Assembly) -> Iterator[str]:
    watched = _watched(assembly)
    stoppable = "states:StopExecution" in json.dumps([each.properties for each in _policies(assembly)])
    for machine in assembly.resources(MACHINE):
        timed = '"TimeoutSeconds"' in _after_the_states(machine)
        ends = {"ExecutionsFailed": True, "ExecutionsTimedOut": timed, "ExecutionsAborted": stoppable}
        for metric in (name for name, happens in ends.items() if happens):
            if (metric, (machine.stack, machine.id)) not in watched:
                yield f"{machine} ends without an alarm: {metric}"


def no_two_alarms_say_the_same(assembly: Assembly) -> Iterator[str]:
    """Not the same metric twice, and no errors of a function whose failures all end where another stands."""
    seen: set[str] = set()
    for alarm in assembly.resources(ALARM):
        names = ("Namespace", "MetricName", "Dimensions")
        says = json.dumps([alarm.stack, *(alarm.properties.get(name) for name in names)])
        if says in seen:
            yield f"{alarm} looks at what another looks at"
        seen.add(says)
    watched = _watched(assembly)
    for function in our_functions(assembly):
        own = (ERRORS, (function.stack, function.id))
        if own in watched and set(_where_failures_end(assembly, function)) <= watched - {own}:
            yield f"{function} has an alarm of its own, and its failures have another"


def alarms_reach_the_operator(assembly: Assembly) -> Iterator[str]:
    topics = {(topic.stack, topic.id) for topic in assembly.resources(TOPIC)}
    for alarm in assembly.resources(ALARM):
        if not assembly.named_in(alarm.stack, alarm.properties.get("AlarmActions", [])) & topics:
            yield f"{alarm} tells nobody"


def _watched(assembly: Assembly) -> set[Watched]:
    return {
        (alarm.properties["MetricName"], place)
        for alarm in assembly.resources(ALARM)
        for place in assembly.named_in(alarm.stack, alarm.properties.get("Dimensions", []))
    }


def _where_failures_end(assembly: Assembly, function: Resource) -> Iterator[Watched]:
    """For each way in which it is called, the metric that counts its failures."""
    yield from _by_queues(assembly, function)
    yield from _by_schedules(assembly, function)
    yield from _by_gateways(assembly, function)
    for machine in assembly.resources(MACHINE):
        if _names(assembly, machine, "DefinitionString", function):
            yield "ExecutionsFailed", (machine.stack, machine.id)


def _by_queues(assembly: Assembly, function: Resource) -> Iterator[Watched]:
    queues = {(queue.stack, queue.id): queue for queue in assembly.resources(QUEUE)}
    for mapping in assembly.resources(MAPPING):
        if _names(assembly, mapping, "FunctionName", function):
            (source,) = assembly.named_in(mapping.stack, mapping.properties["EventSourceArn"])
            redrive = queues[source].properties.get("RedrivePolicy", {})
            for place in assembly.named_in(source[0], redrive) or {source}:
                yield KEPT, place


def _by_schedules(assembly: Assembly, function: Resource) -> Iterator[Watched]:
    """The schedule only hands the call over: what fails then goes where the function's failures are kept."""
    for schedule in assembly.resources("AWS::Scheduler::Schedule"):
        if _names(assembly, schedule, "Target", function):
            kept = [
                place
                for config in assembly.resources("AWS::Lambda::EventInvokeConfig")
                if _names(assembly, config, "FunctionName", function)
                for place in assembly.named_in(config.stack, config.properties.get("DestinationConfig"))
            ]
            yield from ((KEPT, place) for place in kept or [(function.stack, function.id)])


def _by_gateways(assembly: Assembly, function: Resource) -> Iterator[Watched]:
    """An HTTP API counts its 5xx; what a socket counts mixes clients' errors with ours."""
    protocols = {(api.stack, api.id): api.properties["ProtocolType"] for api in assembly.resources(API)}
    for integration in assembly.resources("AWS::ApiGatewayV2::Integration"):
        if _names(assembly, integration, "IntegrationUri", function):
            (api,) = assembly.named_in(integration.stack, integration.properties["ApiId"])
            http = protocols[api] == "HTTP"
            yield ("5xx", api) if http else (ERRORS, (function.stack, function.id))
    for authorizer in assembly.resources("AWS::ApiGatewayV2::Authorizer"):
        if _names(assembly, authorizer, "AuthorizerUri", function):
            yield ERRORS, (function.stack, function.id)


def _names(assembly: Assembly, by: Resource, name: str, function: Resource) -> bool:
    return (function.stack, function.id) in assembly.named_in(by.stack, by.properties.get(name))


def _policies(assembly: Assembly) -> Iterator[Resource]:
    return assembly.resources("AWS::IAM::Policy")


def _after_the_states(machine: Resource) -> str:
    """A time limit of the whole machine stands beside its states, and theirs inside."""
    text = "".join(
        part if isinstance(part, str) else "X"
        for part in machine.properties["DefinitionString"]["Fn::Join"][1]
    )
    return json.dumps({name: value for name, value in json.loads(text).items() if name != "States"})
