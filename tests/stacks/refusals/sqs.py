"""SQS: times, redrive policies and the size of policies."""

import json
from collections.abc import Iterator

from tests.stacks.assembly import Assembly, Place, Resource
from tests.stacks.breaking import first, put
from tests.stacks.refusals.refusal import Refusal, out_of_range
from tests.stacks.resolving import resolved

ATTRIBUTES = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html"
)
LETTERS = (
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"
)
POLICIES = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html"

QUEUE = "AWS::SQS::Queue"
POLICY = "AWS::SQS::QueuePolicy"
TIMES = {
    "VisibilityTimeout": (0, 43_200),
    "MessageRetentionPeriod": (60, 1_209_600),
    "DelaySeconds": (0, 900),
    "ReceiveMessageWaitTimeSeconds": (0, 20),
    "MaximumMessageSize": (1_024, 1_048_576),
    "RedrivePolicy/maxReceiveCount": (1, 1_000),
}
LARGEST_POLICY = 8_192
MOST_STATEMENTS = 20
MOST_ACTIONS = 7


def queues_keep_times_and_sizes(assembly: Assembly) -> Iterator[str]:
    for queue in assembly.resources(QUEUE):
        yield from out_of_range(queue, TIMES)


def dead_letters_are_of_the_queues_own_kind(assembly: Assembly) -> Iterator[str]:
    """All stacks are of one account and region; a FIFO queue has FIFO dead letters."""
    known = _by_place(assembly)
    for queue in known.values():
        target = queue.properties.get("RedrivePolicy", {}).get("deadLetterTargetArn")
        for place in assembly.named_in(queue.stack, target):
            if place not in known or _is_fifo(known[place]) != _is_fifo(queue):
                yield f"{queue} sends its dead letters to another kind of queue"


def queue_policies_are_small(assembly: Assembly) -> Iterator[str]:
    for policy in assembly.resources(POLICY):
        document = resolved(assembly, policy)["PolicyDocument"]
        statements = document["Statement"]
        most = max(len(_listed(each["Action"])) for each in statements)
        size = len(json.dumps(document, separators=(",", ":")))
        if len(statements) > MOST_STATEMENTS or most > MOST_ACTIONS or size > LARGEST_POLICY:
            yield f"{policy}: {len(statements)} statements, {most} actions in one, {size} bytes"


def each_queue_has_one_policy(assembly: Assembly) -> Iterator[str]:
    """A second one would take the first one's place: they are one attribute of the queue."""
    seen: set[Place] = set()
    for policy in assembly.resources(POLICY):
        own = assembly.named_in(policy.stack, policy.properties["Queues"])
        if own & seen:
            yield f"{policy} is not the only policy of its queue"
        seen |= own


def _by_place(assembly: Assembly) -> dict[Place, Resource]:
    return {(each.stack, each.id): each for each in assembly.resources(QUEUE)}


def _is_fifo(queue: Resource) -> bool:
    return bool(queue.properties.get("FifoQueue"))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _make_the_first_dead_letters_fifo(assembly: Assembly) -> None:
    place = next(
        place
        for queue in assembly.resources(QUEUE)
        for place in assembly.named_in(queue.stack, queue.properties.get("RedrivePolicy", {}))
    )
    put("Properties", "FifoQueue", to=True)(_by_place(assembly)[place].declaration)  # type: ignore[arg-type]


def _another_policy(assembly: Assembly) -> None:
    policy = next(assembly.resources(POLICY))
    assembly.templates[policy.stack]["Resources"]["Another"] = policy.declaration


RULES = (
    Refusal(
        queues_keep_times_and_sizes,
        ATTRIBUTES,
        first(QUEUE, put("Properties", "VisibilityTimeout", to=12 * 3_600 + 1)),
    ),
    Refusal(dead_letters_are_of_the_queues_own_kind, LETTERS, _make_the_first_dead_letters_fifo),
    Refusal(
        queue_policies_are_small,
        POLICIES,
        first(
            POLICY, put("Properties", "PolicyDocument", "Statement", 0, "Action", to=["sqs:SendMessage"] * 8)
        ),
    ),
    Refusal(each_queue_has_one_policy, ATTRIBUTES, _another_policy),
)
