"""What the stacks of a stage gave out: outputs by key, and which queue each dead letter came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from json import loads
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError
from switchboard.adapters.operations.dead_letters import DeadLetters
from switchboard.skills import SKILLS

from operate.errors import NoStage

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_sqs import SQSClient

LETTERS_URL = "DeadLettersUrl"
WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Stacks:
    cloudformation: CloudFormationClient
    stage: str

    def outputs(self, noun: str) -> Mapping[str, str]:
        """Errors: NoStage."""
        try:
            found = self.cloudformation.describe_stacks(StackName=self._name(noun))["Stacks"][0]
        except ClientError as error:
            if "does not exist" not in str(error):
                raise
            region = self.cloudformation.meta.region_name
            raise NoStage(f"Stage {self.stage} is not deployed in {region} of this account.") from None
        return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}

    def dead_letters(self, sqs: SQSClient) -> Mapping[str, DeadLetters]:
        """By name: `SmsRepliesDeadLettersUrl` is called sms-replies."""
        sources = dict(self._sources(sqs))
        urls = {
            WORDS.sub("-", key.removesuffix(LETTERS_URL)).lower(): url
            for noun in with_queues()
            for key, url in self.outputs(noun).items()
            if key.endswith(LETTERS_URL)
        }
        return {name: DeadLetters(name, url, sources.get(_last(url, "/"))) for name, url in urls.items()}

    def _sources(self, sqs: SQSClient) -> Iterator[tuple[str, str]]:
        """The name of each dead-letter queue, and the URL of the queue that fills it."""
        for url in chain.from_iterable(map(self._queues, with_queues())):
            answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])
            policy = answer.get("Attributes", {}).get("RedrivePolicy")
            if policy:
                yield _last(loads(policy)["deadLetterTargetArn"], ":"), url

    def _queues(self, noun: str) -> Iterator[str]:
        pages = self.cloudformation.get_paginator("list_stack_resources").paginate(StackName=self._name(noun))
        for page in pages:
            for resource in page["StackResourceSummaries"]:
                if resource["ResourceType"] == "AWS::SQS::Queue":
                    yield resource["PhysicalResourceId"]

    def _name(self, noun: str) -> str:
        return f"Switchboard-{self.stage}-{noun}"


def _last(text: str, separator: str) -> str:
    return text.rpartition(separator)[2]


def with_queues() -> tuple[str, ...]:
    """The stacks that may have queues: those of the core that work, and those of skills."""
    return ("Assistant", "Errands", *(spec.name.title() for spec in SKILLS.values() if spec.keeps))
