"""Text messages, by AWS End User Messaging."""

from switchboard.channels.sms.encoding import measure
from switchboard.channels.sms.paging import MAX_PARTS, paginate
from switchboard.core.channels.policy import Policy
from switchboard.core.channels.spec import ChannelSpec

CARRIER = "sms-voice.amazonaws.com"


def parts(page: str) -> int:
    return measure(page).parts


SPEC = ChannelSpec(
    name="sms",
    ingress="topic",
    topics={"Inbound": CARRIER, "SmsEvents": CARRIER},
    streams=False,
    max_chars=1600,
    markdown=False,
    policy=Policy(
        initiates=True,
        consents=True,
        disclosure="This is Switchboard, an automated assistant. Reply STOP to opt out, HELP for help.",
    ),
    paginate=paginate,
    parts=parts,
    page_parts=MAX_PARTS,
    permissions=("sms-voice:SendTextMessage",),
    deliver_env=("ORIGINATION", "CONFIGURATION_SET", "MAX_PRICE"),
)
