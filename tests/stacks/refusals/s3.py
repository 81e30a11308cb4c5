"""S3: rules of lifecycle and CORS, notifications, and buckets that logs are delivered to."""

from collections.abc import Iterator
from typing import Any

from tests.stacks.assembly import Assembly, Place, Resource
from tests.stacks.breaking import drop, first, put
from tests.stacks.refusals.refusal import Refusal

LIFECYCLE = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html"
CORS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html"
NOTIFICATIONS = (
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/"
    "aws-properties-s3-bucket-notificationconfig.html"
)
CDN_LOGS = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html"
SERVER_LOGS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html"
POLICIES = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html"

BUCKET = "AWS::S3::Bucket"
POLICY = "AWS::S3::BucketPolicy"
CDN = "AWS::CloudFront::Distribution"
MOST_LIFECYCLE_RULES = 1_000
MOST_CORS_RULES = 100
METHODS = {"GET", "PUT", "HEAD", "POST", "DELETE"}
DOES = (
    *("AbortIncompleteMultipartUpload", "ExpirationDate", "ExpirationInDays", "ExpiredObjectDeleteMarker"),
    *("NoncurrentVersionExpiration", "NoncurrentVersionTransitions", "Transitions"),
)
LARGEST_POLICY = 20 * 1024
WRITES_LOGS = "logging.s3.amazonaws.com"


def lifecycle_rules_are_possible(assembly: Assembly) -> Iterator[str]:
    for bucket in assembly.resources(BUCKET):
        rules = bucket.properties.get("LifecycleConfiguration", {}).get("Rules", [])
        ids = [rule["Id"] for rule in rules if "Id" in rule]
        if len(rules) > MOST_LIFECYCLE_RULES or len(ids) > len(set(ids)):
            yield f"{bucket} has too many lifecycle rules, or two of one id"
        for rule in rules:
            yield from _lifecycle(bucket, rule)


def _lifecycle(bucket: Resource, rule: dict[str, Any]) -> Iterator[str]:
    if not set(rule) & set(DOES) or rule.get("ExpirationInDays", 1) < 1:
        yield f"{bucket} has a lifecycle rule that does nothing"
    if "ExpiredObjectDeleteMarker" in rule and {"ExpirationInDays", "ExpirationDate"} & set(rule):
        yield f"{bucket} expires objects and their markers by one lifecycle rule"
    if "AbortIncompleteMultipartUpload" in rule and "TagFilters" in rule:
        yield f"{bucket} gives uploads up by tags, which they do not have"


def cors_rules_are_possible(assembly: Assembly) -> Iterator[str]:
    for bucket in assembly.resources(BUCKET):
        rules = bucket.properties.get("CorsConfiguration", {}).get("CorsRules", [])
        if len(rules) > MOST_CORS_RULES:
            yield f"{bucket} has {len(rules)} CORS rules"
        for rule in rules:
            starred = [*rule["AllowedOrigins"], *rule.get("AllowedHeaders", [])]
            if not set(rule["AllowedMethods"]) <= METHODS or any(each.count("*") > 1 for each in starred):
                yield f"{bucket} allows a method that does not exist, or has two stars in one value"
            if any("*" in header for header in rule.get("ExposedHeaders", [])):
                yield f"{bucket} exposes headers by a star"


def queues_admit_a_bucket_before_it_tells_them(assembly: Assembly) -> Iterator[str]:
    """S3 tries the destination when the notification is set, so the queue's policy has to be there before."""
    for bucket in assembly.resources(BUCKET):
        told = bucket.properties.get("NotificationConfiguration", {}).get("QueueConfigurations", [])
        for queue in assembly.named_in(bucket.stack, [each["Queue"] for each in told]):
            policies = set(_policies_for_s3(assembly, queue))
            waits_for = {(bucket.stack, name) for name in bucket.declaration.get("DependsOn", [])}
            if not policies & waits_for:
                yield f"{bucket} tells {'/'.join(queue)} before that lets it"


