"""Days that tests let pass: the functions that ask for the time are started again with a clock that is ahead.

What moves it is a layer and two variables, put before the handler on the local AWS and taken off again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from tests.e2e.inside import Inside, Item
from tests.e2e.patience import eventually
from tests.e2e.queues import Queues

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

STAND_IN = Path(__file__).with_name("ahead.py")
MOVED = ("converse", "api")


@dataclass(frozen=True, slots=True)
class Days:
    """`layer` is the version of the layer that holds the stand-in."""

    functions: "LambdaClient"
    inside: Inside
    queues: Queues
    layer: str

    def go_to(self, moment: datetime) -> None:
        """Time goes on from there."""
        ahead = moment - datetime.now(UTC)
        for name in MOVED:
            usual = self.inside.functions[name]
            behind = str(usual["Handler"]).removesuffix(".handler")
            moved = {"BEHIND": behind, "AHEAD_MS": str(ahead // timedelta(milliseconds=1))}
            layers = [*layers_of(usual), self.layer]
            self._configure(usual, f"{STAND_IN.stem}.handler", variables_of(usual) | moved, layers)

    def back(self) -> None:
        for name in MOVED:
            usual = self.inside.functions[name]
            self._configure(usual, str(usual["Handler"]), variables_of(usual), layers_of(usual))

    def _configure(self, function: Item, handler: str, variables: dict[str, str], layers: list[str]) -> None:
        """Between two turns: what is at work would be cut short."""
        name = str(function["FunctionName"])
        queue = variables.get("TURNS_QUEUE_URL")
        if queue:
            eventually(lambda: not self.queues.held(queue), what="the end of every turn")
        self.functions.update_function_configuration(
            FunctionName=name, Handler=handler, Environment={"Variables": variables}, Layers=layers
        )
        self.functions.get_waiter("function_updated_v2").wait(
            FunctionName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 30}
        )


@contextmanager
def days(functions: "LambdaClient", inside: Inside, queues: Queues) -> Iterator[Days]:
    """Afterwards it is today again."""
    published = functions.publish_layer_version(LayerName="ahead", Content={"ZipFile": packed()})
    moving = Days(functions, inside, queues, published["LayerVersionArn"])
    try:
        yield moving
    finally:
        moving.back()


def packed() -> bytes:
    into = BytesIO()
    with ZipFile(into, "w") as layer:
        layer.writestr(f"python/{STAND_IN.name}", STAND_IN.read_text(encoding="utf-8"))
    return into.getvalue()


def layers_of(function: Item) -> list[str]:
    return [layer["Arn"] for layer in function.get("Layers", [])]


def variables_of(function: Item) -> dict[str, str]:
    return dict(function["Environment"]["Variables"])
