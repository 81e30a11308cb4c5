"""Tasks that move in countable reps: from plain words to an inventory, streaks and forecasts."""

from switchboard.core.skills.spec import Means, SkillSpec, Toolbox


def _load(means: Means) -> Toolbox:
    from switchboard.skills.tasks.chat.toolbox import toolbox  # noqa: PLC0415 - pydantic loads with the first turn

    return toolbox(means)


SPEC = SkillSpec(
    name="tasks",
    summary="keeps your tasks moving in countable reps and shows how they go",
    load=_load,
    keeps=True,
)
