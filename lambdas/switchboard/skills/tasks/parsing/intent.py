"""What a person wants done with a task, in a form that can wait for an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from switchboard.skills.tasks.language.numbers import shown


class Verb(StrEnum):
    ADD = "add"
    DID = "did"
    SKIP = "skip"
    SHOW = "show"
    MOVE = "move"
    RENAME = "rename"
    PAUSE = "pause"
    RESUME = "resume"
    ARCHIVE = "archive"
    FINISH = "finish"
    UNDO = "undo"
    TODAY = "today"
    WEEK = "week"
    LIST = "list"
    YES = "yes"
    NO = "no"
    PICK = "pick"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Intent:
    """`about` names a task, by its words or its number; `to` is what it shall become; `day` None is today."""

    verb: Verb
    about: str = ""
    amount: Decimal | None = None
    unit: str = ""
    day: date | None = None
    to: str = ""


def intent_body(intent: Intent) -> dict[str, Any]:
    return {
        "verb": intent.verb.value,
        "about": intent.about,
        "amount": shown(intent.amount) if intent.amount is not None else "",
        "unit": intent.unit,
        "day": intent.day.isoformat() if intent.day else "",
        "to": intent.to,
    }


def intent_of(body: Mapping[str, Any]) -> Intent:
    return Intent(
        verb=Verb(body["verb"]),
        about=body["about"],
        amount=Decimal(body["amount"]) if body["amount"] else None,
        unit=body["unit"],
        day=date.fromisoformat(body["day"]) if body["day"] else None,
        to=body["to"],
    )
