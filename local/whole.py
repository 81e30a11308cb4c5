"""Files that another process reads while they are written again."""

from pathlib import Path


def write_whole(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Whoever reads meanwhile finds what was there before, whole."""
    draft = path.with_suffix(".draft")
    draft.touch(mode=mode)
    draft.write_text(text)
    draft.replace(path)
