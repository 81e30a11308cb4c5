"""`python -m operate`: reads the command, does it, says what came of it."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError
from switchboard.adapters.dynamo.conversation.overdue_index import OverdueKind
from switchboard.adapters.operations import repairs
from switchboard.adapters.operations.deps import Works
from switchboard.adapters.operations.ids import Letters, Stored, parse
from switchboard.adapters.operations.stuck import stuck
from switchboard.core.errors import Permanent
from switchboard.core.operations.repairs import AuditStamp

from local.places import OURS
from operate import report
from operate.account import Account, enter
from operate.arguments import parsed
from operate.connection import door_to
from operate.errors import OperateError, Refused, translate
from operate.members import own_commands
from operate.repairs import Done, redrive
from operate.show import show

PLURALS = {"turns": OverdueKind.TURN, "parts": OverdueKind.PART}
INTERRUPTED = 130
CUT_SHORT = "\nCut short. What was done is done, the rest is where it was; it can be run again at any time."

Repair = Callable[[Stored | Letters, Works, AuditStamp], str]
BY_NAME: dict[str, Repair] = {"resend": repairs.resend, "rerun": repairs.rerun, "close": repairs.close}


def main(arguments: Sequence[str] | None = None, *, endpoints: Path = OURS.endpoints) -> int:
    asked = parsed(arguments)
    try:
        _confirm(asked)
        door = partial(door_to, asked.stage, endpoints=endpoints)
        own = own_commands().get(asked.command)
        print(own.run(asked, door) if own else _do(asked, enter(door(), asked.stage)))
    except KeyboardInterrupt:
        print(CUT_SHORT, file=sys.stderr)
        return INTERRUPTED
    except (OperateError, Permanent, BotoCoreError, ClientError) as error:
        told = error if isinstance(error, OperateError) else translate(error)
        print(told, file=sys.stderr)
        return told.code
    return 0


def _do(asked: argparse.Namespace, account: Account) -> str:
    now_ms = time.time_ns() // 1_000_000
    if asked.command == "stuck":
        found = stuck(account, now_ms=now_ms)
        return report.findings_json(found) if asked.json else report.findings(found, now_ms=now_ms)
    if asked.command == "show":
        shown = show(parse(asked.ids[0]), account, spoken=asked.text, now_ms=now_ms)
        return report.things_json(shown) if asked.json else report.things(shown)
    done = _repair(asked, account, now_ms)
    return report.done_json(done) if asked.json else "\n".join(map(report.done, done))


def _repair(asked: argparse.Namespace, account: Account, now_ms: int) -> list[Done]:
    if asked.command == "redrive":
        return redrive(asked.queue, account)
    hand = AuditStamp(account.operator(), now_ms)
    names = [name for text in asked.ids for name in _names(text, account, now_ms)]
    return [Done(str(name), BY_NAME[asked.command](name, account, hand)) for name in names]


def _names(text: str, account: Account, now_ms: int) -> Iterator[Stored | Letters]:
    if text in PLURALS:
        yield from _all_of(PLURALS[text], account, now_ms)
    else:
        yield parse(text)


def _all_of(kind: OverdueKind, account: Account, now_ms: int) -> Iterator[Stored | Letters]:
    return (parse(found.id) for found in stuck(account, now_ms=now_ms) if found.kind == kind)


def _confirm(asked: argparse.Namespace) -> None:
    """People are at the other end of prod. Errors: Refused."""
    own = own_commands().get(asked.command)
    if asked.yes or asked.stage != "prod" or (own and not own.changes(asked)):
        return
    if not sys.stdin.isatty():
        raise Refused("Nobody is here to say yes: add --yes (ARGS=--yes with make).")
    what = own.what(asked) if own else _what(asked)
    if input(f"{asked.command} {what} in prod? [y/N] ").strip().casefold() not in {"y", "yes"}:
        raise Refused("Nothing was changed.")


def _what(asked: argparse.Namespace) -> str:
    return str(asked.queue) if asked.command == "redrive" else " ".join(asked.ids)


if __name__ == "__main__":
    raise SystemExit(main())
