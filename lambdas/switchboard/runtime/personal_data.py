"""Wires where people ask for their data, and to be forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from switchboard.adapters.dynamo.people.people import DynamoPeople
from switchboard.adapters.dynamo.personal_data.erasure_requests import DynamoErasures
from switchboard.adapters.dynamo.personal_data.export_requests import DynamoExports
from switchboard.core.jobs import JobQueue
from switchboard.core.personal_data.erasure_requests import ErasureService, forget_command
from switchboard.core.personal_data.export_requests import ExportService, export_command
from switchboard.core.skills.spec import Command
from switchboard.platform.clock import SystemClock, new_id
from switchboard.platform.random_codes import new_code
from switchboard.platform.tables import Tables


def house(tables: Tables, jobs: JobQueue) -> Mapping[str, Command]:
    """The commands, by their words."""
    people = DynamoPeople(tables.client, tables.people, tables.conversations, new_id)
    return {
        "export": export_command(export_service(tables, jobs), people),
        "forget": forget_command(erasure_service(tables, jobs), people),
    }


def export_service(tables: Tables, jobs: JobQueue) -> ExportService:
    return ExportService(DynamoExports(tables.client, tables.people), jobs, SystemClock())


def erasure_service(tables: Tables, jobs: JobQueue) -> ErasureService:
    requests = DynamoErasures(tables.client, tables.people)
    return ErasureService(requests, jobs, SystemClock(), new_id=new_id, new_code=new_code)
