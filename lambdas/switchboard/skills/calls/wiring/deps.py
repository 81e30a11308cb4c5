"""Wires the desk that calls are worked on at; a function that asks no model has no model's packages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3

from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.dynamo.skill_records import DynamoRecords
from switchboard.adapters.s3 import make_client
from switchboard.core.errors import Permanent
from switchboard.core.model.names import names_of
from switchboard.core.model.types import Completes, Completion, Request
from switchboard.platform.aws import QUICK
from switchboard.platform.clock import SystemClock
from switchboard.platform.prices import price_book
from switchboard.skills.calls.domain.call import Call
from switchboard.skills.calls.ports import Till, Transcriber, Watcher
from switchboard.skills.calls.store.repository import CallBook
from switchboard.skills.calls.wiring.billing import till
from switchboard.skills.calls.wiring.notifier import news, pages
from switchboard.skills.calls.workflow.context import Desk

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class NoModel:
    """Of a function that is not given any."""

    def complete(self, request: Request) -> Completion:
        raise Permanent(f"this function asks no model for {request.max_tokens} tokens")


class NobodyListens:
    """In place of the transcriber where it is not asked; `settings` is what the stacks write of it."""

    def __init__(self, settings: str) -> None:
        self.name: str = json.loads(settings)["name"]

    def start(self, call: str, audio_url: str) -> str:
        raise self._mistake(call, audio_url)

    def result(self, job: str) -> Mapping[str, Any] | None:
        raise self._mistake(job)

    def forget(self, job: str) -> None:
        raise self._mistake(job)

    def _mistake(self, *_asked: object) -> Permanent:
        return Permanent("this function asks no transcriber")


class NobodyHears:
    """In place of who watches and who pays, where a call only moves on in silence."""

    def moved(self, call: Call) -> None:
        raise self._mistake(call)

    def reserve(self, call: Call, amount: int, *, under: str) -> None:
        raise self._mistake(call, amount, under)

    def settle(self, call: Call, amount: int, *, under: str) -> None:
        raise self._mistake(call, amount, under)

    def _mistake(self, *_asked: object) -> Permanent:
        return Permanent("this function moves no call")


@dataclass(frozen=True)
class Reads:
    """What a function's environment says wherever a call is worked on."""

    calls_table: str
    recordings_bucket: str
    transcriber: str


@dataclass(frozen=True)
class Shows(Reads):
    """And where pages are that show where a call stands."""

    conversations_table: str
    connections_url: str


@dataclass(frozen=True)
class Moves(Shows):
    """And where a call is moved on: who hears of it, and who pays."""

    people_table: str
    spend: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where a function finds what a desk is made of, as its environment says.

    Without conversations nobody watches, without people nobody pays, and without a topic nobody is told how a
    call ended. `model` is what the stacks write of the model.
    """

    calls_table: str
    recordings_bucket: str
    people_table: str = ""
    conversations_table: str = ""
    connections_url: str = ""
    spend: str = ""
    turns_topic: str = ""
    model: str = "{}"


def desk(places: Places, *, transcriber: Transcriber, model: Completes | None = None) -> Desk:
    dynamodb = boto3.client("dynamodb", config=QUICK)
    return Desk(
        book=CallBook(DynamoRecords(dynamodb, places.calls_table)),
        blobs=S3Blobs(make_client(), places.recordings_bucket),
        transcriber=transcriber,
        model=model or NoModel(),
        prices=price_book(),
        models=names_of(places.model),
        clock=SystemClock(),
        watcher=_watcher(places, dynamodb) if places.conversations_table else NobodyHears(),
        till=_till(places, dynamodb) if places.people_table else NobodyHears(),
    )


def _watcher(places: Places, client: DynamoDBClient) -> Watcher:
    shown = pages(
        client=client,
        conversations_table=places.conversations_table,
        connections_url=places.connections_url,
    )
    if not places.turns_topic:
        return shown
    return news(
        shown,
        client=client,
        people_table=places.people_table,
        conversations_table=places.conversations_table,
        turns_topic=places.turns_topic,
    )


def _till(places: Places, client: DynamoDBClient) -> Till:
    return till(client=client, people_table=places.people_table, spend=places.spend)
