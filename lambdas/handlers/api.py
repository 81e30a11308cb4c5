"""The REST API."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from switchboard.platform.config import load
from switchboard.platform.entry_point import entry_point
from switchboard.platform.logs import logger
from switchboard.runtime.rest_app import server

if TYPE_CHECKING:
    from mangum import Mangum
    from mangum.types import LambdaContext


@dataclass(frozen=True)
class Config:
    people_table: str
    conversations_table: str
    user_pool: str
    user_pool_client: str
    socket_url: str
    connections_url: str
    spend: str
    sign_ins: str
    cdn_secret: str
    turns_topic: str
    replies_topic: str
    dead_letters: str
    errands_queue_url: str
    exports_bucket: str
    skills: str


@cache
def _app() -> "Mangum":
    return server(**asdict(load(Config)))


@entry_point
def handler(event: Mapping[str, Any], context: "LambdaContext") -> dict[str, Any]:
    answer = _app()({**event, "body": _raw(event)}, context)
    logger().info("request", extra={"route": event.get("routeKey"), "status": answer["statusCode"]})
    return answer


def _raw(event: Mapping[str, Any]) -> bytes:
    """Half a surrogate pair, should one ever come so far, is for the API to refuse."""
    return str(event.get("body") or "").encode("utf-8", "surrogatepass")
