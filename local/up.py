"""`make up`: Switchboard on this machine, until Ctrl-C or `make down`."""

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence

from local.endpoints import Endpoints
from local.errors import AlreadyUp, LaptopError
from local.interrupts import Interrupts
from local.laptop import Laptop, Wishes
from local.model_choice import real_model
from local.places import OURS, Places
from local.processes import Crew, recorded
from local.steps import Steps

USUAL_AWS, USUAL_WORLD, USUAL_SITE = 4700, 4701, 4702
LOOK_SECONDS = 0.5
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    parser = make_parser(os.environ)
    asked = parser.parse_args(arguments)
    wishes = Wishes(
        strict=asked.strict,
        aws_port=asked.aws_port,
        world_port=asked.world_port,
        site_port=asked.site_port,
        usual_aws=USUAL_AWS,
        usual_world=USUAL_WORLD,
        usual_site=USUAL_SITE,
        model=real_model(os.environ),
    )
    try:
        return run(wishes, OURS, detach=asked.detach)
    except LaptopError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def make_parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local.up", description=__doc__)
    parser.add_argument("--detach", action="store_true", help="return when it is ready; `make down` stops it")
    parser.add_argument(
        "--strict", action="store_true", help="check every call against its caller's policies"
    )
    for name, what in (
        ("aws", "the local AWS"),
        ("world", "the world and its phone page"),
        ("site", "the page people chat on"),
    ):
        variable = f"SWITCHBOARD_{name.upper()}_PORT"
        parser.add_argument(
            f"--{name}-port", type=int, default=environment.get(variable), help=f"{what} ({variable})"
        )
    return parser


def run(wishes: Wishes, places: Places, *, detach: bool) -> int:
    """Raises LaptopError, after everything that was started has ended."""
    with Interrupts() as interrupts:
        try:
            require_down(places)
            places.clear()
            with Crew(places, interrupts) as crew:
                return serve(Laptop(wishes, places, crew, Steps()), detach=detach)
        except KeyboardInterrupt:
            print("\nInterrupted; everything that was started has ended.")
            return INTERRUPTED


def require_down(places: Places) -> None:
    if running := recorded(places):
        names = ", ".join(f"{process.name} {process.pid}" for process in running)
        raise AlreadyUp(f"Switchboard is already up here ({names}). `make down` stops it.")


def serve(laptop: Laptop, *, detach: bool) -> int:
    endpoints = laptop.bring_up()
    print(signpost(endpoints, laptop.wishes, seconds=laptop.steps.seconds))
    if detach:
        laptop.crew.release()
        print("\n`make down` stops it.")
        return 0
    print("\nCtrl-C stops it.", flush=True)
    return watch(laptop.crew)


def watch(crew: Crew) -> int:
    """Until somebody interrupts. Raises ToolFailed when a process ends by itself."""
    try:
        while True:
            crew.require_running()
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0


def signpost(endpoints: Endpoints, wishes: Wishes, *, seconds: float) -> str:
    grammar = "a fixed grammar, no language model; OPENAI_API_KEY or MODEL_BASE_URL brings one"
    lines = {
        "chat page": endpoints.site,
        "phone page": endpoints.world,
        "terminal": "make chat",
        "sign in": f"{endpoints.demo.username} / {endpoints.demo.password}",
        "number": endpoints.number,
        "HTTP API": endpoints.http_api,
        "WebSocket": endpoints.websocket,
        "local AWS": f"{endpoints.aws} (IAM {'enforced' if wishes.strict else 'not enforced: --strict'})",
        "model": wishes.model.base_url if wishes.model else grammar,
    }
    shown = "\n".join(f"  {name:<12}{value}" for name, value in lines.items())
    return f"\nSwitchboard is up after {seconds:.1f} s.\n\n{shown}"


if __name__ == "__main__":
    raise SystemExit(main())
