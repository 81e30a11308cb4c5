"""The operator's commands and what each may be told."""

import argparse
from collections.abc import Sequence

from operate.members import own_commands

STAGES = ("dev", "prod", "local")
EXITS = "Exits with 0 when done, 1 without access, 2 on a wrong word, 3 when there is none, 4 when refused."
ID = "as `stuck` prints it: part/…, turn/…, conversation/… or letters/QUEUE[/MESSAGE]"
SEVERAL = f"{ID}; `turns` or `parts` are all that are stuck"


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
    own = own_commands()
    for each in own.values():
        each.add(commands, epilog=EXITS)
    asked = parser.parse_args(arguments)
    wrong = own[asked.command].wrong(asked) if asked.command in own else ""
    if wrong:
        parser.error(wrong)
    return asked


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
