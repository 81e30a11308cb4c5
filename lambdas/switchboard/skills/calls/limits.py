"""What is taken of calls and profiles, whichever way it is said: as a command, by the model, by a request."""

from typing import Final

CALL_ID: Final = r"[0-9a-z]{16,64}"
PROFILE_ID: Final = r"[a-z][a-z0-9-]{1,39}"
LONGEST_PROFILE_ID: Final = 40
LATEST_VERSION: Final = 999_999

LONGEST_FILE_NAME: Final = 255
"""As it is given; it is kept shorter."""
LONGEST_TYPE: Final = 100
MOST_BYTES: Final = 2_000_000_000
MOST_PARTS: Final = 10_000
"""Of an upload to S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html"""
MOST_LINKS: Final = 20
"""To parts, at once."""

MOST_FIELDS: Final = 20
LONGEST_FIELD: Final = 40
LONGEST_VALUE: Final = 200
"""Of metadata, and of the rules that look at it."""

LONGEST_PROFILE_NAME: Final = 80
LONGEST_SYSTEM: Final = 6_000
LONGEST_PROMPT_NAME: Final = 40
LONGEST_PROMPT: Final = 2_000
LONGEST_MODEL: Final = 100
LONGEST_TEMPERATURE: Final = 10
MOST_PROMPTS: Final = 20
MOST_RULES: Final = 10
