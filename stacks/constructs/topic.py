"""A topic: encrypted, with a policy that says who publishes."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from constructs import Construct


class Topic(sns.Topic):
    """`publishers` are service principals of this account; our functions publish by their roles.

    Its policy is always written down, since a topic without one lets anybody of the account publish.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        key: kms.IKey,
        enforce_tls: bool,
        publishers: Sequence[str] = (),
    ) -> None:
        super().__init__(scope, construct_id, master_key=key, enforce_ssl=enforce_tls)
        self.key = key
        self.add_to_resource_policy(self._owner_may_look())
        for service in publishers:
            self.add_to_resource_policy(self._may_publish(service))

    def _owner_may_look(self) -> iam.PolicyStatement:
        return iam.PolicyStatement(
            sid="OwnerMayLook",
            actions=["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"],
            principals=[iam.AccountRootPrincipal()],
            resources=[self.topic_arn],
        )

    def _may_publish(self, service: str) -> iam.PolicyStatement:
        return iam.PolicyStatement(
            actions=["sns:Publish"],
            principals=[iam.ServicePrincipal(service)],
            resources=[self.topic_arn],
            conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
        )


def topic_key(scope: Construct, *, services: Sequence[str], removal: cdk.RemovalPolicy) -> kms.Key:
    """One key for every topic. An AWS-managed key cannot be opened to the services that publish.

    The statement has no aws:SourceAccount condition because not every service sends one to the key;
    whose messages get in is for the topics' own policies to say.
    """
    key = kms.Key(scope, "TopicKey", enable_key_rotation=True, removal_policy=removal)
    for service in services:
        key.grant(iam.ServicePrincipal(service), "kms:Decrypt", "kms:GenerateDataKey*")
    return key
