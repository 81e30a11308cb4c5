"""The IAM actions that a call of a client takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from botocore.session import Session

from tests.stacks.grants.boto import RESOURCE, methods
from tests.stacks.grants.state import Call

S3: Final = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_"
GATEWAY: Final = "https://docs.aws.amazon.com/apigateway/latest/developerguide/"
UNLIKE: Final[Mapping[tuple[str, str], tuple[tuple[str, ...], str]]] = {
    ("s3", "head_object"): (("s3:GetObject",), f"{S3}HeadObject.html"),
    ("s3", "list_objects_v2"): (("s3:ListBucket",), f"{S3}ListObjectsV2.html"),
    ("s3", "list_object_versions"): (("s3:ListBucketVersions",), f"{S3}ListObjectVersions.html"),
    ("s3", "delete_objects"): (
        ("s3:DeleteObject", "s3:DeleteObjectVersion"),
        f"{S3}DeleteObjects.html",
    ),
    ("s3", "create_multipart_upload"): (("s3:PutObject",), f"{S3}CreateMultipartUpload.html"),
    ("s3", "upload_part"): (("s3:PutObject",), f"{S3}UploadPart.html"),
    ("s3", "complete_multipart_upload"): (("s3:PutObject",), f"{S3}CompleteMultipartUpload.html"),
    ("s3", "list_parts"): (("s3:ListMultipartUploadParts",), f"{S3}ListParts.html"),
    ("s3", "list_multipart_uploads"): (
        ("s3:ListBucketMultipartUploads",),
        f"{S3}ListMultipartUploads.html",
    ),
    ("apigatewaymanagementapi", "post_to_connection"): (
        ("execute-api:ManageConnections",),
        f"{GATEWAY}apigateway-websocket-control-access-iam.html",
    ),
    ("apigatewaymanagementapi", "delete_connection"): (
        ("execute-api:ManageConnections",),
        f"{GATEWAY}apigateway-websocket-control-access-iam.html",
    ),
    ("scheduler", "create_schedule"): (
        ("scheduler:CreateSchedule", "iam:PassRole"),
        "https://docs.aws.amazon.com/scheduler/latest/UserGuide/security_iam_id-based-policies.html",
    ),
    ("scheduler", "update_schedule"): (
        ("scheduler:UpdateSchedule", "iam:PassRole"),
        "https://docs.aws.amazon.com/scheduler/latest/UserGuide/security_iam_id-based-policies.html",
    ),
    ("transcribe", "start_transcription_job"): (
        ("transcribe:StartTranscriptionJob", "s3:GetObject", "s3:PutObject"),
        "https://docs.aws.amazon.com/transcribe/latest/APIReference/API_StartTranscriptionJob.html",
    ),
}
"""Where an action is not called as its operation, or more than one is asked for; each with its document."""
OF_A_VERSION: Final[Mapping[str, str]] = {
    "get_object": "s3:GetObjectVersion",
    "head_object": "s3:GetObjectVersion",
    "delete_object": "s3:DeleteObjectVersion",
}
"""In place of the other action, where a request has a versionId (API_GetObject, API_DeleteObject)."""
TOLD_APART: Final = frozenset({"get_object", "head_object"})
"""Without s3:ListBucket a missing object answers 403 as a forbidden one does, and not 404 (API_GetObject)."""
NOT_OPERATIONS: Final = frozenset({("dynamodb", "condition_check_item")})


def actions_of(call: Call) -> Iterator[str]:
    """None for what is asked without a signature, as signing in."""
    operation = _operation(call)
    if call.service == "s3" and call.versioned:
        yield OF_A_VERSION[call.method]
    elif (call.service, call.method) in UNLIKE:
        yield from UNLIKE[call.service, call.method][0]
    elif not _is_unsigned(call.service, operation):
        yield f"{prefix(call.service)}:{operation}"
    if call.service == "s3" and call.method in TOLD_APART and not call.presigned:
        yield "s3:ListBucket"


def names_one(call: Call) -> bool:
    """Whether its parameters say what it is asked of."""
    if (call.service, call.method) in NOT_OPERATIONS:
        return True
    model = Session().get_service_model(call.service).operation_model(methods(call.service)[call.method])
    asked = model.input_shape
    return asked is not None and RESOURCE.get(call.service) in asked.members


@cache
def prefix(service: str) -> str:
    """What the actions of a service begin with: what its requests are signed for."""
    found: str = Session().get_service_model(service).signing_name
    return found


@cache
def every_action() -> frozenset[str]:
    """All that IAM knows, by parliament's copy of the service authorization reference."""
    found = find_spec("parliament")
    assert found
    services = json.loads((Path(str(found.origin)).parent / "iam_definition.json").read_text())
    return frozenset(
        f"{each['prefix']}:{one['privilege']}" for each in services for one in each["privileges"]
    )


def _operation(call: Call) -> str:
    if (call.service, call.method) in NOT_OPERATIONS:
        return "ConditionCheckItem"
    return methods(call.service)[call.method]


@cache
def _is_unsigned(service: str, operation: str) -> bool:
    if operation == "ConditionCheckItem":
        return False
    model = Session().get_service_model(service).operation_model(operation)
    return bool(model.auth_type == "none")
