"""There is one client of S3, so that every link has the host of its bucket's region."""

from pathlib import Path

import pytest

from tests.architecture.rules_of_clients import HOME, made_elsewhere
from tests.architecture.sources import parse, sources

CODE = sources("lambdas", "operate")


def test_clients_of_s3_are_made_in_one_place() -> None:
    assert [each for source in CODE for each in made_elsewhere(source)] == []


def test_that_place_is_there() -> None:
    assert HOME in {source.module for source in CODE}


@pytest.mark.parametrize(
    "text",
    [
        'import boto3\n\nboto3.client("s3")',
        'from boto3 import client\n\nclient("s3")',
        'import boto3\n\nboto3.Session().resource("s3", config=None)',
        'import boto3\n\nboto3.client(service_name="s3")',
    ],
)
def test_a_client_made_elsewhere_is_noticed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "links.py"
    path.write_text(text)
    assert made_elsewhere(parse(path, base=tmp_path)) != []


def test_a_client_of_another_service_is_not(tmp_path: Path) -> None:
    path = tmp_path / "links.py"
    path.write_text('import boto3\n\nboto3.client("sqs")')
    assert made_elsewhere(parse(path, base=tmp_path)) == []
