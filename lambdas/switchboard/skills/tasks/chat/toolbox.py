"""The moving parts of the skill, around one store."""

from functools import partial

from switchboard.core.skills.spec import SkillDeps, Toolbox
from switchboard.skills.tasks.actions.service import TaskService
from switchboard.skills.tasks.chat.commands import commands
from switchboard.skills.tasks.chat.tools import tools
from switchboard.skills.tasks.store.merge_people import join
from switchboard.skills.tasks.store.separate_people import separate


def toolbox(means: SkillDeps) -> Toolbox:
    service = TaskService(means.records, means.wakeups)
    return Toolbox(
        tools=tools(service),
        commands=commands(service),
        wake=service.nudge,
        join=partial(join, means.records),
        separate=partial(separate, means.records),
        quotes=service.quoted_by,
    )
