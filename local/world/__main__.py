"""`python -m local.world --port N`: serve the world on loopback and print its address."""

import argparse
import contextlib
import socket
import sys

import uvicorn

from local.world.app import create_app
from local.world.ports import real_ports

LOOPBACK = "127.0.0.1"


def serve(listener: socket.socket) -> None:
    config = uvicorn.Config(
        create_app(real_ports()),
        lifespan="on",
        ws="none",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local.world", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    port = parser.parse_args().port
    try:
        listener = socket.create_server((LOOPBACK, port))
    except (OSError, OverflowError) as error:
        print(f"Port {port} cannot be used: {error}", file=sys.stderr)
        return 1
    with listener:
        print(f"http://{LOOPBACK}:{listener.getsockname()[1]}", flush=True)
        serve(listener)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
