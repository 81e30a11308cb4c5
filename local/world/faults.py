"""Breaking things on purpose: which service, how, how often, how many times."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from local.world.errors import Unprocessable

Kind = Literal["latency", "status", "cut", "duplicate", "reorder", "drop", "forge"]
MOST_FAULTS = 100

# The one parameter of each kind and what it is when it is not said.
PARAMETERS: Mapping[Kind, tuple[str, int] | None] = {
    "latency": ("ms", 1000),
    "status": ("status", 500),
    "cut": ("after", 5),
    "duplicate": ("times", 2),
    "reorder": ("ms", 1000),
    "drop": None,
    "forge": None,
}


class FaultRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    service: Annotated[str, Field(min_length=1, max_length=40)]
    kind: Kind
    rate: Annotated[float, Field(gt=0, le=1)] = 1.0
    count: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    ms: Annotated[int, Field(ge=0, le=120_000)] | None = None
    status: Annotated[int, Field(ge=400, le=599)] | None = None
    after: Annotated[int, Field(ge=0, le=100_000)] | None = None
    times: Annotated[int, Field(ge=2, le=20)] | None = None


@dataclass(frozen=True, slots=True)
class Breakable:
    """What a service can do wrong."""

    kinds: frozenset[Kind]
    statuses: frozenset[int]


@dataclass(slots=True)
class Fault:
    service: str
    kind: Kind
    value: int
    rate: float
    left: int | None
    struck: int = 0

    def described(self) -> dict[str, object]:
        shown = asdict(self)
        value = shown.pop("value")
        parameter = PARAMETERS[self.kind]
        return shown | ({parameter[0]: value} if parameter else {})


class Faults:
    def __init__(self, chance: Callable[[], float]) -> None:
        self._chance = chance
        self._services: dict[str, Breakable] = {}
        self._faults: list[Fault] = []

    def register(self, service: str, breakable: Breakable) -> None:
        self._services[service] = breakable

    def add(self, request: FaultRequest) -> Fault:
        """Raises Unprocessable for a fault that the service cannot have."""
        if len(self._faults) >= MOST_FAULTS:
            raise Unprocessable(f"There are {MOST_FAULTS} faults already: DELETE /faults first.")
        value = fitting_value(request)
        self._require_possible(request, value)
        fault = Fault(request.service, request.kind, value, request.rate, request.count)
        self._faults.append(fault)
        return fault

    def live(self) -> Sequence[Fault]:
        return tuple(self._faults)

    def clear(self) -> None:
        self._faults.clear()

    def strike(self, service: str, kind: Kind) -> Fault | None:
        """The fault that hits this time, spent by one."""
        for fault in self._faults:
            if fault.service == service and fault.kind == kind and self._chance() < fault.rate:
                self._spend(fault)
                return fault
        return None

    def _spend(self, fault: Fault) -> None:
        fault.struck += 1
        if fault.left is None:
            return
        fault.left -= 1
        if fault.left == 0:
            self._faults.remove(fault)

    def _require_possible(self, request: FaultRequest, value: int) -> None:
        breakable = self._services.get(request.service)
        if breakable is None:
            raise Unprocessable(f"service: one of {', '.join(sorted(self._services))}.")
        if request.kind not in breakable.kinds:
            possible = ", ".join(sorted(breakable.kinds))
            raise Unprocessable(f"kind: the {request.service} cannot {request.kind}; it can {possible}.")
        if request.kind == "status" and value not in breakable.statuses:
            raise Unprocessable(f"status: the {request.service} answers {sorted(breakable.statuses)}.")


def fitting_value(request: FaultRequest) -> int:
    """The kind's own parameter; another kind's is a mistake worth telling."""
    parameter = PARAMETERS[request.kind]
    fitting = {parameter[0]} if parameter else set()
    given = request.model_dump(include={"ms", "status", "after", "times"}, exclude_none=True)
    if strange := given.keys() - fitting:
        raise Unprocessable(f"{min(strange)}: means nothing to a fault of kind {request.kind}.")
    return int(given.get(parameter[0], parameter[1])) if parameter else 0
