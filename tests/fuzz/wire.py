"""AWS at the wire: our own clients and adapters talk to it, and it refuses what the real one refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from switchboard.adapters.dynamo.conversation.codec import turn_item
from switchboard.adapters.dynamo.table.items import pack
from switchboard.core.conversation.turn import TurnState

from tests.examples import ADA, ADAS_PAGE, turn
from tests.fuzz.malformed import MARK

Body = Mapping[str, Any]

TICKET = "a-good-ticket"
ANSWERED_MSGID = "m-answered"
KEY_LIMITS = {"pk": 2048, "sk": 1024}
ITEM_LIMIT = 400_000
PUBLISHED = (
    "<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult>"
    "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PublishResponse>"
)
ERROR = (
    "<ErrorResponse><Error><Code>{code}</Code><Message>{text}</Message></Error>"
    "<RequestId>r-1</RequestId></ErrorResponse>"
)


class Refused(Exception):
    """AWS answers with an error; its text quotes what was sent, as the real one likes to."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


@dataclass(slots=True)
class Wire:
    """`trouble` is the error that every call meets, while it is set; `frames` is what pages were sent."""

    trouble: str = ""
    frames: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, request: AWSPreparedRequest, event_name: str, **_more: object) -> AWSResponse:
        """Botocore's hook before a request leaves: what it returns is the answer."""
        _, service, operation = event_name.split(".")
        try:
            return _answer(request, 200, self._take(service, operation, request.body or ""))
        except Refused as refused:
            return _answer(request, 400, _error(service, refused))

    def post_to_connection(self, *, ConnectionId: str, Data: bytes) -> None:  # noqa: N803 - as the SDK has it
        """It stands in for the sockets' client, too."""
        self.frames.append(json.loads(Data))

    def taken_frames(self) -> list[dict[str, Any]]:
        taken, self.frames = self.frames, []
        return taken

    def _take(self, service: str, operation: str, content: Any) -> str:  # noqa: ANN401 - botocore sends many kinds
        if self.trouble:
            raise Refused(self.trouble)
        if service == "sns":
            return PUBLISHED
        body: Body = json.loads(content)
        _require_well_formed(body)
        answer = ANSWERS.get(operation)
        return json.dumps(answer(body) if answer else {})


def _get_item(body: Body) -> Body:
    """Everybody is known, and one prompt of theirs has been answered."""
    pk, sk = (body["Key"][name]["S"] for name in ("pk", "sk"))
    if pk.startswith("ADDRESS#"):
        return {"Item": pack({"person": ADA})}
    return {"Item": pack({"key": turn(1).id})} if sk.endswith(f"#{ANSWERED_MSGID}") else {}


def _update_item(body: Body) -> Body:
    """No message waits; every turn is finished."""
    _require_key(body["Key"])
    sk = body["Key"]["sk"]["S"]
    if sk.startswith("WAIT#"):
        raise Refused("ConditionalCheckFailedException")
    if sk.startswith("TURN#"):
        finished = {**turn_item(turn(1)), "state": TurnState.ANSWERED.value, "text": "Yes.", "beats": [4]}
        raise Refused("ConditionalCheckFailedException", Item=pack(finished))
    return {}


def _delete_item(body: Body) -> Body:
    """One ticket is good, for ever."""
    if body["Key"]["pk"]["S"] != f"TICKET#{sha256(TICKET.encode()).hexdigest()}":
        return {}
    good = {"person": ADA, "channel": ADAS_PAGE.channel, "address": ADAS_PAGE.value, "expires": 10**12}
    return {"Attributes": pack(good)}


def _transact(body: Body) -> Body:
    for write in body["TransactItems"]:
        (change,) = write.values()
        _require_key(change.get("Key") or change["Item"])
    return {}


def _initiate_auth(body: Body) -> Body:
    """Nobody has that password, and a name has neither spaces nor control characters."""
    name = body["AuthParameters"]["USERNAME"]
    known = name.isprintable() and " " not in name
    raise Refused("NotAuthorizedException" if known else "InvalidParameterException")


ANSWERS: Mapping[str, Callable[[Body], Body]] = {
    "GetItem": _get_item,
    "UpdateItem": _update_item,
    "DeleteItem": _delete_item,
    "TransactWriteItems": _transact,
    "AdminInitiateAuth": _initiate_auth,
}


def _require_well_formed(body: Body) -> None:
    text = json.dumps(body, ensure_ascii=False)
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise Refused("SerializationException") from None
    if size > ITEM_LIMIT:
        raise Refused("ValidationException")


def _require_key(item: Body) -> None:
    for name, limit in KEY_LIMITS.items():
        if not 1 <= len(item[name]["S"].encode()) <= limit:
            raise Refused("ValidationException")


def _error(service: str, refused: Refused) -> str:
    text = f"{refused.code} about {MARK} in table-people of arn:aws:dynamodb"
    if service == "sns":
        return ERROR.format(code=refused.code, text=text)
    return json.dumps({"__type": refused.code, "message": text, **refused.more})


@dataclass(frozen=True, slots=True)
class _Raw:
    content: bytes

    def stream(self) -> Iterator[bytes]:
        yield self.content


def _answer(request: AWSPreparedRequest, status: int, content: str) -> AWSResponse:
    raw: Any = _Raw(content.encode())
    headers: Any = HeadersDict()
    return AWSResponse(request.url, status, headers, raw)
