"""Loaded by botocore into a function: notes its calls to AWS, and dies where it is told to.

The product knows nothing of it. Botocore imports what BOTOCORE_EXPERIMENTAL__PLUGINS names and hands it every
client. This file imports nothing of the suite's, since the function sees only the folder it lies in.
"""

import json
import os
from collections.abc import Mapping
from hashlib import sha1
from pathlib import Path
from typing import Any

FOLDER, FUNCTION = "SABOTEUR_FOLDER", "SABOTEUR_FUNCTION"
BEFORE, AFTER = "before", "after"
NOTES, ORDERS = "notes.jsonl", "orders"


def initialize_client_plugin(client: Any) -> None:  # noqa: ANN401 - botocore's own
    """The call has not left at the one event, and has had its effect at the other."""
    client.meta.events.register_last("before-parameter-build", _before)
    client.meta.events.register_last("after-call", _after)


def folder_of(orders: Path, *, function: str, step: str, side: str) -> Path:
    """Each file in it is one death, ordered for this step."""
    return orders / sha1(f"{function}|{step}|{side}".encode()).hexdigest()  # noqa: S324 - a name, no secret


def step_of(operation: str, asked: Mapping[str, Any]) -> str:
    """What a call does, without whom it is about: the same step of any two turns has the same name."""
    writes = [(verb, what) for item in asked.get("TransactItems", ()) for verb, what in item.items()]
    named = [f"{verb} {_target(what)}" for verb, what in writes] or [_target(asked)]
    return " ".join([operation, ", ".join(dict.fromkeys(named)), asked.get("UpdateExpression", "")]).strip()


def _before(params: Any, model: Any, context: Any, **_: Any) -> None:  # noqa: ANN401 - botocore's own
    context["step"] = step_of(model.name, params)
    context["kept"] = _claimed(params)
    _obey(context["step"], BEFORE)


def _after(http_response: Any, context: Any, **_: Any) -> None:  # noqa: ANN401 - botocore's own
    done = http_response.status_code == 200
    _note(step=context["step"], done=done, kept=context["kept"] if done else "")
    _obey(context["step"], AFTER)


def _obey(step: str, side: str) -> None:
    """Whoever takes the order away is the one who carries it out."""
    function = os.environ[FUNCTION]
    orders = folder_of(Path(os.environ[FOLDER]) / ORDERS, function=function, step=step, side=side)
    for order in orders.glob("*"):
        try:
            order.unlink()
        except FileNotFoundError:
            continue
        _note(step=step, killed=side)
        os._exit(1)


def _note(**said: object) -> None:
    """One write each, so that lines of several processes do not mix."""
    line = json.dumps({"function": os.environ[FUNCTION], **said}) + "\n"
    notes = os.open(Path(os.environ[FOLDER]) / NOTES, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(notes, line.encode())
    os.close(notes)


def _target(what: Mapping[str, Any]) -> str:
    item: Mapping[str, Any] = what.get("Key") or what.get("Item") or {}
    if "sk" in item:
        return str(item["sk"]["S"]).partition("#")[0]
    places = [str(what[name]) for name in ("TopicArn", "TableName", "IndexName") if name in what]
    return " ".join(_variable(place) for place in places)


def _variable(value: str) -> str:
    """The name under which the function knows a resource."""
    return next((name for name, other in os.environ.items() if other == value), value)


def _claimed(asked: Mapping[str, Any]) -> str:
    """The carrier's id of a message that this call brings in, if it does."""
    for item in asked.get("TransactItems", ()):
        sk = item.get("Put", {}).get("Item", {}).get("sk", {}).get("S", "")
        if sk.startswith("CLAIM#"):
            return str(sk.rpartition("#")[2])
    return ""
