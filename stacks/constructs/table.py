"""A table as every stage has it: on demand, encrypted, restorable, and kept where data is kept."""

from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from stacks.settings import Settings


def table(scope: Construct, construct_id: str, settings: Settings) -> dynamodb.TableV2:
    """Keys are the texts `pk` and `sk`; what has `expires` (Unix seconds) goes when it has passed."""
    return dynamodb.TableV2(
        scope,
        construct_id,
        partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
        sort_key=dynamodb.Attribute(name="sk", type=dynamodb.AttributeType.STRING),
        billing=dynamodb.Billing.on_demand(),
        encryption=dynamodb.TableEncryptionV2.aws_managed_key(),
        point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=True
        ),
        time_to_live_attribute="expires",
        deletion_protection=settings.deletion_protection,
        removal_policy=settings.removal_policy,
    )
