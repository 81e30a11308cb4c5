"""What functions carry: whole, for the right machine, with bytecode that counts, and nothing besides."""

import importlib.util
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import files
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from local.lock import locked
from stacks.bundling import LAYERS, code_bundle, layer_bundle
from stacks.bundling.layers import UNUSED
from stacks.bundling.store import ROOT, Bundle, Target
from stacks.handlers import module_of, name_of
from tests.every_handler import HANDLERS
from tests.stacks.assembly import assembly

IN_THE_RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "urllib3", "six", "python-dateutil")
PYTHON_3_14 = 3627
UNCHECKED_HASH = 0b01
AARCH64 = 183


@cache
def _layers_of(handler: str) -> tuple[str, ...]:
    """As the template says it."""
    for function in assembly("local").resources("AWS::Lambda::Function"):
        if name_of(function.properties["Handler"]) == handler:
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


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Bundle], Path]:
    @cache
    def unpack(path: Path) -> Path:
        folder = tmp_path_factory.mktemp(path.stem)
        with ZipFile(path) as zipped:
            zipped.extractall(folder)
        return folder

    return lambda bundle: unpack(bundle.path)


@pytest.fixture(scope="session")
def code(unpacked: Callable[[Bundle], Path]) -> Path:
    return unpacked(code_bundle("local"))


@pytest.fixture(scope="session")
def python(unpacked: Callable[[Bundle], Path]) -> Callable[[str], Path]:
    """The folder with a layer's packages."""
    return lambda layer: unpacked(layer_bundle(layer, "local")) / "python"


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_imports_with_nothing_but_its_bundle_its_layers_and_the_runtime(
    handler: str, code: Path, python: Callable[[str], Path], runtime: Path
) -> None:
    layers = [python(layer) for layer in _layers_of(handler)]
    done = _import(module_of(handler), code, *layers, runtime)
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("layer", "module"),
    [("base", "aws_lambda_powertools.metrics"), ("model", "openai"), ("api", "fastapi, mangum")],
)
def test_a_layer_is_whole(layer: str, module: str, python: Callable[[str], Path], runtime: Path) -> None:
    """What a function only imports when it is first called is found out here."""
    done = _import(module, *{python("base"), python(layer)}, runtime)
    assert done.stderr == ""


@pytest.mark.parametrize("client", ["OpenAI(api_key='k')", "OpenAI(provider=bedrock(region='us-east-1'))"])
def test_what_is_asked_of_the_models_package_is_there(
    client: str, python: Callable[[str], Path], runtime: Path
) -> None:
    """The package imports its parts when they are first asked for."""
    program = f"openai; from openai import OpenAI; from openai.providers import bedrock; one = {client}"
    asked = "one.chat.completions.create, one.embeddings.create, one.with_options, one.close()"
    done = _import(f"{program}; {asked}", python("base"), python("model"), runtime)
    assert done.stderr == ""


def test_every_module_of_ours_imports_in_isolation(
    code: Path, python: Callable[[str], Path], runtime: Path
) -> None:
    modules = (file.relative_to(code).with_suffix("") for file in code.rglob("*.py"))
    names = [".".join(module.parts).removesuffix(".__init__") for module in modules]
    done = _import(", ".join(names), code, *map(python, LAYERS), runtime)
    assert done.stderr == ""


def test_a_missing_layer_is_noticed(code: Path, runtime: Path) -> None:
    done = _import("handlers.converse", code, runtime)
    assert "ModuleNotFoundError: No module named 'aws_lambda_powertools'" in done.stderr


def test_every_handler_has_its_function() -> None:
    assert {handler for handler in HANDLERS if not _layers_of(handler)} == set()


def _names(bundle: Bundle) -> list[PurePosixPath]:
    with ZipFile(bundle.path) as zipped:
        return [PurePosixPath(name) for name in zipped.namelist()]


def _carried(layer: str) -> set[str]:
    """What a function that has the layer can import by it, and what lies beside."""
    return {name.parts[1] for name in _names(layer_bundle(layer, "aws"))}


def test_only_the_layer_of_the_model_has_openai() -> None:
    assert [layer for layer in LAYERS if "openai" in _carried(layer)] == ["model"]


@pytest.mark.parametrize("layer", LAYERS)
def test_what_no_function_imports_is_left_out(layer: str) -> None:
    names = list(map(str, _names(layer_bundle(layer, "aws"))))
    unwanted = (*UNUSED, "/tests/", "/_tests/", ".pyi", "dist-info/RECORD")
    assert [name for name in names if any(part in name for part in unwanted)] == []


@pytest.mark.parametrize("layer", LAYERS)
def test_nothing_that_the_runtime_has_is_carried_twice(layer: str) -> None:
    assert not _carried(layer) & {
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
        for package in locked(ROOT / "lambdas" / "layers" / layer / "requirements.txt"):
            pins.setdefault(package.name, set()).add(package.version)
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


@pytest.mark.parametrize("layer", LAYERS)
def test_compiled_wheels_are_for_arm(layer: str) -> None:
    machines = _machines(layer_bundle(layer, "aws"))
    assert set(machines) <= {AARCH64}
    assert bool(machines) == (layer != "base")


def _machines(bundle: Bundle) -> list[int]:
    with ZipFile(bundle.path) as zipped:
        return [_machine(zipped.read(name)) for name in zipped.namelist() if name.endswith(".so")]


def _machine(library: bytes) -> int:
    """The field e_machine of an ELF header."""
    assert library[:4] == b"\x7fELF"
    (machine,) = struct.unpack_from("<H", library, 18)
    return int(machine)


def test_a_library_of_another_machine_is_told_apart() -> None:
    here = _machines(layer_bundle("model", "local"))
    assert os.uname().machine == "aarch64" or AARCH64 not in here


def _bundles(target: Target) -> Iterator[Bundle]:
    yield code_bundle(target)
    for layer in LAYERS:
        yield layer_bundle(layer, target)


@pytest.mark.parametrize(("target", "magic"), [("aws", PYTHON_3_14), ("local", None)])
def test_every_module_has_bytecode_that_its_interpreter_believes(target: Target, magic: int | None) -> None:
    expected = magic or int.from_bytes(importlib.util.MAGIC_NUMBER[:2], "little")
    tag = "cpython-314" if target == "aws" else str(sys.implementation.cache_tag)
    for bundle in _bundles(target):
        assert set(_headers(bundle, tag)) == {(expected, UNCHECKED_HASH)}


def _headers(bundle: Bundle, tag: str) -> Iterator[tuple[int, int]]:
    """Magic number and flags of every module's bytecode; a module without any is an error."""
    with ZipFile(bundle.path) as zipped:
        for each in zipped.infolist():
            if each.filename.endswith(".py") and each.file_size:
                folder, _, name = each.filename.rpartition("/")
                compiled = zipped.read(f"{folder}/__pycache__/{name[:-3]}.{tag}.pyc".lstrip("/"))
                magic, _, flags = struct.unpack_from("<HHI", compiled)
                yield magic, flags


def test_bytecode_names_files_where_lambda_has_them() -> None:
    with ZipFile(code_bundle("aws").path) as zipped:
        (name,) = (each for each in zipped.namelist() if "handlers/__pycache__/converse." in each)
        assert b"/var/task/handlers/converse.py" in zipped.read(name)


def test_the_code_is_small_and_carries_no_tests() -> None:
    bundle = code_bundle("aws").path
    assert bundle.stat().st_size < 2_000_000
    with ZipFile(bundle) as zipped:
        assert not [name for name in zipped.namelist() if "test_" in name]
