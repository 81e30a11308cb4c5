"""The real CDK CLI against the local AWS."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.cloud import ACCOUNT, REGION, LocalAws, tool_environment
from local.places import ROOT, Places
from local.processes import Crew

CLI = str(ROOT / "node_modules" / ".bin" / "cdk")
QUIET = {"CDK_VALIDATION": "false", "CDK_DISABLE_CLI_TELEMETRY": "true", "CDK_DISABLE_VERSION_CHECK": "1"}
PRIVATE = ("AWS_", "CDK_", "OPENAI_", "MODEL_")
TLS_ONLY = "AllowSSLRequestsOnly"


@dataclass(frozen=True, slots=True)
class Cdk:
    """Bootstrap and deployment run in an empty folder: beside a cdk.json they would synthesize its app."""

    crew: Crew
    places: Places
    aws: LocalAws

    def bootstrap(self) -> None:
        """Without the rule that files come by TLS only, which plain HTTP on loopback cannot keep."""
        folder = self.places.folder("bootstrap")
        self._run("template", "bootstrap", "--show-template", "--json")
        template = without_tls_rule(json.loads(self.places.log("template").read_text()))
        (folder / "template.json").write_text(json.dumps(template))
        self._run("bootstrap", "bootstrap", f"aws://{ACCOUNT}/{REGION}", "--template", "template.json")

    def synthesize(self, context: Mapping[str, str]) -> None:
        given = [word for key, value in context.items() for word in ("-c", f"{key}={value}")]
        command = [CLI, "synth", "--quiet", "--no-notices", "-o", str(self.places.assembly), *given]
        self.crew.run("synth", command, env=self._environment(), cwd=ROOT)

    def deploy(self) -> None:
        how = (
            "--method",
            "direct",
            "--require-approval",
            "never",
            "--concurrency",
            "4",
            "--progress",
            "events",
        )
        self._run("deploy", "deploy", "--all", "--app", str(self.places.assembly), *how)

    def _run(self, name: str, *arguments: str) -> None:
        self.crew.run(
            name,
            [CLI, *arguments, "--no-notices"],
            env=self._environment(),
            cwd=self.places.folder("bootstrap"),
        )

    def _environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(PRIVATE)}
        path = os.pathsep.join((str(ROOT / ".venv" / "bin"), os.environ.get("PATH", os.defpath)))
        cache = {"CDK_HOME": str(self.places.folder("cdk"))}
        return ours | tool_environment(self.aws) | QUIET | cache | {"PATH": path}


def without_tls_rule(template: dict[str, Any]) -> dict[str, Any]:
    """A bucket policy that said nothing else goes with it."""
    resources = {}
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::S3::BucketPolicy":
            document = resource["Properties"]["PolicyDocument"]
            document["Statement"] = [rule for rule in document["Statement"] if rule.get("Sid") != TLS_ONLY]
            if not document["Statement"]:
                continue
        resources[name] = resource
    return template | {"Resources": resources}
