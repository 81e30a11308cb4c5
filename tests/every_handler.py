"""Every handler there is, by its short name, found by its file."""

from pathlib import Path

from stacks.handlers import name_of

CODE = Path(__file__).resolve().parent.parent / "lambdas"


def _modules() -> list[str]:
    folders = (CODE / "handlers", *CODE.glob("switchboard/*/*/handlers"))
    files = [file for folder in folders for file in folder.glob("*.py") if file.stem != "__init__"]
    return [".".join(file.relative_to(CODE).with_suffix("").parts) for file in files]


HANDLERS = tuple(sorted(map(name_of, _modules())))
