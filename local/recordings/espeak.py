"""Speech by espeak-ng, a program of the machine: Debian's package is installed where we may."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import wave
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from local.errors import LaptopError

PROGRAM = "espeak-ng"
RATE = 16_000
SECONDS = 60


class NoSpeech(LaptopError):
    """Its text says what to install, or what the program complained about."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of espeak-ng; its pitch from 0 to 99, its pace in words a minute."""

    name: str
    pitch: int
    pace: int = 165


VOICES = (Voice("en-us+f3", 60), Voice("en-us+m3", 35))


def found() -> str:
    """The path of espeak-ng. Raises NoSpeech."""
    path = shutil.which(PROGRAM) or (installed() if may_install() else None)
    if path is None:
        raise NoSpeech(f"{PROGRAM} is not on PATH: install it, such as Debian's package of that name")
    return path


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def installed() -> str | None:
    apt_get = str(shutil.which("apt-get"))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run([apt_get, "-qq", "update"], environment=quiet, seconds=300)
    run(
        [apt_get, "-qq", "install", "--yes", "--no-install-recommends", PROGRAM],
        environment=quiet,
        seconds=300,
    )
    return shutil.which(PROGRAM)


def speak(program: str, text: str, *, voice: Voice) -> array[int]:
    """Samples of 16 bits, at RATE, one channel. Raises NoSpeech."""
    manner = ["-v", voice.name, "-p", str(voice.pitch), "-s", str(voice.pace)]
    spoken = run(
        [program, *manner, "--stdin", "--stdout"], said=text.encode(), environment={"LC_ALL": "C.UTF-8"}
    )
    with wave.open(io.BytesIO(spoken)) as read:
        samples, rate = array("h", read.readframes(read.getnframes())), read.getframerate()
    return resampled(samples, rate=rate)


def resampled(samples: array[int], *, rate: int) -> array[int]:
    """At RATE, each sample on the straight line between its neighbours."""
    count = (len(samples) - 1) * RATE // rate
    places = (divmod(n * rate, RATE) for n in range(count))
    return array("h", (samples[at] + (samples[at + 1] - samples[at]) * part // RATE for at, part in places))


def run(
    command: list[str], *, environment: Mapping[str, str], said: bytes = b"", seconds: int = SECONDS
) -> bytes:
    try:
        done = subprocess.run(
            command, input=said, env=environment, capture_output=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoSpeech(f"{command[0]} did not run: {error}") from error
    if done.returncode:
        raise NoSpeech(f"{command[0]} failed: {done.stderr.decode(errors='replace').strip()[-500:]}")
    return done.stdout
