"""What keeps the laptop from coming up.

LaptopError
├── PortTaken       somebody else listens where we were told to
├── AlreadyUp       this folder's laptop runs
├── NotUp           it does not, and should
├── NotAnswering    what was started does not answer in time
├── NotBuilt        the page cannot be made from its sources
└── ToolFailed      a tool or a process ended badly; its log says why
"""

from pathlib import Path

LAST_LINES = 20


class LaptopError(Exception):
    """The root; its text is for whoever typed the command."""


class PortTaken(LaptopError):
    pass


class AlreadyUp(LaptopError):
    pass


class NotUp(LaptopError):
    pass


class NotAnswering(LaptopError):
    pass


class NotBuilt(LaptopError):
    pass


class ToolFailed(LaptopError):
    """Ends with the last lines of the tool's output."""

    def __init__(self, what: str, log: Path) -> None:
        super().__init__(f"{what}\n\n{last_lines(log)}\n\nAll of it: {log}")


def last_lines(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "\n".join(f"    {line}" for line in lines[-LAST_LINES:]) or "    (no output)"
