"""The operator's commands and what each may be told."""

import argparse
from collections.abc import Sequence

STAGES = ("dev", "prod", "local")
EXITS = "Exits with 0 when done, 1 without access, 2 on a wrong word, 3 when there is none, 4 when refused."
ID = "as `stuck` prints it: part/…, turn/…, conversation/… or letters/QUEUE[/MESSAGE]"
SEVERAL = f"{ID}; `turns` or `parts` are all that are stuck"
PROFILES = "how somebody's calls are analysed"
ACTIONS = {
    "list": ("all of them, and which version is in use", ""),
    "show": ("one version, as a file that can be saved again", "profile"),
    "validate": ("whether a file holds a good profile", "file"),
    "save": ("a file becomes the next version, not yet in use", "file"),
    "publish": ("use a version, else the newest", "profile"),
    "rollback": ("use the version before again", "profile"),
    "prefer": ("for calls that nothing else is said of", "profile"),
}


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m operate", description=__doc__, epilog=EXITS)
    commands = parser.add_subparsers(dest="command", required=True)
    _add(commands, "stuck", "everything that waits for the operator")
    show = _add(commands, "show", "one thing: states, times, attempts, ids", ids="one")
    show.add_argument("--text", action="store_true", help="also what was said, and the whole address")
    redrive = _add(commands, "redrive", "dead letters go back to the queue they came from", repairs=True)
    redrive.add_argument("queue", help="its name, or `all`")
    _add(commands, "resend", "send a part again that may or may not have left", ids="one", repairs=True)
    _add(commands, "rerun", "ask a failed turn again, or signal for who waits", ids="several", repairs=True)
    _add(commands, "close", "give up a part or a turn, throw letters away", ids="several", repairs=True)
    _add_profiles(commands)
    asked = parser.parse_args(arguments)
    if asked.command == "profiles" and asked.action != "validate" and not asked.person:
        parser.error("say whose profiles, by --person (their id in the operator's list of people)")
    return asked


def _add_profiles(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    profiles = commands.add_parser("profiles", help=PROFILES, description=PROFILES, epilog=EXITS)
    actions = profiles.add_subparsers(dest="action", required=True)
    for name, (what, takes) in ACTIONS.items():
        action = actions.add_parser(name, help=what, description=what, epilog=EXITS)
        action.add_argument("--stage", choices=STAGES, default="dev")
        action.add_argument("--person", default="", help="whose they are")
        action.add_argument("--yes", action="store_true", help="ask nothing, even in prod")
        if takes:
            action.add_argument("what", metavar=takes)
        if name in {"publish", "show"}:
            action.add_argument("version", type=int, nargs="?", default=0)


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    what: str,
    *,
    ids: str = "",
    repairs: bool = False,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=what, description=what, epilog=EXITS)
    command.add_argument("--stage", choices=STAGES, default="dev")
    command.add_argument("--json", action="store_true", help="for programs")
    command.set_defaults(yes=True)
    if repairs:
        command.add_argument("--yes", action="store_true", default=False, help="ask nothing, even in prod")
    if ids:
        several = ids == "several"
        command.add_argument(
            "ids", nargs="+" if several else 1, metavar="id", help=SEVERAL if several else ID
        )
    return command
