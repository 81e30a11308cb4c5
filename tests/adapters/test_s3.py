"""Links name the host of the bucket's own region: a signature does not survive a redirect."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.export_bucket import ExportBucket
from switchboard.adapters.s3 import make_client
from switchboard.core.people.address import PersonId

BUCKET = "kept"
REGIONS = ("us-east-1", "us-east-2", "eu-west-1", "ap-southeast-2", "eu-south-2", "il-central-1")


@pytest.fixture(autouse=True)
def _signed_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    yield
    boto3.DEFAULT_SESSION = None


def _links() -> list[str]:
    """One of each kind that is given to a browser or to the transcriber."""
    client = make_client()
    blobs, archives = S3Blobs(client, BUCKET), ExportBucket(client, BUCKET)
    return [
        archives.link(PersonId("p1"), "e1", seconds=60),
        blobs.download_link("uploads/a", seconds=60),
        blobs.part_link("uploads/a", "u", 1, size=5, seconds=60),
        blobs.upload_form("uploads/a", content_type="audio/wav", max_bytes=1, seconds=60).url,
        client.generate_presigned_url("put_object", Params={"Bucket": BUCKET, "Key": "a"}, ExpiresIn=60),
    ]


@pytest.mark.parametrize("region", REGIONS)
def test_every_link_is_of_the_buckets_host_in_its_region(
    region: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    assert {urlsplit(link).netloc for link in _links()} == {f"{BUCKET}.s3.{region}.amazonaws.com"}


@pytest.mark.parametrize("region", REGIONS)
def test_every_link_is_signed_for_that_region(region: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    signed = [parse_qs(query) for link in _links() if (query := urlsplit(link).query)]
    assert len(signed) == 4
    assert {each["X-Amz-Algorithm"][0] for each in signed} == {"AWS4-HMAC-SHA256"}
    assert {each["X-Amz-Credential"][0].split("/")[2] for each in signed} == {region}


@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])
def test_an_endpoint_of_the_environment_comes_first(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv(variable, "http://127.0.0.1:4566")
    links = [urlsplit(link) for link in _links()]
    assert {link.netloc for link in links} == {"127.0.0.1:4566"}
    assert {link.path.split("/")[1] for link in links} == {BUCKET}
