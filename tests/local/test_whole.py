"""Whoever reads a file while it is written again finds what was there before."""

from pathlib import Path

import pytest

from local.whole import write_whole


def test_a_file_is_replaced_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, seen = tmp_path / "processes.json", []
    write_whole(path, "before")
    write = Path.write_text

    def watched(written: Path, text: str) -> int:
        done = write(written, text)
        seen.append(path.read_text())
        return done

    monkeypatch.setattr(Path, "write_text", watched)
    write_whole(path, "after")
    assert (seen, path.read_text()) == (["before"], "after")
    assert list(tmp_path.iterdir()) == [path]


def test_it_is_for_its_owner_only_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "endpoints.json"
    write_whole(path, "a secret", mode=0o600)
    assert path.stat().st_mode & 0o777 == 0o600
