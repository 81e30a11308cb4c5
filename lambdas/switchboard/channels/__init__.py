"""Ways to reach people; one folder each, and one entry here."""

from switchboard.channels.sms import SPEC as SMS
from switchboard.channels.web import SPEC as WEB
from switchboard.core.channels.spec import ChannelSpec

CHANNELS: dict[str, ChannelSpec] = {spec.name: spec for spec in (SMS, WEB)}
ACCOUNTS = WEB.name
"""The channel whose addresses are accounts of the user pool."""
