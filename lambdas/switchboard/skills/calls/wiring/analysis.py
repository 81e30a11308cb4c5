"""Wires the steps from a transcript to insights, and the end of a call that something stopped."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from switchboard.core.model.types import Completes
from switchboard.skills.calls.domain.call import Wish
from switchboard.skills.calls.wiring.deps import NobodyListens, Places, desk
from switchboard.skills.calls.wiring.outcomes import Outcome, outcome_of
from switchboard.skills.calls.workflow import analyze, context
from switchboard.skills.calls.workflow.analyze import Task

Step = Callable[[Mapping[str, Any]], Outcome]
NO_WORKS = {"profile": "", "version": 0, "works": 0}


def planning(*, transcriber: str, **where: str) -> Step:
    at = desk(Places(**where), transcriber=NobodyListens(transcriber))

    def step(given: Mapping[str, Any]) -> Outcome:
        wish = Wish(given["profile"], int(given["version"])) if given["profile"] else None
        return outcome_of(
            lambda: {
                "state": "ready",
                "task": asdict(
                    analyze.prepare(
                        at, given["call"], analysis=given["analysis"], wish=wish, trial=given["trial"]
                    )
                ),
            }
        )

    return step


def analysing(*, thinks: Completes, transcriber: str, **where: str) -> Step:
    at = desk(Places(**where), transcriber=NobodyListens(transcriber), model=thinks)

    def step(given: Mapping[str, Any]) -> Outcome:
        return outcome_of(lambda: _answered(at, given))

    return step


def finishing(*, thinks: Completes, transcriber: str, **where: str) -> Step:
    at = desk(Places(**where), transcriber=NobodyListens(transcriber), model=thinks)
    return lambda given: outcome_of(lambda: {"state": analyze.finish(at, _task(given["task"])).status.value})


def failing(*, transcriber: str, **where: str) -> Step:
    """What was spent on the way is paid, and the call says why it ended.

    The machine is told whether the operator has to hear of it.
    """
    at = desk(Places(**where), transcriber=NobodyListens(transcriber))

    def step(given: Mapping[str, Any]) -> Outcome:
        task = _task({"call": given["call"], "analysis": given["analysis"], **NO_WORKS, **given["task"]})
        return outcome_of(lambda: _failed(at, task, given["error"], given["cause"]))

    return step


def _answered(at: context.Desk, given: Mapping[str, Any]) -> Mapping[str, Any]:
    analyze.answer(at, _task(given["task"]), int(given["number"]))
    return {"state": "ready"}


def _failed(at: context.Desk, task: Task, error: str, cause: str) -> Mapping[str, Any]:
    spent = analyze.abandoned(at, task)
    reason = context.reason_of(error, cause)
    call = context.fail(at, task.call, reason, spent=spent)
    return {
        "state": call.status.value if call else "gone",
        "reason": reason.value,
        "concerns_the_operator": reason.concerns_the_operator,
    }


def _task(given: Mapping[str, Any]) -> Task:
    """A machine's numbers may have lost that they are whole."""
    whole = {name: int(given[name]) for name in ("version", "works")}
    return Task(given["call"], given["analysis"], given["profile"], trial=bool(given.get("trial")), **whole)
