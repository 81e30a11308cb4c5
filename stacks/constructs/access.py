"""What a function uses: the variable that names it and the verbs allowed on it, which never exist apart."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import aws_cdk as cdk
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from switchboard.core.secret_labels import SecretLabel

from stacks.constructs.gateways import SocketGateway
from stacks.constructs.secret import Secret
from stacks.constructs.suppression import Reviewed
from stacks.constructs.topic import Topic


@dataclass(frozen=True, slots=True)
class Grant:
    """Exact verbs on exact resources."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def statement(self) -> iam.PolicyStatement:
        return iam.PolicyStatement(
            actions=list(self.actions), resources=list(self.resources), conditions=self.conditions
        )


@dataclass(frozen=True, slots=True)
class Link:
    variable: str
    value: str
    grants: tuple[Grant, ...]
    reviewed: tuple[Reviewed, ...] = ()


def table(source: dynamodb.ITableV2, variable: str, *verbs: str) -> Link:
    return Link(variable, source.table_name, (Grant(_dynamodb(verbs), (source.table_arn,)),))


def index(source: dynamodb.ITableV2, variable: str, name: str, *verbs: str) -> Link:
    arn = f"{source.table_arn}/index/{name}"
    return Link(variable, source.table_name, (Grant(_dynamodb(verbs), (arn,)),))


def publish(topic: Topic, variable: str) -> Link:
    """Publishing to an encrypted topic takes the key as well."""
    encrypt = Grant(("kms:Decrypt", "kms:GenerateDataKey"), (topic.key.key_arn,))
    return Link(variable, topic.topic_arn, (Grant(("sns:Publish",), (topic.topic_arn,)), encrypt))


def put_back(queue: sqs.IQueue, variable: str) -> Link:
    """To return a message to its queue for a while."""
    return Link(variable, queue.queue_url, (Grant(("sqs:ChangeMessageVisibility",), (queue.queue_arn,)),))


def send(queue: sqs.IQueue, variable: str) -> Link:
    """To hand something over by a queue."""
    return Link(variable, queue.queue_url, (Grant(("sqs:SendMessage",), (queue.queue_arn,)),))


def objects(bucket: s3.IBucket, variable: str, *verbs: str, under: str = "") -> Link:
    """To read and write what the bucket holds under a prefix, by its keys."""
    each = f"{bucket.bucket_arn}/{under}*"
    grant = Grant(tuple(f"s3:{verb}" for verb in verbs), (each,))
    return Link(variable, bucket.bucket_name, (grant,), tuple(_any_object(bucket, under)))


def listing(bucket: s3.IBucket, variable: str, *verbs: str) -> Link:
    """To see what is there, or that it is not; more `verbs` are of the bucket as a whole, too."""
    listed = tuple(f"s3:{verb}" for verb in ("ListBucket", *verbs))
    return Link(variable, bucket.bucket_name, (Grant(listed, (bucket.bucket_arn,)),))


def start(machine: sfn.IStateMachine, variable: str) -> Link:
    arn = machine.state_machine_arn
    return Link(variable, arn, (Grant(("states:StartExecution",), (arn,)),))


def accounts(pool: cognito.IUserPool, variable: str, *verbs: str) -> Link:
    grant = Grant(tuple(f"cognito-idp:{verb}" for verb in verbs), (pool.user_pool_arn,))
    return Link(variable, pool.user_pool_id, (grant,))


def given(variable: str, skills: Mapping[str, Sequence[Link]]) -> Link:
    """What each skill gives to a function of the core, by the skill's name and its own name for it."""
    values = {skill: {link.variable: link.value for link in links} for skill, links in skills.items()}
    every = [link for links in skills.values() for link in links]
    grants = tuple(grant for link in every for grant in link.grants)
    return Link(variable, json.dumps(values), grants, tuple(each for link in every for each in link.reviewed))


def value(variable: str, said: str) -> Link:
    """A setting, which needs no permission."""
    return Link(variable, said, ())


def secret(source: Secret, variable: str, label: SecretLabel) -> Link:
    """To read what is under one of its labels."""
    read = Grant(("secretsmanager:GetSecretValue",), (source.full_arn,), source.only(label))
    return Link(variable, source.full_arn, (read,))


def post(gateway: SocketGateway, variable: str) -> Link:
    """To write to whoever is connected."""
    return _connections(gateway, variable, "POST")


def hang_up(gateway: SocketGateway, variable: str) -> Link:
    """To close sockets."""
    return _connections(gateway, variable, "DELETE")


def _connections(gateway: SocketGateway, variable: str, verb: str) -> Link:
    path = f"{gateway.stage.stage_name}/{verb}/@connections/*"
    arn = cdk.Stack.of(gateway).format_arn(
        service="execute-api", resource=gateway.api.api_id, resource_name=path
    )
    grant = Grant(("execute-api:ManageConnections",), (arn,))
    return Link(variable, gateway.management_url, (grant,), (_any_connection(gateway, path),))


def _any_connection(gateway: SocketGateway, path: str) -> Reviewed:
    """The rule names the resource as the template does: by the export of the gateway's own stack."""
    stack = cdk.Stack.of(gateway)
    export = cast("dict[str, str]", stack.resolve(stack.export_value(gateway.api.api_id)))
    arn = (
        f"arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:{export['Fn::ImportValue']}/{path}"
    )
    return Reviewed(
        f"AwsSolutions-IAM5[Resource::{arn}]",
        "A connection gets its id when it opens; only that verb on connections of this stage is allowed.",
    )


def _any_object(bucket: s3.IBucket, under: str) -> Iterator[Reviewed]:
    """The rule names the bucket by its id, and in other stacks by its export."""
    stack = cdk.Stack.of(bucket)
    logical = stack.get_logical_id(cast("s3.CfnBucket", bucket.node.default_child))
    export = cast("dict[str, str]", stack.resolve(stack.export_value(bucket.bucket_arn)))
    for name in (f"<{logical}.Arn>", export["Fn::ImportValue"]):
        yield Reviewed(
            f"AwsSolutions-IAM5[Resource::{name}/{under}*]",
            "Objects are named by whose they are, which is known only when somebody asks.",
        )


def _dynamodb(verbs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"dynamodb:{verb}" for verb in verbs)
