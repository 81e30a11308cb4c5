"""What the launcher tells its tools and its users."""

import io
import json
from pathlib import Path

import pytest

from local.cdk import TLS_ONLY, without_tls_rule
from local.endpoints import Endpoints, read, write
from local.laptop import Wishes
from local.model_choice import RealModel, real_model
from local.seed import Person
from local.steps import Steps
from local.up import make_parser, signpost

ENDPOINTS = Endpoints(
    aws="http://127.0.0.1:4700",
    aws_access_key_id="AKIDLOCAL",
    aws_secret_access_key="not-a-real-one-either",
    region="us-east-1",
    http_api="http://127.0.0.1:4700/_aws/execute-api/a",
    websocket="ws://127.0.0.1:4700/_aws/execute-api/b/prod",
    site="http://127.0.0.1:4702",
    world="http://127.0.0.1:4701",
    ca=None,
    number="+12065550100",
    demo=Person("demo", "not-a-real-one"),
    stacks=("Switchboard-local-Foundation",),
)
KEYS = (
    "aws aws_access_key_id aws_secret_access_key region http_api websocket site world ca number demo stacks"
)


def test_without_a_wish_the_world_is_the_model() -> None:
    assert real_model({}) is None


def test_a_key_alone_means_openai() -> None:
    assert real_model({"OPENAI_API_KEY": "k"}) == RealModel(
        {"model_base_url": "https://api.openai.com/v1"}, "k"
    )


def test_a_base_url_needs_no_key_and_may_name_models() -> None:
    model = real_model({"MODEL_BASE_URL": "http://127.0.0.1:11434/", "MODEL_SMALL": "tiny"})
    assert model == RealModel({"model_base_url": "http://127.0.0.1:11434/v1", "model_small": "tiny"}, None)


def test_a_base_url_with_a_path_is_taken_as_it_is() -> None:
    model = real_model({"MODEL_BASE_URL": "https://models.example/api/v3"})
    assert model
    assert model.base_url == "https://models.example/api/v3"


def test_a_key_is_never_shown() -> None:
    assert "hidden" not in repr(real_model({"OPENAI_API_KEY": "hidden"}))


def test_ports_come_from_the_command_line_or_the_environment() -> None:
    parser = make_parser({"SWITCHBOARD_AWS_PORT": "5000"})
    assert parser.parse_args([]).aws_port == 5000
    assert parser.parse_args(["--aws-port", "6000"]).aws_port == 6000
    assert parser.parse_args([]).world_port is None


def test_endpoints_are_written_for_their_owner_with_exactly_the_agreed_keys(tmp_path: Path) -> None:
    path = tmp_path / "endpoints.json"
    write(ENDPOINTS, path)
    assert list(json.loads(path.read_text())) == KEYS.split()
    assert path.stat().st_mode & 0o777 == 0o600
    assert read(path) == ENDPOINTS


def test_the_signpost_says_where_to_go() -> None:
    shown = signpost(ENDPOINTS, Wishes(strict=True), seconds=21.04)
    for what in (
        "21.0 s",
        ENDPOINTS.site,
        ENDPOINTS.world,
        "make chat",
        "demo / not-a-real-one",
        "+12065550100",
        "IAM enforced",
    ):
        assert what in shown


def test_the_bootstrap_bucket_takes_plain_http_and_keeps_its_other_rules() -> None:
    tls, other = {"Sid": TLS_ONLY}, {"Sid": "Other"}
    template = {
        "Resources": {"Only": policy(tls), "Both": policy(tls, other), "Key": {"Type": "AWS::KMS::Key"}}
    }
    kept = without_tls_rule(template)["Resources"]
    assert list(kept) == ["Both", "Key"]
    assert kept["Both"]["Properties"]["PolicyDocument"]["Statement"] == [other]


def policy(*rules: dict[str, str]) -> dict[str, object]:
    return {"Type": "AWS::S3::BucketPolicy", "Properties": {"PolicyDocument": {"Statement": list(rules)}}}


def test_a_step_says_how_long_it_took_whichever_way_it_ends() -> None:
    out, ticks = io.StringIO(), iter([0.0, 1.0, 3.1, 4.0, 4.5])
    steps = Steps(out, now=lambda: next(ticks))
    with steps.step("digging", "dug"):
        pass
    with pytest.raises(ZeroDivisionError), steps.step("dividing", "divided"):
        _ = 1 / 0
    first, second = out.getvalue().splitlines()
    assert (first[:5], first.split()[-2:]) == ("✓ dug", ["2.1", "s"])
    assert (second[:10], second.split()[-2:]) == ("✗ dividing", ["0.5", "s"])
