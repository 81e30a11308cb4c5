"""Layers: third-party packages only, as wheels of the machine that will import them."""

import shutil
import subprocess
import sys
from pathlib import Path

from stacks.bundling.bytecode import compile_tree
from stacks.bundling.store import ROOT, BuildFailed, Bundle, Target, digest_of, interpreter, packed
from stacks.bundling.wheels import install

SOURCE = ROOT / "lambdas" / "layers"
LAYERS = tuple(sorted(folder.name for folder in SOURCE.iterdir() if folder.is_dir()))
LAMBDA = (
    *("--platform", "manylinux2014_aarch64"),
    *("--implementation", "cp"),
    *("--python-version", "3.14"),
)
NOISE = (
    "bin",
    "*.dist-info/RECORD",
    "*.dist-info/INSTALLER",
    "*.dist-info/REQUESTED",
    "*.dist-info/direct_url.json",
    "**/tests",
    "**/_tests",
    "**/*.pyi",
)
UNUSED = (
    *(
        f"openai/{part}/{api}"
        for part in ("resources", "types")
        for api in ("admin", "beta", "live", "realtime")
    ),
    *(
        f"aws_lambda_powertools/utilities/{name}"
        for name in ("auth_alpha", "data_classes", "kafka", "parser")
    ),
)
"""Parts that no function imports: a cold start unpacks whatever is here, and these are half of all files."""


def layer_bundle(name: str, target: Target) -> Bundle:
    requirements = SOURCE / name / "requirements.txt"
    left_out = " ".join((*NOISE, *UNUSED)).encode()
    digest = digest_of([interpreter(target), requirements.read_bytes(), left_out])
    return packed("layers", f"{name}-{target}", digest, lambda draft: _make(requirements, target, draft))


def _make(requirements: Path, target: Target, draft: Path) -> None:
    packages = draft / "python"
    _install(requirements, packages, LAMBDA if target == "aws" else ())
    for pattern in (*NOISE, *UNUSED):
        for unwanted in list(packages.glob(pattern)):
            shutil.rmtree(unwanted) if unwanted.is_dir() else unwanted.unlink()
    compile_tree(packages, target, seen_at="/opt/python")


def _install(requirements: Path, into: Path, platform: tuple[str, ...]) -> None:
    try:
        install(Path(sys.executable), requirements, "--no-compile", "--target", str(into), target=platform)
    except subprocess.CalledProcessError as error:
        message = f"pip could not install {requirements.relative_to(ROOT)}:\n{error.stderr}"
        raise BuildFailed(message) from error
