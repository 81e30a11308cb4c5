"""Each function that works on a call dies at every step that does something; the call ends all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from switchboard.skills.calls.domain.call import Call, Status

from local.cloud import CLIENT
from local.endpoints import Endpoints
from tests.e2e.inside import Inside
from tests.e2e.page import Account
from tests.e2e.patience import eventually
from tests.e2e.recordings import Studio, studio_of
from tests.faults.deaths import Deaths
from tests.faults.sabotage import Sabotage

VICTIMS = (
    *("calls.start", "calls.transcribe", "calls.receive_transcript", "calls.plan"),
    *("calls.analyze", "calls.finish"),
)
LOOKING = ("Get", "Head", "List", "Query")
"""Steps that change nothing: to die there is to die before the next."""
BY_CHANCE = ("calls.transcribe", "SendTaskSuccess")
"""Only where the transcript has come before anybody waits for it: tried when it happens, and not asked for.

tests/handlers/test_calls.py brings it first on purpose.
"""
AGAIN_AFTER_SECONDS = "6"
AT_ONCE = 4
MOST_WAVES = 12


@pytest.fixture
def studio(endpoints: Endpoints, account: Account) -> Iterator[Studio]:
    """What a dead function had in hand comes again after seconds."""
    made = studio_of(endpoints.access, account.person())
    found = made.sqs.get_queue_attributes(QueueUrl=made.queue, AttributeNames=["All"])["Attributes"]
    made.sqs.set_queue_attributes(QueueUrl=made.queue, Attributes={"VisibilityTimeout": AGAIN_AFTER_SECONDS})
    yield made
    usual = found["VisibilityTimeout"]
    made.sqs.set_queue_attributes(QueueUrl=made.queue, Attributes={"VisibilityTimeout": usual})


@pytest.fixture
def deaths(endpoints: Endpoints, inside: Inside, tmp_path: Path) -> Iterator[Deaths]:
    functions = endpoints.access.session().client("lambda", endpoint_url=endpoints.aws, config=CLIENT)
    sabotage = Sabotage(functions, inside, tmp_path, VICTIMS)
    sabotage.commit()
    yield Deaths(tmp_path, each=1)
    sabotage.undo()


def test_a_call_survives_the_death_of_its_functions_at_any_step(
    studio: Studio, deaths: Deaths, service_call: bytes
) -> None:
    assert ended(studio, service_call, count=1)[0].status is Status.COMPLETED
    look(deaths)
    for _ in range(MOST_WAVES):
        deaths.arm()
        calls = ended(studio, service_call, count=AT_ONCE)
        look(deaths)
        deaths.disarm()
        assert all(call.status is Status.COMPLETED or call.reason for call in calls)
        assert any(call.status is Status.COMPLETED for call in calls)
        if deaths.died_everywhere:
            break
    assert {function for function, _ in deaths.seen} == set(VICTIMS)
    asked_for = (death for death in deaths.known() if (death.function, death.step) != BY_CHANCE)
    assert [death for death in asked_for if not deaths.died[death]] == []


def look(deaths: Deaths) -> None:
    deaths.look()
    for step in [step for step in deaths.seen if step[1].startswith(LOOKING)]:
        del deaths.seen[step]


def ended(studio: Studio, audio: bytes, *, count: int) -> list[Call]:
    """So many at once, and none of their machines is left running."""
    made = [studio.uploaded(audio) for _ in range(count)]
    calls = [studio.ended(call, seconds=150) for call in made]
    for call in made:
        eventually(lambda call=call: "RUNNING" not in studio.executions(call) or None, what="its end")  # type: ignore[misc]
    return calls
