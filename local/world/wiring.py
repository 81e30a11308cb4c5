"""Where the world reaches Switchboard: topics and a webhook, known only after the stacks are deployed."""

from collections.abc import Callable
from typing import Annotated, Protocol

import boto3
from anyio import to_thread
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from local.world.errors import NotWired, Unreachable

Arn = Annotated[
    str, StringConstraints(pattern=r"^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,260}$")
]
PhoneNumber = Annotated[str, StringConstraints(pattern=r"^\+(1[2-9][0-9]{9}|[2-9][0-9]{6,14})$")]
HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?$", max_length=2048)]
Region = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")]

DEFAULT_NUMBER = "+12065550100"
SNS_LIMITS = Config(
    connect_timeout=3,
    read_timeout=10,
    retries={"total_max_attempts": 2},
    max_pool_connections=50,
    proxies={},
)


class Webhook(BaseModel):
    """Where the transcriber posts its results, and what it signs them with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: HttpUrl
    secret: SecretStr = Field(min_length=1)


class Wiring(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    endpoint_url: HttpUrl
    region: Region
    access_key_id: str = Field(min_length=1)
    secret_access_key: SecretStr = Field(min_length=1)
    inbound_topic: Arn
    events_topic: Arn | None = None
    number: PhoneNumber = DEFAULT_NUMBER
    transcripts_webhook: Webhook | None = None


class Publisher(Protocol):
    """Raises botocore's errors."""

    def __call__(self, *, topic: str, message: str) -> None: ...


Connect = Callable[[Wiring], Publisher]


def connect_sns(wiring: Wiring) -> Publisher:
    session = boto3.session.Session(
        aws_access_key_id=wiring.access_key_id,
        aws_secret_access_key=wiring.secret_access_key.get_secret_value(),
        region_name=wiring.region,
    )
    sns = session.client("sns", endpoint_url=wiring.endpoint_url, config=SNS_LIMITS)

    def publish(*, topic: str, message: str) -> None:
        sns.publish(TopicArn=topic, Message=message)

    return publish


class Line:
    """The line into AWS: dead until wired."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._publish: Publisher | None = None
        self.wiring: Wiring | None = None

    @property
    def number(self) -> str:
        return self.wiring.number if self.wiring else DEFAULT_NUMBER

    async def wire(self, wiring: Wiring) -> None:
        self._publish = await to_thread.run_sync(self._connect, wiring)
        self.wiring = wiring

    async def inbound(self, message: str) -> None:
        """Raises NotWired or Unreachable."""
        await self._send(self.required().inbound_topic, message)

    async def event(self, message: str) -> None:
        """Goes nowhere when no events topic is wired, as with a carrier that has no event destination."""
        if self.wiring and self.wiring.events_topic:
            await self._send(self.wiring.events_topic, message)

    def required(self) -> Wiring:
        if self.wiring is None:
            raise NotWired(
                "The assistant is not deployed yet: PUT /wiring tells the carrier where to publish."
            )
        return self.wiring

    async def _send(self, topic: str, message: str) -> None:
        publish = self._publish
        if publish is None:
            raise NotWired("The line is not connected.")
        try:
            await to_thread.run_sync(lambda: publish(topic=topic, message=message))
        except (BotoCoreError, ClientError) as error:
            raise Unreachable(f"SNS did not take the message: {error}") from error
