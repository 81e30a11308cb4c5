"""What is said in the sample calls: people, places and numbers are invented."""

from dataclasses import dataclass

PAUSE = 0.35


@dataclass(frozen=True, slots=True)
class Turn:
    """`after` is the silence before it in seconds; below zero it interrupts."""

    speaker: str
    text: str
    after: float = PAUSE


@dataclass(frozen=True, slots=True)
class Script:
    name: str
    title: str
    turns: tuple[Turn, ...]


SERVICE = Script(
    "service-call",
    "A boiler is serviced, and things are left to do",
    (
        Turn("agent", "Northside Heating, this is Maya. How can I help?"),
        Turn("client", "Hello, this is Jonas Weber. My boiler shows error F twenty eight since Monday."),
        Turn("agent", "I am sorry to hear that. Is the gas valve open, and is there hot water?"),
        Turn("client", "The valve is open, but there is no hot water at all."),
        Turn("agent", "Then it is the ignition. I will send a technician on Thursday at nine."),
        Turn("client", "Thursday is fine. Please bring a spare electrode, the last one failed too."),
        Turn("agent", "I will put an electrode on the order, and I will email you the quote by tomorrow."),
        Turn("client", "Good. And could you check whether it is still under warranty?"),
        Turn("agent", "Yes, I will check the warranty today and call you back on 206-555-0142."),
        Turn("client", "Perfect, thank you Maya."),
        Turn("agent", "You are welcome. Goodbye."),
    ),
)
UNHAPPY = Script(
    "unhappy-client",
    "A client has waited for a refund, and says so",
    (
        Turn("agent", "Good morning, Harbor Furniture, Tom speaking."),
        Turn("client", "This is the third time I am calling about the same broken table."),
        Turn("agent", "I understand, let me look up the order and then we can"),
        Turn("client", "No, listen. You promised a refund two weeks ago and nothing came.", after=-0.6),
        Turn("agent", "You are right, and I apologize. I can see the refund was never approved."),
        Turn("client", "That is terrible service. I want my money back, or I will cancel everything."),
        Turn("agent", "I will approve the refund of three hundred and forty dollars now."),
        Turn("client", "And when will I see it?"),
        Turn("agent", "Within three business days. I will also send you a written confirmation."),
        Turn("client", "Fine. If it is not there by Friday, I will call your manager."),
        Turn("agent", "That is fair. I will follow up myself on Friday morning."),
    ),
)
SCHEDULING = Script(
    "scheduling-call",
    "Two people find a time for a review",
    (
        Turn("host", "Hi Lena, do you have a minute to plan the design review?"),
        Turn("guest", "Sure. I am free on Tuesday after two, or on Wednesday morning."),
        Turn("host", "Wednesday at ten works for me. Shall we take one hour?"),
        Turn("guest", "Let us take ninety minutes, since Priya wants to show the prototype."),
        Turn("host", "Agreed. I will book the large room and send the invitation."),
        Turn("guest", "Great, and I will share the draft agenda by Monday evening."),
        Turn("host", "Wonderful. See you on Wednesday."),
    ),
)
SCRIPTS = (SERVICE, UNHAPPY, SCHEDULING)
