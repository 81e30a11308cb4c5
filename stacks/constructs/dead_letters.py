"""The dead letters of everything in some stacks, and what an operator's repairs may do with them."""

import re
from itertools import chain

import aws_cdk as cdk
from aws_cdk import aws_sqs as sqs

from stacks.constructs.access import Grant, Link
from stacks.constructs.queue import DeadLetters, Queue

LOOKED_AT = (
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
)
WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def repairs_of(variable: str, scope: cdk.Stack, *others: cdk.Stack) -> Link:
    """By name: where the letters are, and the queue that they go back to, "" where none feeds them."""
    inside = chain.from_iterable(stack.node.find_all() for stack in (scope, *others))
    found = [each for each in inside if isinstance(each, DeadLetters)]
    urls = {_name(each): [each.queue.queue_url, _url(_source(each))] for each in found}
    letters = tuple(each.queue.queue_arn for each in found)
    sources = tuple(source.queue_arn for each in found if (source := _source(each)))
    grants = (Grant(LOOKED_AT, letters), Grant(("sqs:SendMessage",), sources))
    return Link(variable, scope.to_json_string(urls), grants)


def _source(letters: DeadLetters) -> sqs.IQueue | None:
    scope = letters.node.scope
    return scope.queue if isinstance(scope, Queue) else None


def _url(queue: sqs.IQueue | None) -> str:
    return queue.queue_url if queue else ""


def _name(letters: DeadLetters) -> str:
    """As the operator's command calls them: Sms/Replies/DeadLetters are sms-replies."""
    return WORDS.sub("-", "".join(letters.node.path.split("/")[1:-1])).lower()
