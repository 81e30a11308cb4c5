"""The bucket of exports: `person/export.zip`, fetched by presigned links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from switchboard.core.people.address import PersonId
from switchboard.core.stored_data.reader import PersonScope

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

SUFFIX = ".zip"
SHOWN_AS = 'attachment; filename="switchboard-export.zip"'


@dataclass(frozen=True, slots=True)
class ExportBucket:
    client: S3Client
    bucket: str
    name = "archives"
    file = ""

    def put(self, person: PersonId, export: str, file: BinaryIO) -> None:
        self.client.put_object(
            Bucket=self.bucket, Key=_key(person, export), Body=file, ContentType="application/zip"
        )

    def link(self, person: PersonId, export: str, *, seconds: int) -> str:
        wanted = {
            "Bucket": self.bucket,
            "Key": _key(person, export),
            "ResponseContentDisposition": SHOWN_AS,
            "ResponseCacheControl": "no-store",
        }
        return self.client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=seconds)

    def delete(self, person: PersonId, export: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=_key(person, export))

    def entries(self, scope: PersonScope) -> Iterator[Mapping[str, object]]:
        return ({"key": key} for key in self._of(scope))

    def erase(self, scope: PersonScope) -> None:
        for key in self._of(scope):
            self.client.delete_object(Bucket=self.bucket, Key=key)

    def _of(self, scope: PersonScope) -> Iterator[str]:
        for person in scope.persons:
            paginator = self.client.get_paginator("list_objects_v2")
            for page in paginator.paginate(Bucket=self.bucket, Prefix=f"{person}/"):
                yield from (found["Key"] for found in page.get("Contents", []))


def _key(person: PersonId, export: str) -> str:
    return f"{person}/{export}{SUFFIX}"
