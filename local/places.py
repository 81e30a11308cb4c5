"""Where a laptop keeps its things, so that two of them never share any."""

import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Places:
    """`home` outlives a run; everything in `run` belongs to one run and is gone with the next."""

    home: Path

    @property
    def run(self) -> Path:
        return self.home / "run"

    @property
    def endpoints(self) -> Path:
        return self.home / "endpoints.json"

    @property
    def recordings(self) -> Path:
        return self.home / "recordings"

    @property
    def record(self) -> Path:
        return self.run / "processes.json"

    @property
    def assembly(self) -> Path:
        return self.run / "cdk.out"

    def log(self, name: str) -> Path:
        return self.run / f"{name}.log"

    def folder(self, name: str) -> Path:
        made = self.run / name
        made.mkdir(parents=True, exist_ok=True)
        return made

    def clear(self) -> None:
        self.endpoints.unlink(missing_ok=True)
        shutil.rmtree(self.run, ignore_errors=True)
        self.run.mkdir(parents=True)


OURS = Places(ROOT / ".local")
