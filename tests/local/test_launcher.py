"""The launcher leaves no process behind and harms none that is not its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local import down, identity, processes
from local.errors import AlreadyUp, LaptopError, PortTaken, ToolFailed
from local.interrupts import Interrupts
from local.places import Places
from local.ports import LOOPBACK, port_for
from local.processes import Crew, Started, recorded, write_record
from local.up import require_down

PARENT = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path)
    made.clear()
    return made


@pytest.fixture
def interrupts() -> Iterator[Interrupts]:
    with Interrupts() as made:
        yield made


def python(crew: Crew, places: Places, code: str) -> str:
    """Starts it and returns the first line that it writes."""
    crew.start("python", [sys.executable, "-c", code], env={}, cwd=places.run)
    deadline = time.monotonic() + 10
    while not (written := places.log("python").read_text().strip()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return written


def gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while identity.born(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return identity.born(pid) is None


def test_what_a_process_started_ends_with_it(places: Places, interrupts: Interrupts) -> None:
    with Crew(places, interrupts) as crew:
        grandchild = int(python(crew, places, PARENT))
        names = [process.name for process in recorded(places)]
    assert names == ["launcher", "python"]
    assert gone(grandchild)
    assert recorded(places) == []


def test_a_process_that_will_not_end_is_killed(
    places: Places, interrupts: Interrupts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "GRACE_SECONDS", 0.2)
    with Crew(places, interrupts) as crew:
        python(crew, places, STUBBORN)
        (stubborn,) = (process for process in recorded(places) if process.name == "python")
    assert not stubborn.alive


def test_a_failing_tool_shows_its_last_lines_and_everything_ends(
    places: Places, interrupts: Interrupts
) -> None:
    failing = [sys.executable, "-c", "import sys; print('the reason'); sys.exit(3)"]
    with Crew(places, interrupts) as crew:
        grandchild = int(python(crew, places, PARENT))
        with pytest.raises(ToolFailed, match="the reason"):
            crew.run("tool", failing, env={}, cwd=places.run)
    assert gone(grandchild)


def test_a_process_that_ends_by_itself_is_noticed(places: Places, interrupts: Interrupts) -> None:
    with Crew(places, interrupts) as crew:
        ended = int(python(crew, places, "import os; print(os.getpid())"))
        assert gone(ended)
        with pytest.raises(ToolFailed, match="ended by itself with 0"):
            crew.require_running()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_released_crew_goes_on_until_it_is_taken_down(places: Places, interrupts: Interrupts) -> None:
    with Crew(places, interrupts) as crew:
        grandchild = int(python(crew, places, PARENT))
        crew.release()
    with pytest.raises(AlreadyUp, match="make down"):
        require_down(places)
    assert down.stop(places) == "Stopped python."
    assert gone(grandchild)
    assert down.stop(places) == "Switchboard is not up here."


def test_a_recorded_pid_that_is_somebody_elses_by_now_is_left_alone(places: Places) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
        write_record(places, [Started("ministack", stranger.pid, "long ago")])
        assert down.stop(places) == "Switchboard is not up here."
        assert stranger.poll() is None
        stranger.kill()


def test_an_interrupt_waits_while_it_is_held(interrupts: Interrupts) -> None:
    done: list[str] = []

    def start_something() -> None:
        with interrupts.held():
            signal.raise_signal(signal.SIGTERM)
            done.append("noted")

    with pytest.raises(KeyboardInterrupt):
        start_something()
    assert done == ["noted"]


@pytest.mark.skipif(not Path("/bin/ps").exists(), reason="only systems with ps are asked by ps")
def test_ps_tells_when_a_process_began_and_that_it_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        began = identity.born_in_ps(child.pid)
        assert began
        assert identity.born_in_ps(child.pid) == began
        child.kill()
    assert identity.born_in_ps(child.pid) is None


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_named_and_a_usual_one_is_replaced() -> None:
    with socket.create_server((LOOPBACK, 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(PortTaken, match=str(taken)):
            port_for("the world", asked=taken)
        assert port_for("the world", asked=None, usual=taken) not in {0, taken}


@pytest.mark.enable_socket
def test_a_port_that_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(LaptopError, match="99999"):
        port_for("the local AWS", asked=99_999)


def test_the_process_that_asks_is_alive_to_itself() -> None:
    assert processes.this_process("launcher").alive
    assert not Started("launcher", os.getpid(), "another time").alive
