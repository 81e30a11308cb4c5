"""A queue never stands alone: it has dead letters, an alarm on them, and a function it feeds."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from stacks.constructs.function import Function, Size
from stacks.constructs.platform import Platform
from stacks.constructs.suppression import Reviewed, accept
from stacks.constructs.topic import Topic

END_OF_THE_LINE = Reviewed(
    "Serverless-SQSRedrivePolicy",
    "This is where dead letters end; an alarm calls the operator, who redrives them.",
)
REDRIVEN = Reviewed(
    "Serverless-LambdaEventSourceMappingDestination",
    "A queue's mapping takes no destination for failures: the queue's own redrive policy keeps them.",
)
POLL = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")


class DeadLetters(Construct):
    """Where messages end that nothing could be done with; one is enough to raise the alarm."""

    def __init__(self, scope: Construct, construct_id: str, platform: Platform) -> None:
        super().__init__(scope, construct_id)
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=platform.settings.enforce_tls,
            retention_period=cdk.Duration.days(14),
            removal_policy=platform.settings.removal_policy,
        )
        accept(self.queue, END_OF_THE_LINE)
        name = "".join(self.node.path.split("/")[1:])
        cdk.CfnOutput(cdk.Stack.of(self), f"{name}Url", value=self.queue.queue_url)
        waiting = self.queue.metric_approximate_number_of_messages_visible(period=cdk.Duration.minutes(1))
        platform.alert(self, "Waiting", waiting)


class Queue(Construct):
    """`handled_within` is the size of the function it feeds; after `attempts` come the dead letters."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        platform: Platform,
        *,
        handled_within: Size,
        attempts: int = 5,
    ) -> None:
        super().__init__(scope, construct_id)
        self.dead_letters = DeadLetters(self, "DeadLetters", platform)
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=platform.settings.enforce_tls,
            visibility_timeout=cdk.Duration.seconds(6 * handled_within.seconds),
            retention_period=cdk.Duration.days(4),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters.queue, max_receive_count=attempts),
            removal_policy=platform.settings.removal_policy,
        )

    def take_from(self, topic: Topic, *, channel: str | None = None) -> None:
        """Everything the topic carries, or only what is for one channel."""
        only = {"channel": sns.SubscriptionFilter.string_filter(allowlist=[channel])} if channel else None
        topic.add_subscription(
            subscriptions.SqsSubscription(
                self.queue,
                raw_message_delivery=True,
                filter_policy=only,
                dead_letter_queue=self.dead_letters.queue,
            )
        )

    def feed(self, function: Function, *, batch: int, at_once: int | None = None) -> None:
        """Hand over `batch` messages at a time, in at most `at_once` places; failures come back singly."""
        function.allow(iam.PolicyStatement(actions=list(POLL), resources=[self.queue.queue_arn]))
        mapping = lambda_.EventSourceMapping(
            self,
            "Feed",
            target=function.function,
            event_source_arn=self.queue.queue_arn,
            batch_size=batch,
            max_concurrency=at_once,
            report_batch_item_failures=True,
        )
        accept(mapping, REDRIVEN)
