"""What the deployment's one secret holds: a value for each staging label, set and read on its own."""

from enum import StrEnum


class SecretLabel(StrEnum):
    """A staging label is on one version at a time (Secrets Manager, PutSecretValue: VersionStages)."""

    MODEL = "model"
    """The model's key, or JSON with a key for each provider's name."""
    TRANSCRIBER = "transcriber"
    """The transcriber's API key."""
    TRANSCRIPTS = "transcripts"
    """What the transcriber signs its webhook with."""
    CDN = "AWSCURRENT"
    """What the secret was created with, which is random: our CDN shows it to the gateway."""


CDN_KEY = "x-cdn-key"
"""The header with what our CDN shows, in place of whatever a browser sent under that name."""
