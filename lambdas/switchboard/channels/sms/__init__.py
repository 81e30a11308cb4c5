"""Text messages, by AWS End User Messaging."""

from switchboard.channels.sms.paging import paginate
from switchboard.core.channel import ChannelSpec

SPEC = ChannelSpec(
    name="sms",
    ingress="topic",
    streams=False,
    max_chars=1600,
    markdown=False,
    initiates=True,
    paginate=paginate,
    permissions=("sms-voice:SendTextMessage",),
    deliver_env=("ORIGINATION", "CONFIGURATION_SET", "MAX_PRICE"),
)
