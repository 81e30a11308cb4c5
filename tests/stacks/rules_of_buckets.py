"""Rules over every bucket: what is in it is nobody else's, and does not stay for ever by oversight."""

from collections.abc import Iterator

from tests.stacks.assembly import Assembly

BUCKET = "AWS::S3::Bucket"
CLOSED = {"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"}


def buckets_are_closed_to_the_public(assembly: Assembly) -> Iterator[str]:
    for bucket in assembly.resources(BUCKET):
        block = bucket.properties.get("PublicAccessBlockConfiguration", {})
        if {name for name, on in block.items() if on} != CLOSED:
            yield f"{bucket} can be opened to the public"


def buckets_are_encrypted(assembly: Assembly) -> Iterator[str]:
    for bucket in assembly.resources(BUCKET):
        if "BucketEncryption" not in bucket.properties:
            yield f"{bucket} is not encrypted"


def buckets_bring_old_things_to_an_end(assembly: Assembly) -> Iterator[str]:
    """An upload that was broken off, and versions that were replaced."""
    for bucket in assembly.resources(BUCKET):
        rules = bucket.properties.get("LifecycleConfiguration", {}).get("Rules", [])
        said = {name for rule in rules for name in rule}
        versioned = "VersioningConfiguration" in bucket.properties
        if "AbortIncompleteMultipartUpload" not in said or (
            versioned and "NoncurrentVersionExpiration" not in said
        ):
            yield f"{bucket} keeps what nobody can see any more"
