"""Handlers and what they are called for short: `converse` is the core's, `calls.plan` that of a member."""

from switchboard.channels import CHANNELS


def module_of(name: str) -> str:
    """The full name of the module of `name`."""
    member, _, own = name.rpartition(".")
    if not member:
        return f"handlers.{own}"
    family = "channels" if member in CHANNELS else "skills"
    return f"switchboard.{family}.{member}.handlers.{own}"


def name_of(handler: str) -> str:
    """The short name of a module with a handler, or of the handler in it."""
    parts = handler.removesuffix(".handler").split(".")
    return f"{parts[2]}.{parts[-1]}" if parts[0] == "switchboard" else parts[-1]


def is_ours(handler: str) -> bool:
    """CDK brings functions of its own along for a deployment."""
    return handler.startswith(("handlers.", "switchboard."))
