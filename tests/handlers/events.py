"""Events as AWS sends them."""

from __future__ import annotations

import json
from typing import Any

from tests.examples import ADA, ADAS_PAGE
from tests.fakes.clock import EPOCH_MS

ACCOUNT = "123456789012"
METHOD_ARN = f"arn:aws:execute-api:us-east-1:{ACCOUNT}:abc123/prod/$connect"
BEARER = {
    "principalId": ADA,
    "person": ADA,
    "channel": ADAS_PAGE.channel,
    "address": ADAS_PAGE.value,
    "integrationLatency": 7,
}


def sqs(*bodies: str, receipts: tuple[str, ...] = (), attempt: int = 1) -> dict[str, Any]:
    """A batch from a queue that a topic feeds with raw delivery; its message ids are record-0, record-1."""
    return {"Records": [_record(number, body, receipts, attempt) for number, body in enumerate(bodies)]}


def _record(number: int, body: str, receipts: tuple[str, ...], attempt: int) -> dict[str, Any]:
    return {
        "messageId": f"record-{number}",
        "receiptHandle": receipts[number] if number < len(receipts) else f"receipt-{number}",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": str(attempt),
            "SentTimestamp": str(EPOCH_MS + number),
            "SenderId": "AIDAIT2UOQQY3AUEKVGXU",
            "ApproximateFirstReceiveTimestamp": str(EPOCH_MS + number + 5),
        },
        "messageAttributes": {},
        "md5OfBody": "7b270e59b47ff90a553787216d55d91d",
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:us-east-1:{ACCOUNT}:queue",
        "awsRegion": "us-east-1",
    }


def failed(answer: dict[str, Any]) -> list[str]:
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def carrier_text(words: str, *, number: str = "+12065550150", message_id: str = "text-1") -> str:
    return json.dumps(
        {
            "originationNumber": number,
            "destinationNumber": "+12065550100",
            "messageKeyword": "KEYWORD_1",
            "messageBody": words,
            "inboundMessageId": message_id,
            "previousPublishedMessageId": "sent-1",
        }
    )


def carrier_report(status: str, context: dict[str, str], *, final: bool = True) -> str:
    return json.dumps(
        {
            "eventType": f"TEXT_{status}",
            "eventVersion": "1.0",
            "eventTimestamp": EPOCH_MS,
            "isFinal": final,
            "originationPhoneNumber": "+12065550100",
            "destinationPhoneNumber": "+12065550150",
            "isoCountryCode": "US",
            "messageId": "m-1",
            "messageRequestTimestamp": EPOCH_MS,
            "messageEncoding": "GSM",
            "messageType": "TRANSACTIONAL",
            "messageStatus": status,
            "messageStatusDescription": "Message has been accepted by phone carrier",
            "context": context,
            "totalMessageParts": 2,
            "totalMessagePrice": 0.0166,
            "totalCarrierFee": 0.006,
        }
    )


def socket(body: str | None, *, kind: str = "MESSAGE") -> dict[str, Any]:
    return {
        "requestContext": {
            "routeKey": "$default" if kind == "MESSAGE" else f"${kind.lower()}",
            "authorizer": BEARER,
            "messageId": "IdmXUd4MIAMCIYQ=",
            "eventType": kind,
            "extendedRequestId": "IdmXUGWRIAMFnvA=",
            "requestTime": "21/Nov/2026:08:00:00 +0000",
            "messageDirection": "IN",
            "stage": "prod",
            "connectedAt": EPOCH_MS - 1_000,
            "requestTimeEpoch": EPOCH_MS,
            "requestId": "IdmXUGWRIAMFnvA=",
            "domainName": "abc123.execute-api.us-east-1.amazonaws.com",
            "connectionId": "socket-1",
            "apiId": "abc123",
        },
        "body": body,
        "isBase64Encoded": False,
    }


def frame(action: str, **payload: object) -> dict[str, Any]:
    return socket(json.dumps({"action": action, "payload": payload}))


def connect(query: dict[str, str] | None) -> dict[str, Any]:
    return {
        "type": "REQUEST",
        "methodArn": METHOD_ARN,
        "headers": {"Host": "abc123.execute-api.us-east-1.amazonaws.com", "Upgrade": "websocket"},
        "multiValueHeaders": {"Host": ["abc123.execute-api.us-east-1.amazonaws.com"]},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": query and {name: [value] for name, value in query.items()},
        "stageVariables": {},
        "requestContext": {
            "routeKey": "$connect",
            "eventType": "CONNECT",
            "messageDirection": "IN",
            "stage": "prod",
            "requestTimeEpoch": EPOCH_MS,
            "connectionId": "socket-1",
            "apiId": "abc123",
        },
    }


def http(
    method: str, path: str, *, body: object = None, account: str | None = None, client: str = "client"
) -> dict[str, Any]:
    """A request to the HTTP gateway, payload version 2.0.

    `account` is the subject of its verified token, which was made for `client`.
    """
    authorizer = {
        "jwt": {"claims": {"sub": account, "token_use": "access", "client_id": client}, "scopes": None}
    }
    return {
        "version": "2.0",
        "routeKey": "POST /login" if path == "/login" else f"{method} /{{proxy+}}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "host": "abc123.execute-api.us-east-1.amazonaws.com"},
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": "abc123",
            "domainName": "abc123.execute-api.us-east-1.amazonaws.com",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "test",
            },
            "requestId": "IdmXUGWRIAMFnvA=",
            "routeKey": f"{method} {path}",
            "stage": "$default",
            "time": "21/Nov/2026:08:00:00 +0000",
            "timeEpoch": EPOCH_MS,
        }
        | ({"authorizer": authorizer} if account else {}),
        "body": body if isinstance(body, str) or body is None else json.dumps(body),
        "isBase64Encoded": False,
    }
