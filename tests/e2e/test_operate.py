"""The operator's command on the real stacks: it finds what is stuck, and what it repairs is repaired."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from local.endpoints import Endpoints, write
from operate.__main__ import main
from tests.e2e.inside import Inside, Item
from tests.e2e.outside import Phone, World
from tests.e2e.patience import eventually
from tests.e2e.queues import Queues

TOO_LATE_MS = 12_000

Operate = Callable[[str], list[Item]]


@pytest.fixture
def operate(endpoints: Endpoints, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Operate:
    """Runs one command to its good end; what it said, as programs read it."""
    write(endpoints, tmp_path / "endpoints.json")

    def run(line: str) -> list[Item]:
        arguments = [*line.split(), "--stage", "local", "--json"]
        assert main(arguments, endpoints=tmp_path / "endpoints.json") == 0
        said: list[Item] = json.loads(capsys.readouterr().out)
        return said

    return run


def stuck(operate: Operate, prefix: str) -> list[str]:
    return [each["id"] for each in operate("stuck") if each["id"].startswith(prefix)]


def test_a_dead_letter_is_found_shown_and_put_back_to_work(
    phone: Phone, world: World, queues: Queues, operate: Operate
) -> None:
    (replies,) = (url for url in queues.at_work() if "SmsReplies" in url)
    phone.ask("say it works")
    with queues.impatient(replies):
        world.break_("carrier", "status", status=500)
        phone.text("say this comes later")
        eventually(lambda: stuck(operate, "letters/"), what="a dead letter", seconds=40)
        world.heal()
        (letter,) = operate("show letters/sms-replies")
        assert letter["conversation"].startswith("private-")
        assert "this comes later" not in str(letter)
        assert {"id": "letters/sms-replies", "outcome": "1 sent back"} in operate("redrive all")
        assert phone.replies(2)[1] == "this comes later"
    assert stuck(operate, "letters/") == []


def test_a_text_whose_fate_nobody_knows_is_sent_again_once(
    phone: Phone, world: World, inside: Inside, operate: Operate
) -> None:
    """The carrier takes it, but answers too late and reports nothing: its faults end with the first text."""
    world.break_("carrier", "latency", ms=TOO_LATE_MS, count=1)
    world.break_("carrier", "drop")
    phone.text("say it may have left")
    (doubted,) = eventually(lambda: stuck(operate, "part/"), what="a part in doubt", seconds=40)
    (part,) = operate(f"show {doubted}")
    assert part["part_state"] == "unknown_after_send"
    assert phone.number not in str(part)
    phone.replies(1)
    age(inside, doubted)
    operate(f"resend {doubted}")
    world.heal()
    first, second = phone.replies(2)
    eventually(lambda: not stuck(operate, "part/"), what="the part's fate")
    assert [text["text"] for text in phone.thread()] == [first, second]
    assert first == second


def test_a_report_settles_a_text_whose_fate_nobody_knew(phone: Phone, world: World, operate: Operate) -> None:
    world.break_("carrier", "latency", ms=TOO_LATE_MS, count=1)
    phone.text("say it took long")
    (doubted,) = eventually(lambda: stuck(operate, "part/"), what="a part in doubt", seconds=40)
    eventually(lambda: not stuck(operate, "part/"), what="the carrier's word")
    (part,) = operate(f"show {doubted}")
    assert (part["part_state"], len(phone.thread())) == ("sent", 1)


def test_a_turn_that_failed_is_asked_again(phone: Phone, world: World, operate: Operate) -> None:
    world.break_("model", "status", status=500)
    phone.ask("say better late than never", seconds=60)
    world.heal()
    (failed,) = stuck(operate, "turn/")
    operate(f"rerun {failed}")
    assert phone.replies(2)[1] == "better late than never"
    assert stuck(operate, "turn/") == []


def age(inside: Inside, part: str) -> None:
    """The attempt was a minute ago: it cannot be on its way any more."""
    _, conversation, turn = part.split("/")
    inside.dynamodb.update_item(
        TableName=inside.variable("converse", "CONVERSATIONS_TABLE"),
        Key={"pk": {"S": f"CONV#{conversation}"}, "sk": {"S": f"PART#{turn}"}},
        UpdateExpression="SET at_ms = at_ms - :minute",
        ExpressionAttributeValues={":minute": {"N": "61000"}},
    )