def _policies_for_s3(assembly: Assembly, queue: Place) -> Iterator[Place]:
    for policy in assembly.resources("AWS::SQS::QueuePolicy"):
        if queue in assembly.named_in(policy.stack, policy.properties["Queues"]):
            for statement in policy.properties["PolicyDocument"]["Statement"]:
                if statement["Principal"] == {"Service": "s3.amazonaws.com"}:
                    yield policy.stack, policy.id


def buckets_of_a_cdns_logs_have_acls(assembly: Assembly) -> Iterator[str]:
    buckets = {(each.stack, each.id): each for each in assembly.resources(BUCKET)}
    for cdn in assembly.resources(CDN):
        logging = cdn.properties["DistributionConfig"].get("Logging", {})
        for place in assembly.named_in(cdn.stack, logging.get("Bucket")):
            rules = buckets[place].properties.get("OwnershipControls", {}).get("Rules", [])
            if not any(rule["ObjectOwnership"] != "BucketOwnerEnforced" for rule in rules):
                yield f"{cdn} writes its log to a bucket without ACLs"


def buckets_of_server_logs_admit_them(assembly: Assembly) -> Iterator[str]:
    admitting = set(_admitting_logs(assembly))
    for bucket in assembly.resources(BUCKET):
        target = bucket.properties.get("LoggingConfiguration", {}).get("DestinationBucketName")
        if not assembly.named_in(bucket.stack, target) <= admitting:
            yield f"{bucket} writes its log to a bucket that does not take it"


def _admitting_logs(assembly: Assembly) -> Iterator[Place]:
    for policy in assembly.resources(POLICY):
        for statement in policy.properties["PolicyDocument"]["Statement"]:
            if statement["Effect"] == "Allow" and statement["Principal"] == {"Service": WRITES_LOGS}:
                yield from assembly.named_in(policy.stack, policy.properties["Bucket"])


def each_bucket_has_one_policy(assembly: Assembly) -> Iterator[str]:
    seen: set[Place] = set()
    for policy in assembly.resources(POLICY):
        own = assembly.named_in(policy.stack, policy.properties["Bucket"])
        if own & seen or len(str(policy.properties["PolicyDocument"])) > LARGEST_POLICY:
            yield f"{policy} is not the only policy of its bucket, or larger than 20 KB"
        seen |= own


def _another_policy(assembly: Assembly) -> None:
    policy = next(assembly.resources(POLICY))
    assembly.templates[policy.stack]["Resources"]["Another"] = policy.declaration


def _enforce_ownership(assembly: Assembly) -> None:
    for bucket in assembly.resources(BUCKET):
        put("Properties", "OwnershipControls", "Rules", 0, "ObjectOwnership", to="BucketOwnerEnforced")(
            bucket.declaration  # type: ignore[arg-type]
        )


def _empty_policies(assembly: Assembly) -> None:
    for policy in assembly.resources(POLICY):
        policy.properties["PolicyDocument"]["Statement"][:] = []


RULES = (
    Refusal(
        lifecycle_rules_are_possible,
        LIFECYCLE,
        first(BUCKET, put("Properties", "LifecycleConfiguration", "Rules", 0, to={"Status": "Enabled"})),
    ),
    Refusal(
        cors_rules_are_possible,
        CORS,
        first(
            BUCKET, put("Properties", "CorsConfiguration", "CorsRules", 0, "ExposedHeaders", to=["x-amz-*"])
        ),
    ),
    Refusal(queues_admit_a_bucket_before_it_tells_them, NOTIFICATIONS, first(BUCKET, drop("DependsOn"))),
    Refusal(buckets_of_a_cdns_logs_have_acls, CDN_LOGS, _enforce_ownership),
    Refusal(buckets_of_server_logs_admit_them, SERVER_LOGS, _empty_policies),
    Refusal(each_bucket_has_one_policy, POLICIES, _another_policy),
)
