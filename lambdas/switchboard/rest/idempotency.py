"""A creating request that may be sent twice: done once under its Idempotency-Key, and answered the same."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Request

from switchboard.core.idempotency import Answered, Made, Once, answer_once
from switchboard.rest.auth import Asking, Given

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9_-]{1,64}$",
        description="A request that comes again with the same key is done once, and answered the same.",
    ),
]


class Creation:
    """Who wants something made, and the key under which they may ask again."""

    def __init__(self, request: Request, asking: Asking, ports: Given, key: Key = None) -> None:
        self.asking = asking
        self.ports = ports
        self.key = key
        self._request = f"{request.method} {request.url.path}"

    def once(self, make: Callable[[], Made]) -> Answered:
        if self.key is None:
            return Answered(make().answer)
        once = Once(self.asking.person, self.key, self._request)
        return answer_once(once, make, answers=self.ports.answers, now_ms=self.ports.now_ms())


Creating = Annotated[Creation, Depends()]
