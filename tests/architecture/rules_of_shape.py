"""How large things may be, what they may be called, and what no file does."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from statistics import median, quantiles

from tests.architecture.sources import Source, functions

LONGEST_FILE, LONGEST_FUNCTION = 300, 50
MEDIAN, NINE_OF_TEN = 8, 30
ENTRY = ("switchboard.platform.entry_point", "entry_point")
LISTENING = {"setLevel", "basicConfig", "addHandler", "captureWarnings", "exception"}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "constants", "manager", "managers", "misc"}
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X:")


def lengths(sources: Iterable[Source]) -> list[int]:
    return [_length(function) for source in sources for function in functions(source.tree)]


def out_of_shape(found: Sequence[int]) -> list[str]:
    """What is wrong with functions of these lengths, taken together."""
    wrong = []
    if median(found) > MEDIAN:
        wrong.append(f"the median function has {median(found)} lines")
    if quantiles(found, n=10)[-1] > NINE_OF_TEN:
        wrong.append(f"one function in ten has over {NINE_OF_TEN} lines")
    return wrong


def long_functions(source: Source) -> list[str]:
    return [
        f"{source.where}:{function.lineno} {function.name} has {_length(function)} lines"
        for function in functions(source.tree)
        if _length(function) > LONGEST_FUNCTION
    ]


def long_file(source: Source) -> list[str]:
    count = len(source.path.read_text().splitlines())
    return [f"{source.where} has {count} lines"] if count > LONGEST_FILE else []


def badly_named(source: Source) -> list[str]:
    return [source.where] if BANNED_NAMES & set(source.module.split(".")) else []


def unfinished(source: Source) -> list[str]:
    text = source.path.read_text()
    return [f"{source.where} says {word}" for word in UNFINISHED if word in text]


def reads_environment(source: Source) -> list[str]:
    return [f"{source.where}:{node.lineno}" for node in ast.walk(source.tree) if _is_environment(node)]  # type: ignore[attr-defined]


def made_at_import(source: Source) -> list[str]:
    """Clients and sessions of AWS that exist as soon as a file is imported."""
    calls = (node for node in _at_import(source.tree) if isinstance(node, ast.Call))
    return [
        f"{source.where}:{call.lineno}" for call in calls if ast.unparse(call.func).split(".")[0] == "boto3"
    ]


def unlike_a_handler(source: Source) -> list[str]:
    """A file that is a function has one `handler` and one frozen dataclass `Config`."""
    handlers = [node for node in source.tree.body if getattr(node, "name", "") == "handler"]
    configs = [node for node in source.tree.body if isinstance(node, ast.ClassDef) and node.name == "Config"]
    frozen = [
        node for node in configs if any("frozen=True" in ast.unparse(each) for each in node.decorator_list)
    ]
    return [] if len(handlers) == len(configs) == len(frozen) == 1 else [source.where]


def without_entry_point(source: Source) -> list[str]:
    """A function whose handler is not wrapped, outermost, in what keeps others from printing."""
    module, name = ENTRY
    wrapped = [
        node.decorator_list and ast.unparse(node.decorator_list[0]) == name
        for node in functions(source.tree)
        if node.name == "handler"
    ]
    known = any(
        isinstance(node, ast.ImportFrom)
        and node.module == module
        and name in {each.name for each in node.names}
        for node in source.tree.body
    )
    return [] if known and wrapped and all(wrapped) else [source.where]


def tells_the_log_too_much(source: Source) -> list[str]:
    """Levels and listeners of its own, and errors that are logged with their texts."""
    calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    return [
        f"{source.where}:{call.lineno}"
        for call in calls
        if (isinstance(call.func, ast.Attribute) and call.func.attr in LISTENING)
        or any(keyword.arg in {"exc_info", "stack_info"} for keyword in call.keywords)
    ]


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _is_environment(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="os"), attr="environ" | "environb" | "getenv"):
            return True
        case ast.ImportFrom(module="os", names=names):
            return any(alias.name in {"environ", "environb", "getenv"} for alias in names)
    return False


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs at import: everything but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        yield child
        yield from _at_import(child)
