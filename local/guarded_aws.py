"""MiniStack behind the guard, in the local AWS's own environment: `python local/guarded_aws.py --origin …`.

MiniStack by itself takes an unsigned request for one of the account's root. Here whoever asks AWS's own APIs
names the access key of this run, or of a function's role. Open is what AWS has open: gateways, signed forms,
the user pool's keys, the renewal and the end of sessions, and the contents of layers, whose links AWS would
sign. The access key is in the environment, where MiniStack reads it as well.
"""

import argparse
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from local.guard import Guard, Headers, Scope  # noqa: E402 - only now is this project found

CREDENTIAL = re.compile(r"(?:X-Amz-)?Credential=([A-Za-z0-9]+)(?:%2F|/)")
OPEN_PATHS = ("/_aws/execute-api/", "/_ministack/health", "/_ministack/lambda-layers/")
POOL_KEYS = "/.well-known/jwks.json"
POOL_ACTIONS = ("GetTokensFromRefreshToken", "RevokeToken")
FORM = "multipart/form-data"
ROLE_PREFIX = "ASIA"
"""Of the session of a role: a function's where access is enforced, and the CDK CLI's."""
ACCOUNT = re.compile(r"\d{12}")
"""Unless access is enforced, functions sign with the account's number."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Whether a request names a key that was given out, or needs none; MiniStack checks the signature."""

    key: str
    strict: bool

    def __call__(self, scope: Scope, headers: Headers) -> str | None:
        if scope["type"] == "websocket" or is_open(scope, headers):
            return None
        query = scope.get("query_string", b"").decode("latin-1")
        named = CREDENTIAL.search(headers.get("authorization", "")) or CREDENTIAL.search(query)
        known = named is not None and self._knows(named[1])
        return (
            None if known else "The local AWS takes the access key of this run (endpoints.json) and no other."
        )

    def _knows(self, key: str) -> bool:
        of_a_function = not self.strict and ACCOUNT.fullmatch(key)
        return key == self.key or key.startswith(ROLE_PREFIX) or bool(of_a_function)


def is_open(scope: Scope, headers: Headers) -> bool:
    path, method = scope["path"], scope["method"]
    form = method == "POST" and headers.get("content-type", "").startswith(FORM)
    action = headers.get("x-amz-target", "").removeprefix("AWSCognitoIdentityProviderService.")
    return (
        method == "OPTIONS"
        or form
        or path.startswith(OPEN_PATHS)
        or path.endswith(POOL_KEYS)
        or action in POOL_ACTIONS
    )


def main() -> None:
    import ministack.app as aws  # type: ignore[import-not-found]  # noqa: PLC0415 - it reads its environment as it is imported

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--origin", required=True, help="of the page, which connects and uploads")
    origin = parser.parse_args().origin
    sys.argv[1:] = []
    signed = Signed(os.environ["AWS_ACCESS_KEY_ID"], strict=aws.AUTH)
    aws.app = Guard(aws.app, origins=frozenset({origin}), checks=(signed,))
    aws.main()


if __name__ == "__main__":
    main()
