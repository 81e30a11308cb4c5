"""What tools say of themselves holds: who only reads changes nothing that lasts, and calls are quoted."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from switchboard.core.skills.records import Change, DeleteRecord
from switchboard.core.skills.spec import Effect, SkillDeps, Tool
from switchboard.skills import SKILLS

from tests.fakes.records import FakeRecords
from tests.skills.calls.fakes import FakeBlobs
from tests.skills.tasks.talk import FakeWakeups, Talk

PASSING = ("QUESTION", "PROPOSAL")
ARGUMENTS: Mapping[str, Any] = {"task": "read", "after": 0, "limit": 3, "place": "Oslo", "words": "x"}
"""Enough for each tool that reads."""


class Bound(FakeRecords):
    """Nothing that lasts may be written."""

    def write(self, *changes: Change) -> None:
        for change in changes:
            record = change.record if isinstance(change, DeleteRecord) else change
            assert record.key.startswith(PASSING)
        super().write(*changes)


def tools(skill: str) -> Mapping[str, Tool]:
    box = SKILLS[skill].load(SkillDeps(records=FakeRecords(), blobs=FakeBlobs(), wakeups=FakeWakeups()))
    return {tool.schema.name: tool for tool in box.tools}


READING = [name for name, tool in tools("tasks").items() if tool.effect is Effect.READS]


def test_the_tools_that_change_something_are_known() -> None:
    changing = {
        name for skill in SKILLS for name, tool in tools(skill).items() if tool.effect is not Effect.READS
    }
    assert changing == {
        *("add_task", "log_rep", "skip_rep", "change_task", "answer_question", "answer_proposal"),
        *("answer_check_in", "undo_last", "start_weeks", "set_check_in"),
    }
    assert tools("tasks")["answer_proposal"].effect is Effect.CONSENTS


@pytest.mark.parametrize("name", READING)
def test_a_tool_that_reads_writes_nothing_that_lasts(name: str) -> None:
    talk = Talk()
    talk.say("/add read 20 pages of Dune every day")
    talk.say("/add read 10 pages of Emma every day")
    talk.box = talk.load(Bound(talk.records.kept))
    properties = next(tool for tool in talk.box.tools if tool.schema.name == name).schema.parameters[
        "properties"
    ]
    assert isinstance(properties, Mapping)
    given: dict[str, Any] = {each: ARGUMENTS[each] for each in properties}
    assert talk.call(name, turn="", **given)
    assert talk.wakeups.wishes == {}


def test_whatever_calls_tell_is_quoted() -> None:
    context = Talk().context()
    assert all(tool.quotes(context) for tool in tools("calls").values())
    assert SKILLS["calls"].load(SkillDeps(records=FakeRecords(), blobs=FakeBlobs())).quotes(context.person)


def test_tasks_are_the_persons_own_words_until_somebody_elses_come_in() -> None:
    talk = Talk()
    add = next(tool for tool in talk.box.tools if tool.schema.name == "add_task")
    context = talk.context()
    talk.call("add_task", sentence="read 20 pages of Dune every day")
    assert not add.quotes(context)
    talk.call("add_task", sentence="learn Rust")
    talk.say("/task 1")
    assert not add.quotes(context)
    words = '{"sentence": "walk 2 km every day", "title": null, "amount": null, "unit": null, "cadence": null'
    more = ', "weekdays": [], "times_a_week": null, "total": null, "due": null, "minutes_each": null}'
    add.run(words + more, replace(context, quoting=True))
    assert add.quotes(context)
    talk.say("/undo")
    assert add.quotes(context)
