"""The page's files into its bucket when the stack is deployed, each with how long it may be cached."""

from typing import cast

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_assets as s3_assets
from aws_cdk import aws_s3_deployment as s3_deployment
from constructs import Construct

from stacks.bundling import site_bundle
from stacks.constructs.suppression import Reviewed, accept
from stacks.settings import Settings
from stacks.site_headers import ASK_FIRST, ASSETS, IMMUTABLE

LIBRARYS_OWN = "CDK's library brings this function; it runs during a deployment, which fails when it fails."
NOT_OURS = tuple(
    Reviewed(finding, LIBRARYS_OWN)
    for finding in (
        "AwsSolutions-L1",
        "Serverless-LambdaDLQ",
        "Serverless-LambdaLatestVersion",
        "Serverless-LambdaTracing",
    )
)
HANDLER = "Custom::CDKBucketDeployment"
ARCHIVES = "*.zip"
"""What CDK has put into the account's bucket of assets. The name of one would change with every page, and the
upload would begin before the changed policy is known everywhere:
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
"""


class Upload(Construct):
    """What the page loads goes first and the page last; what older pages load is left where it is."""

    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings, bucket: s3.Bucket) -> None:
        super().__init__(scope, construct_id)
        self._bucket = bucket
        self._group = logs.LogGroup(
            self, "Logs", retention=settings.log_retention, removal_policy=settings.removal_policy
        )
        built = site_bundle()
        self._asset = s3_assets.Asset(
            self,
            "Dist",
            path=str(built.path),
            asset_hash=built.digest,
            asset_hash_type=cdk.AssetHashType.CUSTOM,
        )
        self._role = self._own_role()
        assets = self._place("Assets", ASSETS, IMMUTABLE)
        page = self._place("Page", "", ASK_FIRST)
        page.node.add_dependency(assets)
        self._accept_findings()

    def _own_role(self) -> iam.Role:
        """Exact verbs, instead of the library's reading and writing of everything."""
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self._group.grant_write(role)
        archives = self._asset.bucket.arn_for_objects(ARCHIVES)
        for action, resource in (
            ("s3:GetObject", archives),
            ("s3:ListBucket", self._bucket.bucket_arn),
            ("s3:PutObject", self._bucket.arn_for_objects("*")),
        ):
            role.add_to_policy(iam.PolicyStatement(actions=[action], resources=[resource]))
        return role

    def _place(self, construct_id: str, folder: str, caching: str) -> s3_deployment.BucketDeployment:
        return s3_deployment.BucketDeployment(
            self,
            construct_id,
            sources=[s3_deployment.Source.bucket(self._asset.bucket, self._asset.s3_object_key)],
            destination_bucket=self._bucket,
            exclude=["*"] if folder else [f"{ASSETS}*"],
            include=[f"{folder}*"] if folder else None,
            cache_control=[s3_deployment.CacheControl.from_string(caching)],
            prune=False,
            role=self._role.without_policy_updates(),
            log_group=self._group,
        )

    def _accept_findings(self) -> None:
        stack = cdk.Stack.of(self)
        handler = next(child for child in stack.node.children if child.node.id.startswith(HANDLER))
        accept(handler, *NOT_OURS)
        bucket = stack.get_logical_id(cast("s3.CfnBucket", self._bucket.node.default_child))
        finding = f"AwsSolutions-IAM5[Resource::<{bucket}.Arn>/*]"
        named_by_content = "The files of the page are called after what is in them."
        accept(self._role, Reviewed(finding, named_by_content), self._any_archive())

    def _any_archive(self) -> Reviewed:
        named = cast("dict[str, str]", cdk.Stack.of(self).resolve(self._asset.s3_bucket_name))
        bucket = named["Fn::Sub"].replace("${", "<").replace("}", ">")
        return Reviewed(
            f"AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::{bucket}/{ARCHIVES}]",
            "Archives of code and pages, which hold no data; their names change with what is in them.",
        )
