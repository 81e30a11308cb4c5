"""Ports on loopback: the one that was asked for, the usual one when it is free, or any."""

import socket

from local.errors import PortTaken

LOOPBACK = "127.0.0.1"
HIGHEST = 65_535


def port_for(what: str, *, asked: int | None, usual: int = 0) -> int:
    """Raises PortTaken when the port that was asked for cannot be had."""
    if asked is None:
        return bindable(usual) or free()
    port = bindable(asked)
    if port is None:
        raise PortTaken(f"Port {asked}, asked for {what}, is taken or not allowed: choose another one.")
    return port


def free() -> int:
    with socket.create_server((LOOPBACK, 0)) as listener:
        return int(listener.getsockname()[1])


def bindable(port: int) -> int | None:
    """The port if somebody could listen there now; 0 becomes any free one."""
    if not 0 <= port <= HIGHEST:
        return None
    try:
        with socket.create_server((LOOPBACK, port)) as listener:
            return int(listener.getsockname()[1])
    except OSError:
        return None
