"""The web chat, over a WebSocket."""

from switchboard.core.channel import ChannelSpec

SPEC = ChannelSpec(
    name="web",
    ingress="socket",
    streams=True,
    max_chars=100_000,
    markdown=True,
    initiates=False,
)
