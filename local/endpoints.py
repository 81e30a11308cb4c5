"""`endpoints.json`: where everything is, for whoever wants to use a running laptop."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from local.seed import Person


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Base URLs as a client uses them; `ca` is null without TLS."""

    aws: str
    region: str
    http_api: str
    websocket: str
    site: str
    world: str
    ca: str | None
    number: str
    demo: Person
    stacks: tuple[str, ...]


def write(endpoints: Endpoints, path: Path) -> None:
    """Whole or not at all, and for its owner only: it holds a password."""
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(endpoints), indent=2) + "\n")
    draft.replace(path)


def read(path: Path) -> Endpoints:
    fields = json.loads(path.read_text())
    demo, stacks = Person(**fields.pop("demo")), tuple(fields.pop("stacks"))
    return Endpoints(**fields, demo=demo, stacks=stacks)
