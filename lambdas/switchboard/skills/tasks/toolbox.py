"""The moving parts of the skill, around one store."""

from functools import partial

from switchboard.core.skill import Means, Toolbox
from switchboard.skills.tasks.commands import commands
from switchboard.skills.tasks.joining import join
from switchboard.skills.tasks.separating import separate
from switchboard.skills.tasks.service import TaskService
from switchboard.skills.tasks.tools import tools


def toolbox(means: Means) -> Toolbox:
    service = TaskService(means.records, means.wakeups)
    return Toolbox(
        tools=tools(service),
        commands=commands(service),
        wake=service.nudge,
        join=partial(join, means.records),
        separate=partial(separate, means.records),
        quotes=service.quoted_by,
    )
