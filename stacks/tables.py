"""What is deployed, as tables for the README, from the templates."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import Any

import aws_cdk as cdk

from stacks.app import build
from stacks.bundling.store import ROOT
from stacks.handlers import is_ours, name_of
from stacks.settings import settings_from

README = ROOT / "README.md"
SYNTH = {"aws:cdk:disable-asset-staging": True, "aws:cdk:enable-path-metadata": True}
Template = Mapping[str, Any]
Resources = Mapping[str, Mapping[str, Any]]


def rendered() -> dict[str, str]:
    return render(templates("prod"))


def templates(stage: str) -> Mapping[str, Template]:
    flags = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"]
    context = {**flags, "stage": stage, **SYNTH}
    with TemporaryDirectory() as outdir:
        app = cdk.App(outdir=outdir, context=context, builtin_cloud_formation_validation=False)
        build(app, replace(settings_from(app.node.try_get_context), audit=False))
        return {stack.id: stack.template for stack in app.synth().stacks}


def filled(text: str, tables: Mapping[str, str]) -> str:
    """The text with each table between its markers; text without a table's markers is left as it is."""
    for name, table in tables.items():
        marked = re.compile(rf"(<!-- generated:{name} -->\n).*?(<!-- /generated -->)", re.DOTALL)
        text = marked.sub(rf"\g<1>{table}\n\g<2>", text)
    return text


def render(stacks: Mapping[str, Template]) -> dict[str, str]:
    resources = {name: body for stack in stacks.values() for name, body in stack["Resources"].items()}
    functions = ("function", "trigger", "memory", "timeout", "layers")
    queues = ("queue", "fed by", "read by", "attempts", "dead letters")
    return {
        "functions": table(functions, sorted(_functions(resources))),
        "topics": table(("topic", "published by", "read by"), sorted(_topics(resources))),
        "queues": table(queues, sorted(_queues(resources))),
        "routes": table(("route", "authorizer", "function"), sorted(_routes(resources))),
    }


def _functions(resources: Resources) -> Iterator[tuple[str, ...]]:
    triggers = _triggers(resources)
    for name, function in _our_functions(resources):
        properties = function["Properties"]
        layers = (_noun(resources, _target(layer)) for layer in properties["Layers"])
        yield (
            f"`{_handler(function)}`",
            ", ".join(triggers.get(name, ())),
            f"{properties['MemorySize']} MB",
            f"{properties['Timeout']} s",
            ", ".join(layer.rsplit(" ", 1)[-1] for layer in layers),
        )


def _triggers(resources: Resources) -> dict[str, list[str]]:
    triggers: dict[str, list[str]] = {}
    for _, mapping in _of(resources, "AWS::Lambda::EventSourceMapping"):
        queue = _noun(resources, _target(mapping["Properties"]["EventSourceArn"]))
        triggers.setdefault(_target(mapping["Properties"]["FunctionName"]), []).append(f"queue {queue}")
    for _, schedule in _of(resources, "AWS::Scheduler::Schedule"):
        expression = schedule["Properties"]["ScheduleExpression"]
        triggers.setdefault(_target(schedule["Properties"]["Target"]["Arn"]), []).append(expression)
    for key, function, _ in _routed(resources):
        triggers.setdefault(function, []).append(f"`{key}`")
    for name, machine in _of(resources, "AWS::StepFunctions::StateMachine"):
        for function in _named_in(resources, machine["Properties"]["DefinitionString"]):
            triggers.setdefault(function, []).append(f"machine {_noun(resources, name)}")
    for _, authorizer in _of(resources, "AWS::ApiGatewayV2::Authorizer"):
        if "AuthorizerUri" in authorizer["Properties"]:
            function = _target(authorizer["Properties"]["AuthorizerUri"])
            triggers.setdefault(function, []).append("authorizes `$connect`")
    return triggers


def _topics(resources: Resources) -> Iterator[tuple[str, ...]]:
    for name, _ in _of(resources, "AWS::SNS::Topic"):
        yield (
            _noun(resources, name),
            ", ".join(_publishers(resources, name)),
            ", ".join(_readers(resources, name)) or "the operator",
        )


def _feeders(resources: Resources, queue: str) -> list[str]:
    """Topics and buckets; where there are none, the functions that know the queue."""
    topics = [
        f"topic {_noun(resources, _target(each['Properties']['TopicArn']))}"
        for _, each in _of(resources, "AWS::SNS::Subscription")
        if _target(each["Properties"]["Endpoint"]) == queue
    ]
    buckets = [
        f"bucket {_noun(resources, name)}"
        for name, each in _of(resources, "AWS::S3::Bucket")
        if queue in map(_target, _told(each["Properties"]))
    ]
    return [*topics, *buckets] or list(_knowing(resources, queue))


