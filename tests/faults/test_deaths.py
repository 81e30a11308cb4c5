"""What functions note while they run is read whole, however much of it is written yet."""

import json
from pathlib import Path

from tests.faults.deaths import Deaths
from tests.faults.inside.saboteur import NOTES

LINES = "".join(
    json.dumps({"function": "converse", "step": f"Put {number}", "done": True, "kept": f"text-{number}"})
    + "\n"
    for number in range(3)
).encode()


def test_a_line_that_is_still_being_written_is_read_once_it_is_whole(tmp_path: Path) -> None:
    deaths, notes = Deaths(tmp_path, each=1), tmp_path / NOTES
    for end in range(len(LINES) + 1):
        notes.write_bytes(LINES[:end])
        deaths.look()
        assert len(deaths.kept) == LINES[:end].count(b"\n")
    assert deaths.kept == {"text-0", "text-1", "text-2"}


def test_nothing_is_read_twice(tmp_path: Path) -> None:
    deaths, notes = Deaths(tmp_path, each=1), tmp_path / NOTES
    notes.write_text(json.dumps({"function": "converse", "step": "Put", "killed": "before"}) + "\n")
    for _ in range(2):
        deaths.look()
    assert deaths.died.total() == 1
