"""The one S3 client: it signs every link, hence with the host of the bucket's own region.

The global host answers 307 for a new bucket outside us-east-1, and a signature is of one host only:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTRedirect.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def make_client() -> S3Client:
    """Links name `bucket.s3.region.amazonaws.com`, as the page's policy does.

    AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_S3 come before that.
    """
    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
        connect_timeout=3,
        read_timeout=30,
        retries={"mode": "standard", "total_max_attempts": 3},
    )
    return boto3.client("s3", config=config)
