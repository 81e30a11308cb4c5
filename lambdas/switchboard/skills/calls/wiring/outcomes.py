"""The machine that works on calls: how it is started, and what its steps answer it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from switchboard.adapters.aws_errors import code_of, may_pass
from switchboard.adapters.workflows import StateMachine, TaskTokens
from switchboard.core.errors import Retryable
from switchboard.platform.logs import logger
from switchboard.skills.calls.domain.call import NoSuchCall, Wish
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.workflow.transcribe import Started, State

Outcome = dict[str, Any]
FAILED, GONE = "failed", "gone"


def work_on(machine: StateMachine, started: Started) -> bool:
    """From a recording to insights; whether it began now."""
    return machine.start(
        started.execution, _order(started.call, started.analysis, longest_ms=started.longest_ms)
    )


def analyse_again(
    machine: StateMachine, call: str, *, analysis: str, wish: Wish | None = None, trial: bool = False
) -> bool:
    """From a transcript that is there to insights; `analysis` is the id of what will be found."""
    return machine.start(f"{call}-{analysis}", _order(call, analysis, heard=True, wish=wish, trial=trial))


def outcome_of(step: Callable[[], Mapping[str, Any]]) -> Outcome:
    """What the machine goes by: a call that cannot go on is no error of ours, and neither is one deleted."""
    try:
        with named_for_the_machine():
            told = {"reason": "", "cause": "", **step()}
    except CallFailed as error:
        told = {"state": FAILED, "reason": error.reason.value, "cause": ""}
    except NoSuchCall:
        told = {"state": GONE, "reason": "", "cause": ""}
    logger().info("step", extra={"state": told["state"], "reason": told["reason"]})
    return told


def answer(waiters: TaskTokens, token: str, outcome: Outcome) -> bool:
    """Tells whoever waits with the token, unless there is nothing to tell yet."""
    if not token or outcome["state"] == State.PENDING:
        return False
    with named_for_the_machine():
        if outcome["state"] == FAILED:
            return waiters.give_up(token, Reason(outcome["reason"]).value)
        return waiters.go_on(token)


@contextmanager
def named_for_the_machine() -> Iterator[None]:
    """What AWS refuses for a while has a name that the machine tries again after. Errors: Retryable."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        if not may_pass(error):
            raise
        logger().info("step comes again", extra={"error": code_of(error)})
        raise Retryable(Retryable.__name__) from None


def _order(
    call: str,
    analysis: str,
    *,
    longest_ms: int = 0,
    heard: bool = False,
    wish: Wish | None = None,
    trial: bool = False,
) -> Mapping[str, object]:
    return {
        "call": call,
        "analysis": analysis,
        "longest_ms": longest_ms,
        "heard": heard,
        "profile": wish.profile if wish else "",
        "version": wish.version if wish else 0,
        "trial": trial,
    }
