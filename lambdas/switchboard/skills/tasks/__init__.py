"""Tasks that move in countable reps: from plain words to an inventory, streaks and forecasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from switchboard.core.skills.spec import SkillDeps, SkillSpec, Toolbox
from switchboard.core.stored_data.inventory import StoreEntry

if TYPE_CHECKING:
    from switchboard.platform.skills import Given
    from switchboard.platform.tables import Tables
    from switchboard.skills.tasks.api.service import RestTasks


def _load(means: SkillDeps) -> Toolbox:
    from switchboard.skills.tasks.chat.toolbox import toolbox  # noqa: PLC0415 - pydantic loads with the first turn

    return toolbox(means)


def _serves(tables: Tables, given: Given) -> RestTasks:
    from switchboard.skills.tasks.wiring.rest import served  # noqa: PLC0415 - few requests need it

    return served(tables, given)


SPEC = SkillSpec(
    name="tasks",
    summary="keeps your tasks moving in countable reps and shows how they go",
    load=_load,
    keeps=True,
    routes={"tasks": "switchboard.skills.tasks.api.routes"},
    serves=_serves,
    places={
        "Tasks/Records": StoreEntry(exported="tasks.json", erased="every record whose owner is the person")
    },
)
