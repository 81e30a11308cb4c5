"""A process that dies after so many writes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.interruptions import Killed

WRITES = {"put_item", "update_item", "delete_item", "batch_write_item", "transact_write_items"}


@dataclass
class Mortal:
    """A client that dies after so many writes."""

    client: Any
    writes_left: int
    writes: int = field(default=0)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whichever client it is, it looks like that one
        found = getattr(self.client, name)
        return self._counted(found) if name in WRITES else found

    def _counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: object, **kwargs: object) -> object:
            result = call(*args, **kwargs)
            self.writes += 1
            if self.writes > self.writes_left:
                raise Killed
            return result

        return counted
