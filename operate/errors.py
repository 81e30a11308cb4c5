"""What keeps the operator's command from doing what it was asked, each with the code it exits with.

OperateError
├── NoAccess     1  no credentials, no region, not allowed, nobody answers
├── NoStage      1  the stage is not deployed in this account and region
├── BadId        2  what was given names nothing
├── NothingFound 3  there is nothing of that name
└── Refused      4  it does not stand as the repair asks for, or nobody said yes
"""

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    ProfileNotFound,
)
from switchboard.core.errors import Permanent
from switchboard.core.operations.repairs import ActionNotAllowed, InvalidItemId, ItemNotFound


class OperateError(Exception):
    """The root; its text is for whoever typed the command."""

    code = 1


class NoAccess(OperateError):
    pass


class NoStage(OperateError):
    pass


class BadId(OperateError):
    code = 2


class NothingFound(OperateError):
    code = 3


class Refused(OperateError):
    code = 4


NO_CREDENTIALS = "AWS knows no credentials of yours here: sign in, or set AWS_PROFILE."
NO_REGION = "No region is set: set AWS_REGION, or a profile that has one."
STALE = {"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"}


Failure = BotoCoreError | ClientError | Permanent


def translate(error: Failure) -> OperateError:
    """A failure of AWS's, or a refusal of the house's, in the operator's terms."""
    if isinstance(error, Permanent):
        return _in_code(error)(str(error))
    return _refused(error) if isinstance(error, ClientError) else NoAccess(_unreached(error))


def _unreached(error: BotoCoreError) -> str:
    match error:
        case NoCredentialsError() | PartialCredentialsError():
            return NO_CREDENTIALS
        case NoRegionError():
            return NO_REGION
        case ProfileNotFound():
            return f"{error}."
        case EndpointConnectionError():
            return f"{error} Is it up, and is the region right?"
    return f"AWS could not be asked: {error}"


def _in_code(error: Permanent) -> type[OperateError]:
    if isinstance(error, InvalidItemId | ActionNotAllowed):
        return BadId
    return NothingFound if isinstance(error, ItemNotFound) else Refused


def _refused(error: ClientError) -> OperateError:
    code, told = error.response["Error"]["Code"], error.response["Error"]["Message"]
    if code in STALE:
        return NoAccess("Your credentials are no longer good: sign in again.")
    return NoAccess(f"AWS refused {error.operation_name}: {code}: {told}")
