"""Who a process is: a process id alone may belong to somebody else by now."""

import subprocess
from pathlib import Path

PROC = Path("/proc/self").exists()


def born(pid: int) -> str | None:
    """When a process began, as its system tells it; None when it has ended."""
    return born_in_proc(pid) if PROC else born_in_ps(pid)


def born_in_proc(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    state, *fields = stat.rpartition(")")[2].split()
    return None if state in {"Z", "X"} else fields[18]


def born_in_ps(pid: int) -> str | None:
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split(maxsplit=1)
    return told[1].strip() if len(told) == 2 and not told[0].startswith("Z") else None
