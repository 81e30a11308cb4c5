"""The web chat, over a WebSocket."""

from switchboard.core.channels.policy import Policy
from switchboard.core.channels.spec import ChannelSpec

SPEC = ChannelSpec(
    name="web",
    ingress="socket",
    streams=True,
    max_chars=100_000,
    markdown=True,
    authenticated=True,
    policy=Policy(
        disclosure="This is Switchboard, an automated assistant.",
    ),
)
