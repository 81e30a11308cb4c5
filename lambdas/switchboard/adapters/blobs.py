"""A skill's bucket: what it keeps, and presigned links by which files come and go without a function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from switchboard.adapters.aws_errors import code_of
from switchboard.core.skills.blobs import AlreadyThere, BlobInfo, NoSuchBlob, UploadForm, UploadPart

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef

MISSING = frozenset({"404", "NoSuchKey", "NotFound", "NoSuchVersion"})
TAKEN = "PreconditionFailed"
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html"""
NOTHING_THERE = "InvalidRange"


@dataclass(frozen=True, slots=True)
class S3Blobs:
    client: S3Client
    bucket: str

    def get(self, key: str) -> bytes:
        try:
            return self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except ClientError as error:
            raise _missing(error, key) from None

    def ends(self, key: str, count: int, *, version: str) -> tuple[bytes, bytes]:
        return (
            self._range(key, f"bytes=0-{count - 1}", version=version),
            self._range(key, f"bytes=-{count}", version=version),
        )

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        self.client.put_object(Bucket=self.bucket, Key=key, Body=content, ContentType=content_type)

    def delete(self, prefix: str) -> None:
        for found in self._versions(prefix):
            self.client.delete_objects(Bucket=self.bucket, Delete={"Objects": found, "Quiet": True})
        pages = self.client.get_paginator("list_multipart_uploads").paginate(
            Bucket=self.bucket, Prefix=prefix
        )
        for upload in [each for page in pages for each in page.get("Uploads", [])]:
            self.client.abort_multipart_upload(
                Bucket=self.bucket, Key=upload["Key"], UploadId=upload["UploadId"]
            )

    def discard(self, key: str, version: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=key, VersionId=version)

    def stat(self, key: str) -> BlobInfo | None:
        try:
            found = self.client.head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if code_of(error) in MISSING:
                return None
            raise
        return BlobInfo(found["ContentLength"], found["ContentType"], found.get("VersionId", ""))

    def upload_form(self, key: str, *, content_type: str, max_bytes: int, seconds: int) -> UploadForm:
        """An empty file may come: whoever looks at it says what is wrong with it."""
        made = self.client.generate_presigned_post(
            self.bucket,
            key,
            Fields={"Content-Type": content_type},
            Conditions=[{"Content-Type": content_type}, ["content-length-range", 0, max_bytes]],
            ExpiresIn=seconds,
        )
        return UploadForm(made["url"], made["fields"])

    def download_link(self, key: str, *, seconds: int) -> str:
        wanted = {"Bucket": self.bucket, "Key": key, "ResponseCacheControl": "no-store"}
        return self.client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds)

    def version_link(self, key: str, version: str, *, seconds: int) -> str:
        wanted = {"Bucket": self.bucket, "Key": key, "VersionId": version}
        return self.client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds)

    def begin(self, key: str, *, content_type: str) -> str:
        begun = self.client.create_multipart_upload(Bucket=self.bucket, Key=key, ContentType=content_type)
        return begun["UploadId"]

    def part_link(self, key: str, upload: str, number: int, *, size: int, seconds: int) -> str:
        """The length is one of the headers that are signed."""
        wanted = {
            "Bucket": self.bucket,
            "Key": key,
            "UploadId": upload,
            "PartNumber": number,
            "ContentLength": size,
        }
        return self.client.generate_presigned_url("upload_part", Params=wanted, ExpiresIn=seconds)

    def arrived(self, key: str, upload: str) -> Sequence[UploadPart]:
        pages = self.client.get_paginator("list_parts").paginate(Bucket=self.bucket, Key=key, UploadId=upload)
        return [
            UploadPart(each["PartNumber"], each["ETag"], each["Size"])
            for page in pages
            for each in page.get("Parts", [])
        ]

    def finish(self, key: str, upload: str, parts: Sequence[UploadPart]) -> None:
        made = [{"PartNumber": part.number, "ETag": part.tag} for part in parts]
        try:
            self.client.complete_multipart_upload(
                Bucket=self.bucket,
                Key=key,
                UploadId=upload,
                MultipartUpload={"Parts": made},  # type: ignore[typeddict-item]
                IfNoneMatch="*",
            )
        except ClientError as error:
            raise (AlreadyThere(key) if code_of(error) == TAKEN else error) from None

    def _range(self, key: str, wanted: str, *, version: str) -> bytes:
        """Of what is empty there is no range."""
        try:
            found = self.client.get_object(Bucket=self.bucket, Key=key, VersionId=version, Range=wanted)
        except ClientError as error:
            if code_of(error) == NOTHING_THERE:
                return b""
            raise _missing(error, key) from None
        return found["Body"].read()

    def _versions(self, prefix: str) -> Iterator[list[ObjectIdentifierTypeDef]]:
        pages = self.client.get_paginator("list_object_versions").paginate(Bucket=self.bucket, Prefix=prefix)
        for page in pages:
            found: list[ObjectIdentifierTypeDef] = [
                {"Key": each["Key"], "VersionId": each["VersionId"]}
                for each in (*page.get("Versions", []), *page.get("DeleteMarkers", []))
            ]
            if found:
                yield found


def _missing(error: ClientError, key: str) -> Exception:
    return NoSuchBlob(key) if code_of(error) in MISSING else error
