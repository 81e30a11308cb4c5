"""What nobody outside may be told: anything of how it works inside, or of what somebody else wrote."""

import re

from tests.fuzz.malformed import MARK

INSIDE = re.compile(
    r"Traceback|\bFile \"|\.py\b|[a-z](?:Error|Exception)\b|botocore|boto3|dynamodb|cognito|pydantic"
    r"|starlette|arn:aws|table-|/var/|/opt/|\bline \d+|\bcolumn \d+|\bchar \d+|object at 0x"
)


def leaks(told: str) -> list[str]:
    """What an answer, an error or a log gives away."""
    return [*INSIDE.findall(told), *([MARK] if MARK in told else [])]
