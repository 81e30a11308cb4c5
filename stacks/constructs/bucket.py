"""A private bucket: encrypted, closed to the public, by TLS only, and old things in it come to an end."""

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from constructs import Construct

from stacks.settings import Settings


class Bucket(s3.Bucket):
    """Versions that were replaced end after `versions_kept`, and with `expires` everything does.

    Where data is not retained, the bucket is emptied when its stack goes; the emulator does so unasked.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        versions_kept: cdk.Duration | None = None,
        expires: cdk.Duration | None = None,
        logs: s3.IBucket | None = None,
        ownership: s3.ObjectOwnership = s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    ) -> None:
        rule = s3.LifecycleRule(
            abort_incomplete_multipart_upload_after=cdk.Duration.days(1),
            noncurrent_version_expiration=versions_kept,
            expiration=expires,
        )
        super().__init__(
            scope,
            construct_id,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=settings.enforce_tls,
            versioned=versions_kept is not None,
            lifecycle_rules=[rule],
            server_access_logs_bucket=logs,
            server_access_logs_prefix=f"{construct_id.lower()}/" if logs else None,
            object_ownership=ownership,
            removal_policy=settings.removal_policy,
            auto_delete_objects=not settings.retain_data and settings.emulator is None,
        )
