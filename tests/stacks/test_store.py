"""What is built: by content, once, whole or not at all, and the same bytes from the same files."""

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from stacks.bundling import code_bundle
from stacks.bundling.archive import archive
from stacks.bundling.store import Target, digest_of, kept, packed

TARGETS: tuple[Target, ...] = ("aws", "local")


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_content_has_the_same_digest_and_another_has_another(target: Target) -> None:
    assert code_bundle(target) == code_bundle(target)
    assert digest_of([b"a", b"b"]) == digest_of([b"a", b"b"])
    assert digest_of([b"a", b"b"]) != digest_of([b"ab", b""])


def test_a_bundle_is_made_once_and_a_failed_one_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("stacks.bundling.store.BUILD", tmp_path)
    monkeypatch.setattr("stacks.bundling.store.ROOT", tmp_path)

    def fail(draft: Path) -> None:
        (draft / "half").touch()
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"):
        kept("code", "local", "0" * 64, fail)
    assert list((tmp_path / "code").iterdir()) == []

    first = kept("code", "local", "0" * 64, lambda draft: (draft / "whole").touch())
    again = kept("code", "local", "0" * 64, fail)
    assert first == again
    assert [each.name for each in again.path.iterdir()] == ["whole"]
    assert "built code/local-0000000000000000" in capfd.readouterr().err


def test_a_folder_is_packed_to_the_same_bytes_whatever_its_files_times_and_modes(tmp_path: Path) -> None:
    for name, time, mode in (("a", 1, 0o644), ("b", 2, 0o600)):
        file = tmp_path / name / "package" / "module.py"
        file.parent.mkdir(parents=True)
        file.write_text("x = 1")
        file.chmod(mode)
        os.utime(file, (time, time))
    first, again = (archive(tmp_path / name, tmp_path / f"{name}.zip").read_bytes() for name in "ab")
    assert first == again
    with ZipFile(tmp_path / "a.zip") as zipped:
        (entry,) = zipped.infolist()
    assert (entry.filename, entry.date_time[0], entry.external_attr >> 16) == (
        "package/module.py",
        1980,
        0o100644,
    )


def test_a_packed_bundle_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stacks.bundling.store.BUILD", tmp_path)
    monkeypatch.setattr("stacks.bundling.store.ROOT", tmp_path)
    made = packed("layers", "base", "0" * 64, lambda draft: (draft / "whole").touch())
    assert list((tmp_path / "layers").iterdir()) == [made.path]
    with ZipFile(made.path) as zipped:
        assert zipped.namelist() == ["whole"]
