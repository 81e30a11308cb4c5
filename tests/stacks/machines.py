"""State machines as AWS would get them, and what a public validator says of them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.stacks.assembly import ROOT, Assembly, Resource
from tests.stacks.resolving import resolved

MACHINE = "AWS::StepFunctions::StateMachine"
NODE = Path(sys.executable).with_name("node")
VALIDATOR = ROOT / "node_modules" / "asl-validator" / "dist" / "bin" / "asl-validator.js"


class Machine(NamedTuple):
    resource: Resource
    definition: str
    """With sample ARNs."""

    def states(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Those inside of maps and parallels, too."""
        return _states(json.loads(self.definition))


def machines(assembly: Assembly) -> Iterator[Machine]:
    for resource in assembly.resources(MACHINE):
        yield Machine(resource, resolved(assembly, resource)["DefinitionString"])


def _states(machine: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, state in machine["States"].items():
        yield name, state
        for inner in (*state.get("Branches", []), *(state[key] for key in INNER if key in state)):
            yield from _states(inner)


INNER = ("ItemProcessor", "Iterator")


@cache
def complaints(definition: str) -> str:
    """Of asl-validator, which knows JSONata and checks that each expression can be parsed."""
    command = [str(NODE), str(VALIDATOR), "--json-definition", definition]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own tools
    return "" if ran.returncode == 0 else ran.stderr + ran.stdout or f"exit code {ran.returncode}"
