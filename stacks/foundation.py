"""What everything stands on: people, conversations, topics, the secret, sign-in, two gateways."""

import aws_cdk as cdk
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct
from switchboard.channels import CHANNELS

from stacks.constructs.alarm import alarm
from stacks.constructs.gateways import HttpGateway, SocketGateway
from stacks.constructs.secret import Secret
from stacks.constructs.suppression import Reviewed, accept
from stacks.constructs.table import table
from stacks.constructs.topic import Topic, topic_key
from stacks.settings import Settings

ALARMS = "cloudwatch.amazonaws.com"
OPERATORS = "operators"
RENEWED_TWICE = cdk.Duration.seconds(30)
"""Two pages of one browser may renew with the same cookie at the same moment; an answer may be lost."""

ONE_FACTOR = Reviewed(
    "AwsSolutions-COG2",
    "Sign-in is one request with name and password (POST /login), for people whom the operator enrols; "
    "passwords have twelve characters or more, and the gateway throttles guesses.",
)
NO_THREAT_DETECTION = Reviewed(
    "AwsSolutions-COG8",
    "The plus tier judges a sign-in by the client's address and device; here each comes from our function.",
)
GATEWAY_LOGS = Reviewed(
    "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/"
    "AmazonAPIGatewayPushToCloudWatchLogs]",
    "The account's one role for the logs of all its gateways, with the policy API Gateway documents for it.",
)

KEPT_BY_CLOUDWATCH = Reviewed(
    "Serverless-SNSRedrivePolicy",
    "A mail that cannot be delivered loses no alarm: CloudWatch keeps its state and history. Dead letters "
    "would need an alarm of their own, which goes to the same address.",
)


class FoundationStack(cdk.Stack):
    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings, stack_name: str) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        self.settings = settings
        self._add_tables()
        self._add_topics()
        self.secret = Secret(self, "Secret", settings=settings)
        self._add_sign_in()
        self._add_gateways()
        self._add_outputs()

    def _add_tables(self) -> None:
        self.people = table(self, "People", self.settings)
        self.people.add_global_secondary_index(
            index_name="listed",
            partition_key=dynamodb.Attribute(name="listed", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="since", type=dynamodb.AttributeType.NUMBER),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )
        self.conversations = table(self, "Conversations", self.settings)
        self.conversations.add_global_secondary_index(
            index_name="waiting",
            partition_key=dynamodb.Attribute(name="waiting", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="waiting_since", type=dynamodb.AttributeType.NUMBER),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )

    def _add_topics(self) -> None:
        removal = self.settings.removal_policy
        outside = {name: service for spec in CHANNELS.values() for name, service in spec.topics.items()}
        services = [*dict.fromkeys(outside.values()), ALARMS]
        self.topic_key = topic_key(self, services=services, removal=removal)
        self.topics = {name: self._topic(name, service) for name, service in outside.items()}
        self.turns = self._topic("Turns")
        self.replies = self._topic("Replies")
        self.alarms = self._topic("Alarms", ALARMS)
        if self.settings.alarm_email:
            mail = subscriptions.EmailSubscription(self.settings.alarm_email)
            accept(self.alarms.add_subscription(mail), KEPT_BY_CLOUDWATCH)

    def _topic(self, construct_id: str, *publishers: str) -> Topic:
        return Topic(
            self,
            construct_id,
            key=self.topic_key,
            enforce_tls=self.settings.enforce_tls,
            publishers=publishers,
        )

    def _add_sign_in(self) -> None:
        self.user_pool = cognito.UserPool(
            self,
            "UserPool",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(username=True),
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_digits=True,
                require_lowercase=True,
                require_uppercase=True,
                require_symbols=True,
            ),
            account_recovery=cognito.AccountRecovery.NONE,
            deletion_protection=self.settings.deletion_protection,
            removal_policy=self.settings.removal_policy,
        )
        accept(self.user_pool, ONE_FACTOR, NO_THREAT_DETECTION)
        self.user_pool_client = self.user_pool.add_client(
            "Client",
            auth_flows=cognito.AuthFlow(admin_user_password=True),
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            access_token_validity=cdk.Duration.hours(1),
            id_token_validity=cdk.Duration.hours(1),
            refresh_token_validity=cdk.Duration.days(30),
            refresh_token_rotation_grace_period=RENEWED_TWICE,
            # None at all would be all of them: an address the pool writes to must not be the bearer's to set.
            write_attributes=cognito.ClientAttributes().with_standard_attributes(locale=True),
            enable_token_revocation=True,
        )
        self.operators = cognito.CfnUserPoolGroup(
            self,
            "Operators",
            user_pool_id=self.user_pool.user_pool_id,
            group_name=OPERATORS,
            description="See everybody's spending, and put right what is stuck.",
        )

    def _add_gateways(self) -> None:
        self.http = HttpGateway(self, "Http", settings=self.settings)
        failed = self.http.api.metric_server_error(period=cdk.Duration.minutes(5), statistic="Sum")
        alarm(self, "RequestsFailed", failed, tells=self.alarms)
        self.socket = SocketGateway(self, "Socket", settings=self.settings)
        if self.settings.owns_gateway_log_role:
            self.socket.stage.node.add_dependency(self._gateway_log_role())

    def _gateway_log_role(self) -> apigateway.CfnAccount:
        """Socket gateways log by a role of the whole account and region, hence kept even if creation fails.

        Deleting the account's resource leaves its setting as it is, which another stage may live by.
        """
        policy = iam.ManagedPolicy.from_aws_managed_policy_name(
            "service-role/AmazonAPIGatewayPushToCloudWatchLogs"
        )
        principal = iam.ServicePrincipal("apigateway.amazonaws.com")
        role = iam.Role(self, "GatewayLogRole", assumed_by=principal, managed_policies=[policy])
        role.apply_removal_policy(cdk.RemovalPolicy.RETAIN)
        accept(role, GATEWAY_LOGS)
        account = apigateway.CfnAccount(self, "GatewayAccount", cloud_watch_role_arn=role.role_arn)
        account.apply_removal_policy(cdk.RemovalPolicy.RETAIN)
        return account

    def _add_outputs(self) -> None:
        outputs = {
            "HttpApiUrl": self.http.url,
            "WebSocketUrl": self.socket.url,
            "UserPoolId": self.user_pool.user_pool_id,
            "UserPoolClientId": self.user_pool_client.user_pool_client_id,
            "SecretArn": self.secret.full_arn,
            **{f"{name}TopicArn": topic.topic_arn for name, topic in self.topics.items()},
            "ConversationsTable": self.conversations.table_name,
            "TurnsTopicArn": self.turns.topic_arn,
            "RepliesTopicArn": self.replies.topic_arn,
        }
        for key, value in outputs.items():
            cdk.CfnOutput(self, key, value=value)
