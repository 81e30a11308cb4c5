"""A bucket of a skill: what is put is got, links are bound, and deleting leaves no version behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws
from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.s3 import make_client
from switchboard.core.skills.blobs import AlreadyThere, BlobInfo, NoSuchBlob, UploadPart

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

BUCKET = "recordings"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Client]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    with mock_aws():
        made = make_client()
        made.create_bucket(Bucket=BUCKET)
        made.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield made


@pytest.fixture
def blobs(client: S3Client) -> S3Blobs:
    return S3Blobs(client, BUCKET)


def test_what_is_put_is_got_whole_or_by_its_beginning(blobs: S3Blobs) -> None:
    blobs.put("a/1", b"hello there", content_type="text/plain")
    assert blobs.get("a/1") == b"hello there"


def version_of(blobs: S3Blobs, key: str) -> str:
    found = blobs.stat(key)
    assert found
    return found.version


def test_both_ends_are_of_one_version_whatever_came_later(blobs: S3Blobs) -> None:
    blobs.put("a/1", b"hello there", content_type="text/plain")
    version = version_of(blobs, "a/1")
    blobs.put("a/1", b"something else", content_type="text/plain")
    assert blobs.ends("a/1", 5, version=version) == (b"hello", b"there")
    assert blobs.ends("a/1", 500, version=version) == (b"hello there", b"hello there")


def test_of_what_is_empty_there_are_no_ends(blobs: S3Blobs) -> None:
    blobs.put("a/empty", b"", content_type="audio/wav")
    assert blobs.ends("a/empty", 64, version=version_of(blobs, "a/empty")) == (b"", b"")


def test_one_version_goes_and_the_other_stays(blobs: S3Blobs) -> None:
    for content in (b"taken", b"put in its place"):
        blobs.put("a/1", content, content_type="audio/wav")
    blobs.discard("a/1", version_of(blobs, "a/1"))
    assert blobs.get("a/1") == b"taken"
    blobs.discard("a/1", "gone")
    assert blobs.get("a/1") == b"taken"


def test_what_is_not_there_is_said_so(blobs: S3Blobs) -> None:
    with pytest.raises(NoSuchBlob):
        blobs.get("nothing")
    with pytest.raises(NoSuchBlob):
        blobs.ends("nothing", 1, version="v1")
    assert blobs.stat("nothing") is None


def test_each_content_of_a_key_has_a_version_of_its_own(blobs: S3Blobs) -> None:
    seen = set[str]()
    for content in (b"1", b"22"):
        blobs.put("a/1", content, content_type="audio/wav")
        found = blobs.stat("a/1")
        assert found == BlobInfo(len(content), "audio/wav", found.version if found else "")
        seen.add(found.version if found else "")
    assert len(seen) == 2
    assert "" not in seen


def test_deleting_leaves_no_version_no_marker_and_no_unfinished_upload(
    blobs: S3Blobs, client: S3Client
) -> None:
    for content in (b"1", b"2"):
        blobs.put("c1/a", content, content_type="audio/wav")
    client.delete_object(Bucket=BUCKET, Key="c1/a")
    blobs.put("c2/a", b"3", content_type="audio/wav")
    blobs.begin("c1/large", content_type="audio/wav")
    blobs.delete("c1/")
    left = client.list_object_versions(Bucket=BUCKET)
    assert [each["Key"] for each in left["Versions"]] == ["c2/a"]
    assert "DeleteMarkers" not in left
    assert "Uploads" not in client.list_multipart_uploads(Bucket=BUCKET)


def test_a_form_is_bound_to_a_key_a_type_and_a_size(blobs: S3Blobs) -> None:
    form = blobs.upload_form("uploads/c1/call.wav", content_type="audio/wav", max_bytes=9, seconds=60)
    assert form.url == "https://recordings.s3.us-east-1.amazonaws.com/"
    assert form.fields["key"] == "uploads/c1/call.wav"
    assert form.fields["Content-Type"] == "audio/wav"


def test_links_name_the_buckets_own_host(blobs: S3Blobs) -> None:
    link = blobs.download_link("uploads/c1/call.wav", seconds=60)
    assert link.startswith("https://recordings.s3.us-east-1.amazonaws.com/uploads/c1/call.wav?")
    assert "X-Amz-Expires=60" in link


def test_a_link_of_a_part_is_good_for_so_many_bytes_alone(blobs: S3Blobs) -> None:
    """The length is among the signed headers, so that a request with another one is refused."""
    links = [blobs.part_link("a", "u", 1, size=size, seconds=60) for size in (5, 6)]
    asked = [parse_qs(urlsplit(link).query) for link in links]
    assert [each["partNumber"] for each in asked] == [["1"]] * 2
    assert "content-length" in asked[0]["X-Amz-SignedHeaders"][0].split(";")
    assert asked[0]["X-Amz-Signature"] != asked[1]["X-Amz-Signature"]


def test_a_link_to_a_version_says_which(blobs: S3Blobs) -> None:
    link = blobs.version_link("uploads/c1/call.wav", "v-1", seconds=60)
    assert parse_qs(urlsplit(link).query)["versionId"] == ["v-1"]


def test_parts_replace_nothing(blobs: S3Blobs, client: S3Client) -> None:
    """As S3 does it since 2024, and moto does not."""
    with Stubber(client) as stub:
        wanted = {"Bucket": BUCKET, "Key": "a", "UploadId": "u", "IfNoneMatch": "*"}
        parts = {"MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": "t"}]}}
        stub.add_client_error(
            "complete_multipart_upload", "PreconditionFailed", expected_params=wanted | parts
        )
        with pytest.raises(AlreadyThere):
            blobs.finish("a", "u", [UploadPart(1, "t", 5)])


def test_a_large_file_comes_in_parts(blobs: S3Blobs, client: S3Client) -> None:
    upload = blobs.begin("uploads/c1/call.wav", content_type="audio/wav")
    for number, content in ((1, b"a" * 5 * 1024 * 1024), (2, b"b")):
        client.upload_part(
            Bucket=BUCKET, Key="uploads/c1/call.wav", UploadId=upload, PartNumber=number, Body=content
        )
    parts = blobs.arrived("uploads/c1/call.wav", upload)
    assert [(part.number, part.size) for part in parts] == [(1, 5 * 1024 * 1024), (2, 1)]
    blobs.finish("uploads/c1/call.wav", upload, parts)
    found = blobs.stat("uploads/c1/call.wav")
    assert found
    assert found.size == 5 * 1024 * 1024 + 1
