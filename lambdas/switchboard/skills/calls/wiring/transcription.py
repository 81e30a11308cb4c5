"""Wires the steps from an upload to a transcript."""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

import boto3

from switchboard.adapters.cached_secret import CachedSecret
from switchboard.adapters.workflows import StateMachine, TaskTokens
from switchboard.core.secret_labels import SecretLabel
from switchboard.platform.aws import QUICK
from switchboard.platform.batches import Record
from switchboard.platform.logs import logger
from switchboard.skills.calls.ports import Transcriber
from switchboard.skills.calls.transcription.webhook import Forged, Garbled
from switchboard.skills.calls.uploads.events import arrivals
from switchboard.skills.calls.wiring.deps import NobodyListens, Places, desk
from switchboard.skills.calls.wiring.outcomes import FAILED, Outcome, answer, outcome_of, work_on
from switchboard.skills.calls.workflow import transcribe
from switchboard.skills.calls.workflow.transcribe import Answered, State

Step = Callable[[Mapping[str, Any]], Outcome]
Take = Callable[[bytes, str], HTTPStatus]


def starter(*, machine: str, transcriber: str, **where: str) -> Callable[[Record], None]:
    """Takes what the bucket tells of; what is told again is not started again."""
    at = desk(Places(**where), transcriber=NobodyListens(transcriber))
    calls = StateMachine(boto3.client("stepfunctions", config=QUICK), machine)

    def take(record: Record) -> None:
        for arrived in arrivals(record.body):
            started = transcribe.start(at, arrived)
            begun = started is not None and work_on(calls, started)
            logger().info("upload", extra={"call": arrived.call, "begun": begun})

    return take


def transcribing(*, listens: Transcriber, **where: str) -> Step:
    """Begins; asked again with a token, whoever brings the transcript answers to that."""
    at = desk(Places(**where), transcriber=listens)
    waiters = TaskTokens(boto3.client("stepfunctions", config=QUICK))

    def step(given: Mapping[str, Any]) -> Outcome:
        token, longest = given["token"], int(given["longest_ms"])
        told = outcome_of(
            lambda: {"state": transcribe.transcribe(at, given["call"], token=token, longest=longest)}
        )
        answer(waiters, token, told)
        return told

    return step


def looking(*, listens: Transcriber, **where: str) -> Step:
    at = desk(Places(**where), transcriber=listens)
    return lambda given: outcome_of(lambda: {"state": transcribe.look(at, given["call"])})


def receiver(*, transcripts_secret: str, transcriber: str, **where: str) -> Take:
    """Takes the body of a webhook and its signature."""
    at = desk(Places(**where), transcriber=NobodyListens(transcriber))
    waiters = TaskTokens(boto3.client("stepfunctions", config=QUICK))
    keeper = boto3.client("secretsmanager", config=QUICK)
    secret = CachedSecret(keeper, transcripts_secret, SecretLabel.TRANSCRIPTS)

    def take(raw: bytes, signature: str) -> HTTPStatus:
        try:
            answered = transcribe.deliver(at, raw, signature, secret=secret())
        except Forged:
            secret.forget()
            return HTTPStatus.UNAUTHORIZED
        except Garbled:
            return HTTPStatus.BAD_REQUEST
        return _passed_on(answered, partial(answer, waiters))

    return take


def _passed_on(answered: Answered | None, tell: Callable[[str, Outcome], bool]) -> HTTPStatus:
    """What is kept is found by whoever waits later; what is not has to be brought again."""
    if answered is None:
        return HTTPStatus.OK
    if answered.reason is None:
        tell(answered.token, {"state": State.READY, "reason": ""})
        return HTTPStatus.OK
    if not answered.token:
        return HTTPStatus.SERVICE_UNAVAILABLE
    tell(answered.token, {"state": FAILED, "reason": answered.reason.value})
    return HTTPStatus.OK
