"""`python -m local.chat`: talk to the assistant over its WebSocket from a terminal, as the reply streams."""

import argparse
import signal
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from local.chat_line import ChatError, Demo, Endpoints, Frame, frames, open_socket, read_endpoints, send

ENDPOINTS = Path(".local/endpoints.json")
PING_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the answer goes, and where everything about the answer goes, dimmed when somebody looks."""

    answer: Callable[[str], None]
    aside: Callable[[str], None]


def ask(socket: ClientConnection, text: str, *, terminal: Terminal, stopped: Callable[[], bool]) -> None:
    """One prompt and everything until its end. Raises ChatError for an error frame or a lost line."""
    msgid = str(uuid.uuid4())
    written = ""
    try:
        send(socket, "sendprompt", msgid=msgid, text=text)
        for frame in frames(socket, msgid, stopped=stopped):
            written += show(frame, written=written, terminal=terminal)
    except ConnectionClosed as error:
        raise ChatError("The line was cut.") from error


def show(frame: Frame, *, written: str, terminal: Terminal) -> str:
    """What a frame adds to the answer, after it has been shown."""
    match frame.get("type"):
        case "delta":
            added = str(frame.get("text", ""))
        case "done":
            added = rest(str(frame.get("text", "")), written)
        case "error":
            raise ChatError(f"{frame.get('code', 'error')}: {frame.get('message', 'no reason given')}")
        case _:
            added = ""
    terminal.answer(added)
    remark(frame, terminal)
    return added


def rest(whole: str, written: str) -> str:
    return whole.removeprefix(written) if whole.startswith(written) else f"\n{whole}"


def remark(frame: Frame, terminal: Terminal) -> None:
    match frame.get("type"):
        case "tool":
            terminal.aside(f"[{frame.get('name', 'a tool')}]\n")
        case "notice":
            terminal.aside(f"[{frame.get('message') or frame.get('text') or 'notice'}]\n")
        case "done":
            terminal.answer("\n")
            terminal.aside(f"{footer(frame)}\n")


def footer(done: Frame) -> str:
    usage = done.get("usage")
    counted = usage.items() if isinstance(usage, dict) else ()
    facts = [f"{name.replace('_', ' ')} {value}" for name, value in counted if isinstance(value, int)]
    return " · ".join([*facts, f"cost {done.get('cost', 'unknown')}"])


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Ctrl-C asks for a stop instead of ending the program."""
    asked = threading.Event()

    def on_interrupt(_signal: int, _frame: FrameType | None) -> None:
        asked.set()

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def kept_alive(socket: ClientConnection, *, every: float = PING_SECONDS) -> Iterator[None]:
    """Pings while nobody types, since gateways close idle sockets after ten minutes."""
    left = threading.Event()

    def ping() -> None:
        with suppress(ConnectionClosed):
            while not left.wait(every):
                send(socket, "ping")

    pinger = threading.Thread(target=ping, daemon=True)
    pinger.start()
    try:
        yield
    finally:
        left.set()
        pinger.join()


def say(endpoints: Endpoints, who: Demo, text: str, *, terminal: Terminal) -> None:
    with open_socket(endpoints, who) as socket, interruptible() as stopped:
        ask(socket, text, terminal=terminal, stopped=stopped)


def converse(endpoints: Endpoints, who: Demo, *, terminal: Terminal) -> None:
    """Until Ctrl-D. A failed prompt is told; the next one gets a fresh line."""
    terminal.aside("Ctrl-C stops an answer, Ctrl-D leaves.\n")
    while True:
        with open_socket(endpoints, who) as socket:
            try:
                prompts(socket, terminal=terminal)
            except ChatError as error:
                terminal.aside(f"\n{error}\n")
                continue
        return


def prompts(socket: ClientConnection, *, terminal: Terminal) -> None:
    while True:
        with kept_alive(socket):
            text = read_line()
        if text is None:
            return
        if text.strip():
            with interruptible() as stopped:
                ask(socket, text, terminal=terminal, stopped=stopped)


def read_line() -> str | None:
    try:
        return input("> ")
    except (EOFError, KeyboardInterrupt):
        print()
        return None


def terminal_of(*, dimmed: bool) -> Terminal:
    before, after = ("\x1b[2m", "\x1b[0m") if dimmed else ("", "")

    def answer(text: str) -> None:
        print(text, end="", flush=True)

    def aside(text: str) -> None:
        print(f"{before}{text.rstrip()}{after}", file=sys.stderr, flush=True)

    return Terminal(answer=answer, aside=aside)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m local.chat", description=__doc__)
    parser.add_argument("--say", metavar="TEXT", help="one prompt; prints the answer and ends")
    parser.add_argument("--username")
    parser.add_argument("--password")
    parser.add_argument("--endpoints", type=Path, default=ENDPOINTS)
    chosen = parser.parse_args(arguments)
    terminal = terminal_of(dimmed=sys.stderr.isatty())
    try:
        endpoints = read_endpoints(chosen.endpoints)
        who = Demo(
            username=chosen.username or endpoints.demo.username,
            password=chosen.password or endpoints.demo.password,
        )
        if chosen.say is not None:
            say(endpoints, who, chosen.say, terminal=terminal)
        else:
            converse(endpoints, who, terminal=terminal)
    except ChatError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
