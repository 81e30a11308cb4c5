"""Where recordings are uploaded, and what is made of them kept: each upload is told of to a queue."""

from collections.abc import Iterator
from typing import TypedDict, cast

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from stacks.constructs.bucket import Bucket
from stacks.constructs.suppression import Reviewed, accept
from stacks.settings import Settings
from stacks.skills.calls.settings import Calls

UPLOADS, TRANSCRIPTS, ANALYSES = "uploads/", "transcripts/", "analyses/"
"""Objects are `prefix/call/…`."""
VERSIONS_KEPT = cdk.Duration.days(1)
CDN = "https://*.cloudfront.net"
"""The page's own name there is only known once it has been told of this bucket."""
NO_LOGS = Reviewed(
    "AwsSolutions-S1",
    "Recordings come and go by links that the API makes out for whoever is signed in: who listened "
    "to what would be personal data of its own.",
    also=("CKV_AWS_18",),
)


class _Expiry(TypedDict):
    prefix: str
    expiration: cdk.Duration


class _Cors(TypedDict):
    allowed_methods: list[s3.HttpMethods]
    allowed_origins: list[str]
    allowed_headers: list[str]
    exposed_headers: list[str]
    max_age: int


class Recordings(Bucket):
    """Versioned, so that each upload is told from the one before."""

    def __init__(
        self, scope: Construct, construct_id: str, *, settings: Settings, uploads: sqs.Queue
    ) -> None:
        super().__init__(scope, construct_id, settings=settings, versions_kept=VERSIONS_KEPT)
        for rule in _retention(settings):
            self.add_lifecycle_rule(**rule)
        self.add_cors_rule(**_cors(settings))
        accept(self, NO_LOGS)
        self._tell(uploads)

    def _tell(self, uploads: sqs.Queue) -> None:
        """In the template itself, so that no function of CDK's has to; the queue's policy comes first."""
        uploads.add_to_resource_policy(_from_buckets_of_ours(uploads))
        bucket = cast("s3.CfnBucket", self.node.default_child)
        prefix = s3.CfnBucket.FilterRuleProperty(name="prefix", value=UPLOADS)
        told = s3.CfnBucket.QueueConfigurationProperty(
            event="s3:ObjectCreated:*",
            queue=uploads.queue_arn,
            filter=s3.CfnBucket.NotificationFilterProperty(
                s3_key=s3.CfnBucket.S3KeyFilterProperty(rules=[prefix])
            ),
        )
        bucket.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            queue_configurations=[told]
        )
        self.node.add_dependency(uploads.node.find_child("Policy"))


def _from_buckets_of_ours(uploads: sqs.Queue) -> iam.PolicyStatement:
    """Not the one bucket by name: that would have to be there before the queue that it tells."""
    return iam.PolicyStatement(
        actions=["sqs:SendMessage"],
        principals=[iam.ServicePrincipal("s3.amazonaws.com")],
        resources=[uploads.queue_arn],
        conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
    )


def _retention(settings: Settings) -> Iterator[_Expiry]:
    calls = settings.of(Calls)
    kept = {UPLOADS: calls.audio_days} | dict.fromkeys((TRANSCRIPTS, ANALYSES), calls.text_days)
    for prefix, days in kept.items():
        if days:
            yield {"prefix": prefix, "expiration": cdk.Duration.days(days)}


def _cors(settings: Settings) -> _Cors:
    """A link is what opens the bucket, whoever's page it is on; parts are known by their tags."""
    ours = settings.cors_origins if settings.emulator else (CDN, *settings.cors_origins)
    return {
        "allowed_methods": [
            s3.HttpMethods.GET,
            s3.HttpMethods.HEAD,
            s3.HttpMethods.POST,
            s3.HttpMethods.PUT,
        ],
        "allowed_origins": list(ours),
        "allowed_headers": ["content-type", "range"],
        "exposed_headers": ["ETag", "Accept-Ranges", "Content-Range", "Content-Length"],
        "max_age": 3600,
    }
