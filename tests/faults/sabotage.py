"""Changes the deployed functions' configuration, so that they die on order and are quick to be born again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from os import pathsep
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import httpx2

from tests.e2e.inside import Inside, Item
from tests.faults.inside import saboteur

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

SABOTAGED = ("sms.receive", "converse", "sms.deliver", "sms.delivery_events", "sweep_overdue")
FIRST_TOKEN_SECONDS = 3
OUT_OF_THE_WAY = {
    "person_day": "100",
    "person_month": "1000",
    "deployment_day": "10000",
    "deployment_month": "100000",
}
CHANGES: Mapping[str, Item] = {"MODEL": {"first_token_seconds": FIRST_TOKEN_SECONDS}, "SPEND": OUT_OF_THE_WAY}


@dataclass(frozen=True, slots=True)
class Sabotage:
    """Layers are unpacked once and for all: the local AWS does it for each process, for seconds."""

    functions: "LambdaClient"
    inside: Inside
    folder: Path
    victims: Sequence[str] = SABOTAGED

    def commit(self) -> None:
        for name in self.victims:
            found = self.inside.functions[name]
            variables = found["Environment"]["Variables"]
            layers = [self._unpacked(layer["Arn"]) for layer in found.get("Layers", [])]
            changed = {**variables, **_impatient(variables), **self._infiltrated(name, layers)}
            self.functions.update_function_configuration(
                FunctionName=found["FunctionName"], Environment={"Variables": changed}, Layers=[]
            )

    def undo(self) -> None:
        for name in self.victims:
            found = self.inside.functions[name]
            self.functions.update_function_configuration(
                FunctionName=found["FunctionName"],
                Environment={"Variables": found["Environment"]["Variables"]},
                Layers=[layer["Arn"] for layer in found.get("Layers", [])],
            )

    def _infiltrated(self, function: str, layers: Sequence[Path]) -> dict[str, str]:
        return {
            "PYTHONPATH": pathsep.join(map(str, (Path(saboteur.__file__).parent, *layers))),
            "BOTOCORE_EXPERIMENTAL__PLUGINS": "saboteur=saboteur",
            saboteur.FOLDER: str(self.folder),
            saboteur.FUNCTION: function,
        }

    def _unpacked(self, arn: str) -> Path:
        """The folder with the layer's packages."""
        folder = self.folder / "layers" / arn.replace(":", "-")
        if not folder.exists():
            place = self.functions.get_layer_version_by_arn(Arn=arn)["Content"]["Location"]
            content = httpx2.get(place, trust_env=False, timeout=30).raise_for_status().content
            ZipFile(BytesIO(content)).extractall(folder)
        return folder / "python"


def _impatient(variables: Item) -> dict[str, str]:
    return dict(_changed(variables))


def _changed(variables: Item) -> Iterator[tuple[str, str]]:
    for name, change in CHANGES.items():
        if name in variables:
            yield name, json.dumps(json.loads(variables[name]) | change)
