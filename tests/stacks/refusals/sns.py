"""SNS: filters, endpoints, dead letters, and who may use the key of an encrypted topic."""

import json
import re
from collections.abc import Iterator
from math import prod
from typing import Any

from tests.stacks.assembly import Assembly, Place, Resource
from tests.stacks.breaking import first, put
from tests.stacks.refusals.refusal import Refusal
from tests.stacks.resolving import resolved

FILTERS = "https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html"
SUBSCRIBE = "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html"
RAW = "https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html"
LETTERS = "https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html"
KEYS = "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html"

TOPIC = "AWS::SNS::Topic"
TOPIC_POLICY = "AWS::SNS::TopicPolicy"
SUBSCRIPTION = "AWS::SNS::Subscription"
QUEUE_POLICY = "AWS::SQS::QueuePolicy"
KEY = "AWS::KMS::Key"
MOST_KEYS = 5
MOST_COMBINATIONS = 150
LARGEST_FILTER = 256 * 1024
ENDPOINTS = {
    "sqs": re.compile(r"arn:aws:sqs:.*"),
    "lambda": re.compile(r"arn:aws:lambda:.*"),
    "email": re.compile(r"[^@\s]+@[^@\s]+"),
    "email-json": re.compile(r"[^@\s]+@[^@\s]+"),
    "http": re.compile(r"http://.*"),
    "https": re.compile(r"https://.*"),
    "sms": re.compile(r"\+[1-9]\d{1,18}"),
    "firehose": re.compile(r"arn:aws:firehose:.*"),
}
SENT_AS_IS = {"sqs", "http", "https", "firehose"}
ENCRYPTS = {"kms:Decrypt", "kms:GenerateDataKey*"}
DELIVERS = "sns.amazonaws.com"


def filters_are_small(assembly: Assembly) -> Iterator[str]:
    for subscription in assembly.resources(SUBSCRIPTION):
        wanted: dict[str, Any] = subscription.properties.get("FilterPolicy", {})
        combinations = prod(len(values) for values in wanted.values())
        too_large = len(json.dumps(wanted)) > LARGEST_FILTER
        if len(wanted) > MOST_KEYS or combinations > MOST_COMBINATIONS or too_large:
            yield f"{subscription} filters by {len(wanted)} keys and {combinations} combinations"


def endpoints_are_of_their_protocol(assembly: Assembly) -> Iterator[str]:
    for subscription in assembly.resources(SUBSCRIPTION):
        properties = resolved(assembly, subscription)
        if not ENDPOINTS[properties["Protocol"]].fullmatch(properties["Endpoint"]):
            yield f"{subscription} has an endpoint that {properties['Protocol']} cannot reach"


def only_some_protocols_take_messages_as_they_are(assembly: Assembly) -> Iterator[str]:
    for subscription in assembly.resources(SUBSCRIPTION):
        raw = subscription.properties.get("RawMessageDelivery")
        if raw and subscription.properties["Protocol"] not in SENT_AS_IS:
            yield f"{subscription} cannot have raw messages"


def queues_let_their_topics_and_dead_letters_in(assembly: Assembly) -> Iterator[str]:
    """SNS accepts the subscription either way, and then drops every message."""
    admits = set(_admitted(assembly))
    for subscription in assembly.resources(SUBSCRIPTION):
        properties = subscription.properties
        if properties["Protocol"] != "sqs":
            continue
        topics = assembly.named_in(subscription.stack, properties["TopicArn"])
        for value in (properties["Endpoint"], properties.get("RedrivePolicy", {})):
            for queue in assembly.named_in(subscription.stack, value):
                if not any((queue, topic) in admits for topic in topics):
                    yield f"{subscription} may not write to {'/'.join(queue)}"


def services_may_use_the_keys_of_their_topics(assembly: Assembly) -> Iterator[str]:
    """To publish to an encrypted topic a service is named by the key's policy, which AWS's own key cannot."""
    keys = {(each.stack, each.id): each for each in assembly.resources(KEY)}
    for topic in assembly.resources(TOPIC):
        named = assembly.named_in(topic.stack, topic.properties.get("KmsMasterKeyId"))
        opened = set().union(*(_opened_to(keys[place]) for place in named if place in keys))
        for service in sorted(_publishers(assembly, (topic.stack, topic.id)) - opened):
            yield f"{service} may publish to {topic} and not use its key"


def _admitted(assembly: Assembly) -> Iterator[tuple[Place, Place]]:
    """Which topic may write to which queue."""
    for policy in assembly.resources(QUEUE_POLICY):
        queues = assembly.named_in(policy.stack, policy.properties["Queues"])
        for statement in policy.properties["PolicyDocument"]["Statement"]:
            if DELIVERS in _services(statement) and statement["Effect"] == "Allow":
                topics = assembly.named_in(policy.stack, statement.get("Condition", {}))
                yield from ((queue, topic) for queue in queues for topic in topics)


def _publishers(assembly: Assembly, topic: Place) -> set[str]:
    found: set[str] = set()
    for policy in assembly.resources(TOPIC_POLICY):
        if topic in assembly.named_in(policy.stack, policy.properties["Topics"]):
            for statement in policy.properties["PolicyDocument"]["Statement"]:
                found |= _services(statement)
    return found


def _opened_to(key: Resource) -> set[str]:
    found: set[str] = set()
    for statement in key.properties["KeyPolicy"]["Statement"]:
        if set(_listed(statement["Action"])) >= ENCRYPTS:
            found |= _services(statement)
    return found


def _services(statement: dict[str, Any]) -> set[str]:
    principal = statement["Principal"]
    return set(_listed(principal.get("Service", []))) if isinstance(principal, dict) else set()


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - a template is JSON
    return value if isinstance(value, list) else [value]


def _close_every_queue(assembly: Assembly) -> None:
    for policy in assembly.resources(QUEUE_POLICY):
        policy.properties["PolicyDocument"]["Statement"][:] = []


RULES = (
    Refusal(
        filters_are_small,
        FILTERS,
        first(SUBSCRIPTION, put("Properties", "FilterPolicy", to={"channel": ["x"] * 151})),
    ),
    Refusal(
        endpoints_are_of_their_protocol,
        SUBSCRIBE,
        first(SUBSCRIPTION, put("Properties", "Protocol", to="email")),
    ),
    Refusal(
        only_some_protocols_take_messages_as_they_are,
        RAW,
        first(SUBSCRIPTION, put("Properties", "Protocol", to="lambda")),
    ),
    Refusal(queues_let_their_topics_and_dead_letters_in, LETTERS, _close_every_queue),
    Refusal(
        services_may_use_the_keys_of_their_topics,
        KEYS,
        first(TOPIC, put("Properties", "KmsMasterKeyId", to="alias/aws/sns")),
    ),
)
