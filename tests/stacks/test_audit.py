"""The rule packs and cfn-lint would speak if there were something; test_refusals.py runs them on all."""

from pathlib import Path

import aws_cdk as cdk
import boto3
import pytest
from aws_cdk import aws_sqs as sqs
from cdk_nag import AwsSolutionsChecks

from stacks.constructs.suppression import Reviewed, accept
from stacks.regions import REGIONS
from tests import audit
from tests.stacks.assembly import Assembly, new_app
from tests.stacks.linting import lint

SERVICES = (
    *(
        "apigatewayv2",
        "cloudwatch",
        "cognito-idp",
        "dynamodb",
        "kms",
        "lambda",
        "logs",
        "pinpoint-sms-voice-v2",
    ),
    *("s3", "scheduler", "secretsmanager", "sns", "sqs", "stepfunctions", "transcribe", "xray"),
)
"""By their names in boto3, whose own list of regions is asked."""


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


def test_cfn_lint_sees_an_unsound_template(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"Nonsense": 1}}}}')
    assert "E3002" in lint(broken)


def test_cfn_lint_sees_what_a_region_does_not_have(tmp_path: Path) -> None:
    texts = tmp_path / "texts.json"
    texts.write_text('{"Resources": {"Events": {"Type": "AWS::SMSVOICE::ConfigurationSet"}}}')
    assert lint(texts) == ""
    assert "does not exist in 'ap-southeast-7'" in lint(texts, regions=("us-east-1", "ap-southeast-7"))


@pytest.mark.parametrize("service", SERVICES)
def test_every_region_has_every_service(service: str) -> None:
    assert set(REGIONS) <= set(boto3.session.Session().get_available_regions(service))


def test_a_finding_of_checkov_is_answered_in_the_template(tmp_path: Path) -> None:
    app = new_app(str(tmp_path))
    stack = cdk.Stack(app, "Stack")
    both = Reviewed("AwsSolutions-SQS3", "It is a test.", also=("CKV_AWS_27", "CKV_AWS_1"))
    accept(sqs.Queue(stack, "Queue"), both)
    (queue,) = Assembly("dev", {"Stack": app.synth().stacks[0].template}).resources("AWS::SQS::Queue")
    skipped = [{"id": name, "comment": "It is a test."} for name in ("CKV_AWS_27", "CKV_AWS_1")]
    assert queue.declaration["Metadata"]["checkov"] == {"skip": skipped}


def _report(*checks: str, errors: int = 0) -> audit.Report:
    failed = [
        {"check_id": check, "check_name": "name", "file_path": "/a", "resource": "b"} for check in checks
    ]
    return {
        "results": {"failed_checks": failed},
        "summary": {"parsing_errors": errors, "resource_count": 1},
    }


def test_what_is_answered_for_a_whole_kind_is_no_objection() -> None:
    assert list(audit.objections(_report(*audit.ANSWERED))) == []


def test_what_nobody_answered_is_an_objection() -> None:
    assert list(audit.objections(_report(*audit.ANSWERED, "CKV_AWS_999"))) == ["/a b: CKV_AWS_999 name"]


def test_an_answer_to_nothing_is_an_objection() -> None:
    first, *others = sorted(audit.ANSWERED)
    assert list(audit.objections(_report(*others))) == [f"{first} is answered and no longer found"]


def test_what_could_not_be_read_is_an_objection() -> None:
    assert len(list(audit.objections(_report(*audit.ANSWERED, errors=1)))) == 1
