"""Wires where people ask for their data, and to be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from switchboard.adapters.dynamo.erasures import DynamoErasures
from switchboard.adapters.dynamo.exports import DynamoExports
from switchboard.adapters.dynamo.people import DynamoPeople
from switchboard.core.errands import Errands
from switchboard.core.exports import ExportDesk, export_command
from switchboard.core.forgetting import ErasureDesk, forget_command
from switchboard.core.skill import Command
from switchboard.runtime.clock import SystemClock, new_id
from switchboard.runtime.codes import new_code

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class Tables:
    client: DynamoDBClient
    people: str
    conversations: str


def house(tables: Tables, errands: Errands) -> Mapping[str, Command]:
    """The commands, by their words."""
    people = DynamoPeople(tables.client, tables.people, tables.conversations, new_id)
    return {
        "export": export_command(export_desk(tables, errands), people),
        "forget": forget_command(erasure_desk(tables, errands), people),
    }


def export_desk(tables: Tables, errands: Errands) -> ExportDesk:
    return ExportDesk(DynamoExports(tables.client, tables.people), errands, SystemClock())


def erasure_desk(tables: Tables, errands: Errands) -> ErasureDesk:
    requests = DynamoErasures(tables.client, tables.people)
    return ErasureDesk(requests, errands, SystemClock(), new_id=new_id, new_code=new_code)
