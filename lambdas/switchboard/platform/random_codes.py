"""Codes that nobody can guess."""

import secrets

from switchboard.core.verification_codes import ALPHABET, LENGTH


def new_code() -> str:
    """Forty random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
