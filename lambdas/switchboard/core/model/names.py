"""The names of the models that may answer, from the JSON text that the stacks write of the model."""

import json
from collections.abc import Mapping
from typing import Final

from switchboard.core.model.types import Role

CHAT: Final = (Role.SMALL, Role.LARGE)

Names = Mapping[Role, tuple[str, ...]]


def names_of(settings: str) -> Names:
    """Of each role that chats: one a provider, in the order they are asked."""
    providers = json.loads(settings).get("providers", ())
    return {role: tuple(provider["models"][role.value] for provider in providers) for role in CHAT}


def listed(names: Names) -> tuple[str, ...]:
    """Each once: whoever may choose a model by its name chooses among these."""
    return tuple(dict.fromkeys(name for role in CHAT for name in names[role]))
