"""The names of the models that may answer, for those who count what that can cost and never ask one."""

import json

from switchboard.core.model import Role


def names_of(settings: str) -> tuple[str, ...]:
    """One a provider; `settings` is the JSON text that the stacks write."""
    providers = json.loads(settings).get("providers", ())
    return tuple(provider["models"][Role.SMALL.value] for provider in providers)
