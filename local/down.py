"""`make down`: ends what a `make up` of this folder started, and nothing else."""

from local.places import OURS, Places
from local.processes import end, forget, recorded


def main() -> int:
    print(stop(OURS))
    return 0


def stop(places: Places) -> str:
    running = recorded(places)
    end(running)
    forget(places)
    if not running:
        return "Switchboard is not up here."
    return f"Stopped {', '.join(process.name for process in running)}."


if __name__ == "__main__":
    raise SystemExit(main())
