"""What the assistant can do; one folder each, and one entry here."""

from switchboard.core.skills.spec import SkillSpec
from switchboard.skills.calls import SPEC as CALLS
from switchboard.skills.everyday import SPEC as EVERYDAY
from switchboard.skills.tasks import SPEC as TASKS

SKILLS: dict[str, SkillSpec] = {spec.name: spec for spec in (EVERYDAY, TASKS, CALLS)}