def _told(bucket: Mapping[str, Any]) -> Iterator[object]:
    configured = bucket.get("NotificationConfiguration", {}).get("QueueConfigurations", ())
    return (each["Queue"] for each in configured)


def _publishers(resources: Resources, topic: str) -> Iterator[str]:
    for _, policy in _of(resources, "AWS::SNS::TopicPolicy"):
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
            principal = statement["Principal"]
            if topic in map(_target, policy["Properties"]["Topics"]) and "Service" in principal:
                yield principal["Service"]
    yield from _knowing(resources, topic)


def _knowing(resources: Resources, name: str) -> Iterator[str]:
    """The functions that have it in their environment."""
    for _, function in _our_functions(resources):
        variables = function["Properties"]["Environment"]["Variables"].values()
        if name in {_target(value) for value in variables if isinstance(value, dict)}:
            yield f"`{_handler(function)}`"


def _readers(resources: Resources, topic: str) -> Iterator[str]:
    for _, subscription in _of(resources, "AWS::SNS::Subscription"):
        properties = subscription["Properties"]
        if _target(properties["TopicArn"]) == topic and properties["Protocol"] == "sqs":
            only = properties.get("FilterPolicy", {}).get("channel", [])
            queue = _noun(resources, _target(properties["Endpoint"]))
            yield f"queue {queue}" + (f" (only {', '.join(only)})" if only else "")


def _queues(resources: Resources) -> Iterator[tuple[str, ...]]:
    read = {
        _target(each["Properties"]["EventSourceArn"]): _handler(
            resources[_target(each["Properties"]["FunctionName"])]
        )
        for _, each in _of(resources, "AWS::Lambda::EventSourceMapping")
    }
    for name, queue in _of(resources, "AWS::SQS::Queue"):
        redrive = queue["Properties"].get("RedrivePolicy")
        if redrive:
            letters = _noun(resources, _target(redrive["deadLetterTargetArn"]))
            attempts = str(redrive["maxReceiveCount"])
            yield (
                _noun(resources, name),
                ", ".join(_feeders(resources, name)),
                f"`{read.get(name, '')}`",
                attempts,
                letters,
            )


def _named_in(resources: Resources, definition: Mapping[str, Any]) -> list[str]:
    """The functions that a machine calls, each once."""
    functions = {name for name, _ in _our_functions(resources)}
    return sorted(functions & set(map(_target, definition["Fn::Join"][1])))


def _routes(resources: Resources) -> Iterator[tuple[str, ...]]:
    for key, function, authorizer in _routed(resources):
        yield (f"`{key}`", authorizer, f"`{_handler(resources[function])}`")


def _routed(resources: Resources) -> Iterator[tuple[str, str, str]]:
    kinds = {"JWT": "token of the user pool", "CUSTOM": "ticket, used once"}
    for _, route in _of(resources, "AWS::ApiGatewayV2::Route"):
        properties = route["Properties"]
        integration = resources[_target(properties["Target"])]
        function = _target(integration["Properties"]["IntegrationUri"])
        without = "as connected" if properties["RouteKey"].startswith("$") else "none"
        yield properties["RouteKey"], function, kinds.get(properties.get("AuthorizationType", ""), without)


def _our_functions(resources: Resources) -> list[tuple[str, Mapping[str, Any]]]:
    """Without those that CDK brings along for a deployment."""
    found = _of(resources, "AWS::Lambda::Function")
    return [each for each in found if is_ours(each[1]["Properties"]["Handler"])]


def _of(resources: Resources, kind: str) -> list[tuple[str, Mapping[str, Any]]]:
    return [(name, body) for name, body in resources.items() if body["Type"] == kind]


def _handler(function: Mapping[str, Any]) -> str:
    return name_of(str(function["Properties"]["Handler"]))


def _noun(resources: Resources, name: str) -> str:
    """The construct's own name: its path without the stack and without what every construct has."""
    path = resources[name]["Metadata"]["aws:cdk:path"].split("/")[1:-1]
    words = [word for word in path if word not in {"Queue", "Platform", "Machine"}]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", " ".join(words)).lower()


def _target(value: object) -> str:
    """The logical id of the first resource that a value refers to, here or by another stack's export."""
    match value:
        case {"Ref": str(name)} if not name.startswith("AWS::"):
            return name
        case {"Fn::GetAtt": [str(name), *_]}:
            return name
        case {"Fn::ImportValue": str(name)}:
            exported = re.search(r"ExportsOutput(?:Ref|FnGetAtt)(\w+?[0-9A-F]{8})", name)
            return exported[1] if exported else ""
        case dict():
            return _first(value.values())
        case list():
            return _first(value)
    return ""


def _first(values: Iterable[object]) -> str:
    return next((name for name in map(_target, values) if name), "")


def table(heads: Sequence[str], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
