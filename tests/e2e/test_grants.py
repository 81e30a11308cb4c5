"""IAM is enforced: a function that lacks a grant fails, its message is kept, and can be put back."""

from tests.e2e.inside import Inside
from tests.e2e.outside import Phone, World
from tests.e2e.patience import eventually
from tests.e2e.queues import Queues


def test_without_its_grant_a_reply_waits_among_the_dead_letters(
    phone: Phone, world: World, inside: Inside, queues: Queues
) -> None:
    turns = inside.variable("converse", "TURNS_QUEUE_URL")
    dead = queues.dead_letters_of(turns)
    replies = inside.variable("converse", "REPLIES_TOPIC")
    phone.ask("say it works")
    with queues.impatient(turns):
        with inside.without_grant("converse", "sns:Publish", replies):
            phone.text("say this waits")
            eventually(lambda: queues.held(dead), what="a dead letter")
            assert len(phone.thread()) == 1
        assert queues.redrive(dead, turns) == 1
        assert phone.replies(2)[1] == "this waits"
    assert world.model_was_asked("say this waits") == 1
