"""The map of a conversation: what comes in becomes turns, turns are answered, and replies go out."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigatewayv2
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct
from switchboard.channels import CHANNELS
from switchboard.core.secret_labels import SecretLabel

from stacks import call_links
from stacks.calls import CallsStack
from stacks.constructs import link
from stacks.constructs.channel import Channel, Means
from stacks.constructs.function import Function, Size
from stacks.constructs.platform import Platform
from stacks.constructs.queue import Queue
from stacks.constructs.review import Reviewed, accept
from stacks.constructs.schedule import Schedule
from stacks.constructs.wakeups import SETS
from stacks.errands import ErrandsStack
from stacks.foundation import FoundationStack
from stacks.model_access import allow_models
from stacks.rest import answer_requests
from stacks.settings import Settings
from stacks.sms_number import sms_means

BRIEF = Size(seconds=30, megabytes=512)
TURN = Size(seconds=120, megabytes=1024)
SWEEP = cdk.Duration.minutes(1)
EVERY_VERB = ("GetItem", "Query", "ConditionCheckItem", "PutItem", "UpdateItem", "DeleteItem")
"""Of what is done with single items; links change both tables."""
SWEPT = {"Stranded": "ConversationsWaiting", "InDoubt": "PartsInDoubt", "Failed": "TurnsFailed"}

TICKET_SHOWN = Reviewed(
    "AwsSolutions-APIG4",
    "Sockets are authorized once, when they connect: frames carry what the authorizer of $connect found out.",
)


class AssistantStack(cdk.Stack):
    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        foundation: FoundationStack,
        errands: ErrandsStack,
        records: Mapping[str, dynamodb.ITableV2],
        calls: CallsStack,
        stack_name: str,
    ) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        self._settings = settings
        self._base = foundation
        self._errands = errands
        self._records = records
        self._calls = calls
        self._platform = Platform(self, "Platform", settings=settings, alarms=foundation.alarms)

        self._texts_come_in()
        self._prompts_come_in()
        self._turns_are_answered()
        self._what_still_waits_is_signalled()
        self._replies_go_out()
        self._carriers_report()
        self._people_sign_in()

    def _texts_come_in(self) -> None:
        """Carrier → inbound topic → queue → receive_sms → turns topic."""
        base = self._base
        queue = Queue(self, "Inbound", self._platform, handled_within=BRIEF)
        receive = Function(
            self,
            "ReceiveSms",
            self._platform,
            handler="switchboard.channels.sms.handlers.receive",
            size=BRIEF,
            uses=[
                link.table(base.people, "PEOPLE_TABLE", "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
                link.table(base.people, "PEOPLE_TABLE", "ConditionCheckItem"),
                link.table(base.conversations, "CONVERSATIONS_TABLE", "GetItem", "PutItem", "UpdateItem"),
                link.publish(base.turns, "TURNS_TOPIC"),
                link.publish(base.replies, "REPLIES_TOPIC"),
            ],
            environment={
                "SPEND": self._platform.settings.spend.to_json(),
                "COUNTRIES": ",".join(self._platform.settings.sms.countries),
            },
        )
        queue.take_from(base.inbound)
        queue.feed(receive, batch=10)

    def _prompts_come_in(self) -> None:
        """Page → socket gateway → receive_web → turns topic; a ticket opens the connection."""
        base = self._base
        authorize = Function(
            self,
            "AuthorizeWeb",
            self._platform,
            handler="switchboard.channels.web.handlers.authorize",
            size=Size(seconds=10, megabytes=512),
            uses=[link.table(base.people, "PEOPLE_TABLE", "GetItem", "DeleteItem")],
        )
        receive = Function(
            self,
            "ReceiveWeb",
            self._platform,
            handler="switchboard.channels.web.handlers.receive",
            size=Size(seconds=15, megabytes=512),
            uses=[
                link.table(
                    base.conversations,
                    "CONVERSATIONS_TABLE",
                    "GetItem",
                    "PutItem",
                    "UpdateItem",
                    "DeleteItem",
                ),
                link.publish(base.turns, "TURNS_TOPIC"),
                link.post(base.socket, "CONNECTIONS_URL"),
            ],
        )
        for function in (authorize, receive):
            function.alert_on_errors(self._platform)
        self._route_frames(receive, authorize)

    def _route_frames(self, receive: Function, authorize: Function) -> None:
        """The gateway is taken by its id: routes and authorizer live here, where their functions are."""
        api = self._base.socket.api
        gateway = apigatewayv2.WebSocketApi.from_web_socket_api_attributes(
            self, "Socket", web_socket_id=api.api_id, api_endpoint=api.api_endpoint
        )
        ticket = authorizers.WebSocketLambdaAuthorizer(
            "Ticket", authorize.function, identity_source=["route.request.querystring.ticket"]
        )
        frames = integrations.WebSocketLambdaIntegration("Frames", receive.function)
        for name, key, authorizer in (
            ("Connect", "$connect", ticket),
            ("Frame", "$default", None),
            ("Disconnect", "$disconnect", None),
        ):
            route = apigatewayv2.WebSocketRoute(
                self,
                name,
                web_socket_api=gateway,
                route_key=key,
                integration=frames,
                authorizer=authorizer,
            )
            if authorizer is None:
                accept(route, TICKET_SHOWN)

    def _turns_are_answered(self) -> None:
        """Turns topic → queue → converse → deltas to the socket, replies to the replies topic.

        A signal that finds its conversation busy goes back to the queue: hence many attempts.
        """
        base = self._base
        queue = Queue(self, "Turns", self._platform, handled_within=TURN, attempts=10)
        converse = Function(
            self,
            "Converse",
            self._platform,
            handler="handlers.converse",
            size=TURN,
            layers=("base", "model"),
            uses=[
                link.table(base.people, "PEOPLE_TABLE", *EVERY_VERB),
                link.table(base.conversations, "CONVERSATIONS_TABLE", *EVERY_VERB, "BatchWriteItem"),
                link.publish(base.turns, "TURNS_TOPIC"),
                link.put_back(queue.queue, "TURNS_QUEUE_URL"),
                link.send(self._errands.queue, "ERRANDS_QUEUE_URL"),
                link.stores(self._records, "SKILLS"),
                *call_links.reading_texts(self._calls.recordings),
                self._errands.wakeups.link("WAKEUPS", *SETS, user=self),
                link.publish(base.replies, "REPLIES_TOPIC"),
                link.post(base.socket, "CONNECTIONS_URL"),
                link.secret(base.secret, "MODEL_SECRET", SecretLabel.MODEL),
            ],
            environment={
                "MODEL": self._settings.model.to_json(),
                "SPEND": self._settings.spend.to_json(),
                "LINK_WAIT_HOURS": str(self._settings.merge_after_hours),
            },
        )
        allow_models(converse, self._settings.model)
        queue.take_from(base.turns)
        queue.feed(converse, batch=1, at_once=self._settings.turns_at_once)
        cdk.CfnOutput(self, "TurnsQueueUrl", value=queue.queue.queue_url)

    def _what_still_waits_is_signalled(self) -> None:
        """Clock → sweep_waiting → turns topic."""
        base = self._base
        sweep = Function(
            self,
            "SweepWaiting",
            self._platform,
            handler="handlers.sweep_overdue",
            size=Size(seconds=60, megabytes=512),
            uses=[
                link.index(base.conversations, "CONVERSATIONS_TABLE", "waiting", "Query"),
                link.publish(base.turns, "TURNS_TOPIC"),
            ],
        )
        Schedule(self, "Sweep", self._platform, function=sweep, every=SWEEP)
        for name, metric in SWEPT.items():
            self._alarm_on_what_waits(name, metric)

    def _alarm_on_what_waits(self, name: str, metric: str) -> None:
        """Waiting once can be bad luck; waiting after a sweep has signalled is not."""
        waiting = cloudwatch.Metric(
            namespace=self._settings.metrics_namespace,
            metric_name=metric,
            dimensions_map={"service": "switchboard"},
            statistic="Maximum",
            period=SWEEP,
        )
        self._platform.alert(self, name, waiting, periods=2)

    def _replies_go_out(self) -> None:
        """Replies topic → one queue a channel → deliver_*; a channel that streams has had its reply."""
        base = self._base
        sms = sms_means(self, sms=self._settings.sms, inbound=base.inbound, events=base.sms_events)
        means = {"sms": sms}
        for spec in CHANNELS.values():
            if spec.streams:
                continue
            Channel(
                self,
                spec.name.capitalize(),
                self._platform,
                spec=spec,
                means=means.get(spec.name, Means()),
                replies=base.replies,
                conversations=base.conversations,
            )

    def _carriers_report(self) -> None:
        """Carrier → events topic → queue → record_sms_events."""
        queue = Queue(self, "SmsEvents", self._platform, handled_within=BRIEF)
        record = Function(
            self,
            "RecordSmsEvents",
            self._platform,
            handler="switchboard.channels.sms.handlers.delivery_events",
            size=BRIEF,
            uses=[link.table(self._base.conversations, "CONVERSATIONS_TABLE", "UpdateItem")],
        )
        queue.take_from(self._base.sms_events)
        queue.feed(record, batch=10)

    def _people_sign_in(self) -> None:
        """Page → HTTP gateway → api."""
        answer_requests(
            self,
            self._platform,
            foundation=self._base,
            errands=self._errands,
            records=self._records,
            calls=self._calls,
        )
