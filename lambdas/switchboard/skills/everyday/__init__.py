"""Small things an assistant should just know: the time somewhere, what was said before."""

from switchboard.core.skills.spec import SkillDeps, SkillSpec, Toolbox


def _load(_means: SkillDeps) -> Toolbox:
    from switchboard.skills.everyday.tools import TOOLBOX  # noqa: PLC0415 - pydantic loads with the first turn

    return TOOLBOX


SPEC = SkillSpec(name="everyday", summary="tells the time anywhere and recalls what was said", load=_load)
