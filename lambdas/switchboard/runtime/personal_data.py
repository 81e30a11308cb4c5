"""Wires where people ask for their data, and to be forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.personal_data.erasure_requests import DynamoErasures
from switchboard.adapters.dynamo.personal_data.export_requests import DynamoExports
from switchboard.core.jobs import Errands
from switchboard.core.personal_data.erasure_requests import ErasureDesk, forget_command
from switchboard.core.personal_data.export_requests import ExportDesk, export_command
from switchboard.core.skills.spec import Command
from switchboard.platform.clock import SystemClock, new_id
from switchboard.platform.random_codes import new_code
from switchboard.platform.tables import Tables


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
