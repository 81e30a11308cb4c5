"""`endpoints.json`: where everything is, for whoever wants to use a running laptop."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from local.cloud import LocalAws
from local.seed import Person
from local.whole import write_whole


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Base URLs as a client uses them; `ca` is null without TLS."""

    aws: str
    aws_access_key_id: str
    aws_secret_access_key: str = field(repr=False)
    region: str
    http_api: str
    websocket: str
    site: str
    world: str
    ca: str | None
    number: str
    demo: Person
    stacks: tuple[str, ...]

    @property
    def access(self) -> LocalAws:
        return LocalAws(self.aws, self.aws_access_key_id, self.aws_secret_access_key)


def write(endpoints: Endpoints, path: Path) -> None:
    """Whole or not at all, and for its owner only: it holds a password and the account's key."""
    write_whole(path, json.dumps(asdict(endpoints), indent=2) + "\n", mode=0o600)


def read(path: Path) -> Endpoints:
    fields = json.loads(path.read_text())
    demo, stacks = Person(**fields.pop("demo")), tuple(fields.pop("stacks"))
    return Endpoints(**fields, demo=demo, stacks=stacks)
