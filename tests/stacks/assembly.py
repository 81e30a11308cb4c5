"""What a stage synthesizes to, and who refers to whom across its stacks."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import aws_cdk as cdk

from stacks.app import build
from stacks.settings import Settings, settings_from
from stacks.tables import SYNTH

ROOT = Path(__file__).resolve().parents[2]
LOCAL = {"gateway": "http://127.0.0.1:4566", "world": "http://127.0.0.1:8900"}
STAGES = ("dev", "prod", "local")

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Resource:
    stack: str
    id: str
    type: str
    properties: Mapping[str, Any]
    declaration: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.stack}/{self.id}"


@dataclass(frozen=True, slots=True)
class Assembly:
    stage: str
    templates: Mapping[str, Mapping[str, Any]]

    def resources(self, *types: str) -> Iterator[Resource]:
        for stack, template in self.templates.items():
            for name, declaration in template["Resources"].items():
                if not types or declaration["Type"] in types:
                    yield Resource(
                        stack, name, declaration["Type"], declaration.get("Properties", {}), declaration
                    )

    def named_in(self, stack: str, value: object) -> set[Place]:
        """The resources that a value refers to, here or in another stack."""
        if isinstance(value, list):
            return set().union(*(self.named_in(stack, item) for item in value)) if value else set()
        if not isinstance(value, dict):
            return set()
        match value:
            case {"Ref": str(name)}:
                return {(stack, name)}
            case {"Fn::GetAtt": [str(name), *_]}:
                return {(stack, name)}
            case {"Fn::ImportValue": str(name)}:
                return self._exported(name)
        return self.named_in(stack, list(value.values()))

    def _exported(self, name: str) -> set[Place]:
        for stack, template in self.templates.items():
            for output in template.get("Outputs", {}).values():
                if output.get("Export", {}).get("Name") == name:
                    return self.named_in(stack, output["Value"])
        return set()


class Audited(NamedTuple):
    assembly: Assembly
    findings: tuple[str, ...]


def settings_of(stage: str) -> Settings:
    return settings_from({"stage": stage, **LOCAL}.get)


@cache
def assembly(stage: str) -> Assembly:
    return synthesize(replace(settings_of(stage), audit=False))


def synthesize(settings: Settings) -> Assembly:
    """Errors: RuntimeError where CDK refuses, or the rule packs find something."""
    with TemporaryDirectory() as outdir:
        app = new_app(outdir)
        build(app, settings)
        app.synth()
        return _written(settings.stage, app)


def audit(settings: Settings) -> Audited:
    """The templates are written before the rule packs read them, so a finding does not keep them away."""
    with TemporaryDirectory() as outdir:
        app = new_app(outdir)
        build(app, settings)
        findings = _findings(app, Path(outdir))
        return Audited(_written(settings.stage, app), findings)


def _written(stage: str, app: cdk.App) -> Assembly:
    """In the order in which the stacks are made, which is that of a deployment."""
    names = [child.node.id for child in app.node.children if isinstance(child, cdk.Stack)]
    return Assembly(
        stage, {name: json.loads((Path(app.outdir) / f"{name}.template.json").read_text()) for name in names}
    )


def _findings(app: cdk.App, outdir: Path) -> tuple[str, ...]:
    try:
        app.synth()
    except RuntimeError:
        report = json.loads((outdir / "validation-report.json").read_text())
        return tuple(
            f"{violation['ruleName']} at {place['constructPath']}"
            for plugin in report["pluginReports"]
            for violation in plugin["violations"]
            for place in violation["violatingConstructs"]
        )
    return ()


def new_app(outdir: str) -> cdk.App:
    flags = json.loads((ROOT / "cdk.json").read_text())["context"]
    return cdk.App(
        outdir=outdir,
        context={**flags, **SYNTH},
        builtin_cloud_formation_validation=False,
    )
