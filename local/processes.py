"""Every process that a laptop starts: noted before anything else can happen, and ended for certain."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from local.errors import ToolFailed
from local.identity import born
from local.interrupts import Interrupts
from local.places import Places
from local.whole import write_whole

GRACE_SECONDS = 15.0
POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Started:
    """A process as it is written down; `leads` means that what it started is in a group of its own."""

    name: str
    pid: int
    born: str
    leads: bool = True

    @property
    def alive(self) -> bool:
        return born(self.pid) == self.born


def this_process(name: str) -> Started:
    return Started(name, os.getpid(), born(os.getpid()) or "", leads=False)


class Crew:
    """The processes of this run. Leaving it ends them, unless they were released."""

    def __init__(self, places: Places, interrupts: Interrupts) -> None:
        self._places = places
        self._interrupts = interrupts
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._started: dict[str, Started] = {}
        self._released = False

    def __enter__(self) -> Self:
        self._note(this_process("launcher"))
        return self

    def __exit__(self, *_: object) -> None:
        if self._released:
            return
        with self._interrupts.held():
            end(self._started[name] for name in self._children)
            for child in self._children.values():
                child.wait()
            forget(self._places)

    def start(self, name: str, command: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> None:
        """Runs until the crew is dismissed; writes to the log of its name."""
        with self._interrupts.held(), self._places.log(name).open("wb") as log:
            child = subprocess.Popen(
                command,
                cwd=cwd,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self._children[name] = child
            self._note(Started(name, child.pid, born(child.pid) or ""))

    def run(self, name: str, command: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> None:
        """Until the tool ends. Raises ToolFailed."""
        self.start(name, command, env=env, cwd=cwd)
        code = self._children[name].wait()
        self._forget(name)
        if code:
            raise ToolFailed(f"{name} ended with {code}.", self._places.log(name))

    def require_running(self, *names: str) -> None:
        """Raises ToolFailed when one of them (or, without names, any) has ended by itself."""
        for name in names or tuple(self._children):
            code = self._children[name].poll()
            if code is not None:
                raise ToolFailed(f"{name} ended by itself with {code}.", self._places.log(name))

    def release(self) -> None:
        """They go on after this process; their record is what `down` reads."""
        with self._interrupts.held():
            self._started.pop("launcher")
            write_record(self._places, self._started.values())
            self._released = True

    def _note(self, started: Started) -> None:
        self._started[started.name] = started
        write_record(self._places, self._started.values())

    def _forget(self, name: str) -> None:
        with self._interrupts.held():
            del self._children[name], self._started[name]
            write_record(self._places, self._started.values())


def end(processes: Iterable[Started]) -> None:
    """SIGTERM, time to finish, then SIGKILL for them and whatever they started."""
    running = [process for process in processes if process.alive]
    for process in running:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(process.alive for process in running) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    for process in running:
        with suppress(ProcessLookupError):
            kill = os.killpg if process.leads else os.kill
            kill(process.pid, signal.SIGKILL)


def write_record(places: Places, processes: Iterable[Started]) -> None:
    places.run.mkdir(parents=True, exist_ok=True)
    write_whole(places.record, json.dumps([asdict(process) for process in processes]))


def forget(places: Places) -> None:
    """Nothing runs any more, so nobody shall find it."""
    places.record.unlink(missing_ok=True)
    places.endpoints.unlink(missing_ok=True)


def recorded(places: Places) -> list[Started]:
    """Those of the last run that are still there."""
    if not places.record.exists():
        return []
    noted = [Started(**entry) for entry in json.loads(places.record.read_text())]
    return [process for process in noted if process.alive]
