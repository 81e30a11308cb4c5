"""Wires the board of tasks behind the REST API."""

from switchboard.adapters.dynamo.people.profiles import DynamoProfiles
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.platform.clock import SystemClock
from switchboard.platform.skills import Given
from switchboard.platform.tables import Tables
from switchboard.skills.tasks.api.board import TaskBoard
from switchboard.skills.tasks.api.service import RestTasks


def served(tables: Tables, given: Given) -> RestTasks:
    profiles = DynamoProfiles(tables.client, tables.people, tables.conversations)
    return RestTasks(TaskBoard(DynamoRecords(tables.client, given["records"])), profiles, SystemClock())
