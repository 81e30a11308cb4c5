"""What functions carry: whole, for the right machine, with bytecode that counts, and nothing besides."""

import ast
import importlib.util
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import files
from pathlib import Path

import pytest

from stacks.bundling import LAYERS, code_bundle, layer_bundle
from stacks.bundling.store import ROOT, Target, digest_of, kept
from tests.stacks.assembly import assembly

HANDLERS = ROOT / "lambdas" / "handlers"
IN_THE_RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "urllib3", "six", "python-dateutil")
PYTHON_3_14 = 3627
UNCHECKED_HASH = 0b01
AARCH64 = 183
TARGETS: tuple[Target, ...] = ("aws", "local")


def _handlers() -> list[str]:
    return sorted(file.stem for file in HANDLERS.glob("*.py") if _defines_a_handler(file))


def _defines_a_handler(file: Path) -> bool:
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return any(isinstance(each, ast.FunctionDef) and each.name == "handler" for each in body)


@cache
def _layers_of(handler: str) -> tuple[str, ...]:
    """As the template says it."""
    for function in assembly("local").resources("AWS::Lambda::Function"):
        if function.properties["Handler"] == f"handlers.{handler}.handler":
            names = [layer["Ref"] for layer in function.properties["Layers"]]
            return tuple(layer for layer in LAYERS if any(layer.capitalize() in name for name in names))
    return ()


@pytest.fixture(scope="session")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of what Lambda's runtime has, and nothing else."""
    folder = tmp_path_factory.mktemp("runtime")
    for package in IN_THE_RUNTIME:
        for name in {Path(str(file)).parts[0] for file in files(package) or ()}:
            source = Path(sys.prefix) / Path(*_site_packages()) / name
            if name != ".." and source.exists():
                (folder / name).symlink_to(source)
    return folder


def _site_packages() -> tuple[str, ...]:
    spec = importlib.util.find_spec("boto3")
    assert spec
    assert spec.origin
    return Path(spec.origin).parents[1].relative_to(sys.prefix).parts


def _import(module: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    """In an interpreter that sees the standard library and these folders alone."""
    program = f"import sys; sys.path[:0] = {[str(path) for path in paths]!r}; import {module}"
    clean = {"PATH": os.defpath, "AWS_DEFAULT_REGION": "us-east-1"}
    command = [sys.executable, "-I", "-S", "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=clean)  # noqa: S603 - our own program


def _python(layer: str, target: Target) -> Path:
    return layer_bundle(layer, target).path / "python"


@pytest.mark.parametrize("handler", _handlers())
def test_a_handler_imports_with_nothing_but_its_bundle_its_layers_and_the_runtime(
    handler: str, runtime: Path
) -> None:
    layers = [_python(layer, "local") for layer in _layers_of(handler)]
    done = _import(f"handlers.{handler}", code_bundle("local").path, *layers, runtime)
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("layer", "module"),
    [("base", "aws_lambda_powertools.metrics"), ("model", "openai"), ("api", "fastapi, mangum")],
)
def test_a_layer_is_whole(layer: str, module: str, runtime: Path) -> None:
    """What a function only imports when it is first called is found out here."""
    done = _import(module, *{_python("base", "local"), _python(layer, "local")}, runtime)
    assert done.stderr == ""


def test_every_module_of_ours_imports_in_isolation(runtime: Path) -> None:
    bundle = code_bundle("local").path
    modules = (file.relative_to(bundle).with_suffix("") for file in bundle.rglob("*.py"))
    names = [".".join(module.parts).removesuffix(".__init__") for module in modules]
    done = _import(", ".join(names), bundle, *(_python(layer, "local") for layer in LAYERS), runtime)
    assert done.stderr == ""


def test_a_missing_layer_is_noticed(runtime: Path) -> None:
    done = _import("handlers.converse", code_bundle("local").path, runtime)
    assert "ModuleNotFoundError: No module named 'aws_lambda_powertools'" in done.stderr


def test_every_handler_has_its_function() -> None:
    assert {handler for handler in _handlers() if not _layers_of(handler)} == set()


def test_only_the_layer_of_the_model_has_openai() -> None:
    assert [layer for layer in LAYERS if (_python(layer, "aws") / "openai").is_dir()] == ["model"]


@pytest.mark.parametrize("layer", LAYERS)
def test_nothing_that_the_runtime_has_is_carried_twice(layer: str) -> None:
    carried = {each.name for each in _python(layer, "aws").iterdir()}
    assert not carried & {
        "boto3",
        "botocore",
        "s3transfer",
        "urllib3",
        "jmespath",
        "dateutil",
        "six.py",
        "bin",
    }


def test_layers_agree_on_every_version_they_share() -> None:
    pins: dict[str, set[str]] = {}
    for layer in LAYERS:
        for line in (ROOT / "lambdas" / "layers" / layer / "requirements.txt").read_text().split():
            name, version = line.split("==")
            pins.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


@pytest.mark.parametrize("layer", LAYERS)
def test_compiled_wheels_are_for_arm(layer: str) -> None:
    libraries = list(_python(layer, "aws").rglob("*.so"))
    assert {_machine(library) for library in libraries} <= {AARCH64}
    assert bool(libraries) == (layer != "base")


def _machine(library: Path) -> int:
    """The field e_machine of an ELF header."""
    head = library.read_bytes()[:20]
    assert head[:4] == b"\x7fELF"
    (machine,) = struct.unpack_from("<H", head, 18)
    return int(machine)


def test_a_library_of_another_machine_is_told_apart() -> None:
    here = [_machine(library) for library in _python("model", "local").rglob("*.so")]
    assert os.uname().machine == "aarch64" or AARCH64 not in here


def _bundles(target: Target) -> Iterator[Path]:
    yield code_bundle(target).path
    for layer in LAYERS:
        yield layer_bundle(layer, target).path


@pytest.mark.parametrize(("target", "magic"), [("aws", PYTHON_3_14), ("local", None)])
def test_every_module_has_bytecode_that_its_interpreter_believes(target: Target, magic: int | None) -> None:
    expected = magic or int.from_bytes(importlib.util.MAGIC_NUMBER[:2], "little")
    tag = "cpython-314" if target == "aws" else sys.implementation.cache_tag
    for bundle in _bundles(target):
        modules = [file for file in bundle.rglob("*.py") if file.stat().st_size]
        compiled = [file.parent / "__pycache__" / f"{file.stem}.{tag}.pyc" for file in modules]
        assert modules
        assert {_header(file) for file in compiled} == {(expected, UNCHECKED_HASH)}


def _header(compiled: Path) -> tuple[int, int]:
    magic, _, flags = struct.unpack("<HHI", compiled.read_bytes()[:8])
    return magic, flags


def test_bytecode_names_files_where_lambda_has_them() -> None:
    (compiled,) = code_bundle("aws").path.glob("handlers/__pycache__/converse.*.pyc")
    assert b"/var/task/handlers/converse.py" in compiled.read_bytes()


def test_the_code_is_small_and_carries_no_tests() -> None:
    total = sum(file.stat().st_size for file in code_bundle("aws").path.rglob("*") if file.is_file())
    assert total < 2_000_000
    assert not list(code_bundle("aws").path.rglob("test_*"))


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_content_has_the_same_digest_and_another_has_another(target: Target) -> None:
    assert code_bundle(target) == code_bundle(target)
    assert digest_of(target, [b"a", b"b"]) == digest_of(target, [b"a", b"b"])
    assert digest_of(target, [b"a", b"b"]) != digest_of(target, [b"ab", b""])
    assert digest_of("aws", [b"a"]) != digest_of("local", [b"a"])


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
