"""The rule packs and cfn-lint have nothing to say, and would speak if there were something."""

import json
import subprocess
import sys
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_sqs as sqs
from cdk_nag import AwsSolutionsChecks

from stacks.app import build
from stacks.constructs.review import Reviewed, accept
from tests.stacks.assembly import assembly, new_app, settings_of

CFN_LINT = Path(sys.executable).with_name("cfn-lint")
AUDITED = ("dev", "prod")
REDUNDANT_DEPENDS_ON = "W3005"


@pytest.mark.parametrize("stage", AUDITED)
def test_the_rule_packs_find_nothing(stage: str, tmp_path: Path) -> None:
    app = new_app(str(tmp_path))
    build(app, settings_of(stage))
    assert app.synth().stacks


def _audited(outdir: Path, *reviewed: Reviewed) -> cdk.App:
    app = new_app(str(outdir))
    queue = sqs.Queue(cdk.Stack(app, "Stack"), "Queue", enforce_ssl=True)
    accept(queue, *reviewed)
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return app


def test_a_finding_stops_the_synthesis(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="Validation"):
        _audited(tmp_path).synth()


def test_a_finding_accepted_with_its_reason_does_not(tmp_path: Path) -> None:
    assert _audited(tmp_path, Reviewed("AwsSolutions-SQS3", "It is a test.")).synth().stacks


def test_the_templates_are_sound(tmp_path: Path) -> None:
    files = []
    for stage in AUDITED:
        for stack, template in assembly(stage).templates.items():
            file = tmp_path / f"{stage}-{stack}.json"
            file.write_text(json.dumps(template))
            files.append(str(file))
    assert _lint(*files) == ""


def test_cfn_lint_sees_an_unsound_template(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"Nonsense": 1}}}}')
    assert "E3002" in _lint(str(broken))


def _lint(*files: str) -> str:
    command = [str(CFN_LINT), "--ignore-checks", REDUNDANT_DEPENDS_ON, "--template", *files]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603 - our own files
