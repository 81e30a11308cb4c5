"""Where exports wait to be fetched: a private bucket that forgets them after a day."""

import aws_cdk as cdk
from constructs import Construct

from stacks.constructs.bucket import Bucket
from stacks.constructs.suppression import Reviewed, accept
from stacks.settings import Settings

KEPT = cdk.Duration.days(1)
NO_LOGS = Reviewed(
    "AwsSolutions-S1",
    "A log of who fetched what would be kept for longer than the exports themselves, and be personal data.",
    also=("CKV_AWS_18",),
)
NOTHING_IS_REPLACED = Reviewed("CKV_AWS_21", "Each export has a name of its own and is gone after a day.")


class Exports(Bucket):
    def __init__(self, scope: Construct, construct_id: str, *, settings: Settings) -> None:
        super().__init__(scope, construct_id, settings=settings, expires=KEPT)
        accept(self, NO_LOGS, NOTHING_IS_REPLACED)
