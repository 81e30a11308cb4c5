"""Grants that no call of ours asks for: each rule says what asks for it, and where AWS says so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Final

from tests.stacks.assembly import Place
from tests.stacks.grants.reach import Reach
from tests.stacks.grants.roles import ANYTHING, Grant, Worker

POLLS: Final = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
BEDROCK: Final = "openai.providers.bedrock"
Rule = Callable[[Worker, Reach, set[Grant]], Iterator[Grant]]


def its_logs_are_written(worker: Worker, _reach: Reach, _needed: set[Grant]) -> Iterator[Grant]:
    """https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html."""
    for group in _referred(worker, worker.function.properties["LoggingConfig"]["LogGroup"]):
        yield "logs:CreateLogStream", group
        yield "logs:PutLogEvents", group


def it_is_traced(worker: Worker, _reach: Reach, _needed: set[Grant]) -> Iterator[Grant]:
    """https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html."""
    if worker.function.properties.get("TracingConfig", {}).get("Mode") == "Active":
        yield "xray:PutTraceSegments", ANYTHING
        yield "xray:PutTelemetryRecords", ANYTHING


def queues_are_polled_for_it(worker: Worker, _reach: Reach, _needed: set[Grant]) -> Iterator[Grant]:
    """https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html."""
    for mapping in worker.of.resources("AWS::Lambda::EventSourceMapping"):
        if worker.place in worker.of.named_in(mapping.stack, mapping.properties["FunctionName"]):
            for queue in worker.of.named_in(mapping.stack, mapping.properties["EventSourceArn"]):
                yield from ((action, queue) for action in POLLS)


def what_failed_is_kept(worker: Worker, _reach: Reach, _needed: set[Grant]) -> Iterator[Grant]:
    """https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html."""
    for config in worker.of.resources("AWS::Lambda::EventInvokeConfig"):
        if worker.place in worker.of.named_in(config.stack, config.properties["FunctionName"]):
            for queue in worker.of.named_in(config.stack, config.properties["DestinationConfig"]):
                yield "sqs:SendMessage", queue


def topics_are_encrypted(worker: Worker, _reach: Reach, needed: set[Grant]) -> Iterator[Grant]:
    """https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html."""
    published = {place for action, place in needed if action == "sns:Publish"}
    for topic in worker.of.resources("AWS::SNS::Topic"):
        if (topic.stack, topic.id) in published:
            for key in worker.of.named_in(topic.stack, topic.properties.get("KmsMasterKeyId")):
                yield "kms:Decrypt", key
                yield "kms:GenerateDataKey", key


def a_model_is_asked_in_bedrock(worker: Worker, reach: Reach, _needed: set[Grant]) -> Iterator[Grant]:
    """https://docs.aws.amazon.com/bedrock/latest/userguide/inference-prereq.html."""
    providers = json.loads(worker.settings.get("model", "{}")).get("providers", ())
    if BEDROCK in reach.others and any(each["kind"] == "bedrock" for each in providers):
        yield "bedrock:InvokeModel", ANYTHING
        yield "bedrock:InvokeModelWithResponseStream", ANYTHING


RULES: Final[tuple[Rule, ...]] = (
    its_logs_are_written,
    it_is_traced,
    queues_are_polled_for_it,
    what_failed_is_kept,
    topics_are_encrypted,
    a_model_is_asked_in_bedrock,
)


def _referred(worker: Worker, value: object) -> set[Place]:
    return worker.of.named_in(worker.function.stack, value)
