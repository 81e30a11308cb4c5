"""Every role has what its function can reach and nothing else: verbs, tables, buckets, queues, topics."""

import ast
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.every_handler import HANDLERS
from tests.stacks.assembly import ROOT, Assembly
from tests.stacks.grants.actions import NOT_OPERATIONS, UNLIKE, actions_of, every_action
from tests.stacks.grants.boto import methods
from tests.stacks.grants.reach import Reaches
from tests.stacks.grants.roles import Worker, workers
from tests.stacks.grants.source import read
from tests.stacks.grants.values import Client
from tests.stacks.grants.verdict import Verdict, judged, unnamed
from tests.stacks.variants import EVERYTHING, assembled

ONLY_SOMEWHERE = {"calls.receive_transcript"}
"""A transcriber that calls nobody back needs no webhook."""
CHECK = "dynamodb:ConditionCheckItem"
Statement = dict[str, Any]


@cache
def reaches() -> Reaches:
    return Reaches(read(ROOT / "lambdas", "handlers", "switchboard"))


def worker(of: Assembly, handler: str) -> Worker | None:
    return next((each for each in workers(of) if each.name == handler), None)


def verdict(of: Assembly, handler: str) -> Verdict:
    found = worker(of, handler)
    assert found
    return judged(found, reaches().of(found.module, found.settings))


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_role_has_what_its_function_reaches_and_no_more(handler: str) -> None:
    """In every stage and every variant."""
    judgements = {name: verdict(assembled(name), handler) for name in EVERYTHING if _is_in(name, handler)}
    assert judgements == dict.fromkeys(judgements, Verdict(frozenset(), frozenset()))


@pytest.mark.parametrize("name", EVERYTHING)
def test_there_is_a_function_for_every_handler_and_no_other(name: str) -> None:
    found = {each.name for each in workers(assembled(name))}
    assert found | ONLY_SOMEWHERE == set(HANDLERS)


@pytest.mark.parametrize("handler", HANDLERS)
def test_what_each_call_is_made_on_is_found_out(handler: str) -> None:
    found = worker(assembled("prod"), handler)
    assert found
    assert not unnamed(reaches().of(found.module, found.settings))


def test_every_call_of_a_client_is_reached_by_some_handler() -> None:
    """What is not could be called all the same, by a way that the analysis does not see."""
    reached = {
        call.where
        for name in ("prod", "prod with Amazon Transcribe")
        for each in workers(assembled(name))
        for call in reaches().of(each.module, each.settings).calls
    }
    assert set(_written()) - reached == set()


def test_every_action_that_is_asked_for_is_one_that_iam_knows() -> None:
    asked = {
        action
        for found in reaches().known.values()
        for reach in found
        for call in reach.calls
        for action in actions_of(call)
    }
    named = {action for actions, _ in UNLIKE.values() for action in actions}
    assert (asked | named) <= every_action()


def test_the_operations_that_are_unlike_their_actions_exist() -> None:
    for service, method in UNLIKE:
        assert method in methods(service)
    for service, method in NOT_OPERATIONS:
        assert method not in methods(service)


def test_a_verb_that_is_missing_is_reported() -> None:
    def take(statement: Statement) -> None:
        statement["Action"] = [each for each in _actions(statement) if each != CHECK]

    assert _told(verdict(changed(take), "sms.deliver").missing) == {f"{CHECK} on Conversations"}


def test_a_verb_too_many_is_reported() -> None:
    def add(statement: Statement) -> None:
        if "dynamodb:UpdateItem" in _actions(statement):
            statement["Action"] = [*_actions(statement), "dynamodb:Scan"]

    found = verdict(changed(add), "sms.delivery_events")
    assert _told(found.superfluous) == {"dynamodb:Scan on Conversations"}
    assert not found.missing


def test_a_verb_on_an_index_is_not_one_on_its_table() -> None:
    def broaden(statement: Statement) -> None:
        match statement["Resource"]:
            case {"Fn::Join": [_, [arn, "/index/waiting"]]}:
                statement["Resource"] = arn

    found = verdict(changed(broaden), "sweep_overdue")
    assert _told(found.missing) == {"dynamodb:Query on Conversations/waiting"}
    assert _told(found.superfluous) == {"dynamodb:Query on Conversations"}


def test_a_verb_on_another_table_is_missing_and_superfluous() -> None:
    prod = assembled("prod")
    templates = deepcopy(dict(prod.templates))
    of = replace(prod, templates=templates)
    found = worker(of, "sms.receive")
    assert found
    told = found.function.properties["Environment"]["Variables"]
    told["PEOPLE_TABLE"] = told["CONVERSATIONS_TABLE"]
    judgement = verdict(of, "sms.receive")
    assert f"{CHECK} on Conversations" in _told(judgement.missing)
    assert f"{CHECK} on People" in _told(judgement.superfluous)


def changed(change: Callable[[Statement], None]) -> Assembly:
    """The prod stage with each statement of each role changed."""
    prod = assembled("prod")
    of = replace(prod, templates=deepcopy(dict(prod.templates)))
    for policy in of.resources("AWS::IAM::Policy"):
        for statement in policy.properties["PolicyDocument"]["Statement"]:
            change(statement)
    return of


def _actions(statement: Statement) -> list[str]:
    listed = statement["Action"]
    return listed if isinstance(listed, list) else [listed]


def _told(findings: frozenset[str]) -> set[str]:
    """Without the name of the stack, and what CDK adds to each name."""
    return {re.sub(r" on \w+/(\w+?)[0-9A-F]{8}(?=/|$)", r" on \1", each) for each in findings}


def _is_in(name: str, handler: str) -> bool:
    return handler not in ONLY_SOMEWHERE or worker(assembled(name), handler) is not None


def _written() -> Iterator[str]:
    """Where a client is asked something, by the names that clients have: `module:line`."""
    sources = reaches().sources
    named = {name for module in sources.trees for name in _clients_of(module)}
    for module, tree in sources.trees.items():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(attr="paginate"), keywords=[_, *_]):
                    yield f"{module}:{node.lineno}"
                case ast.Call(func=ast.Attribute(value=receiver, attr=name)):
                    if _last(receiver).lstrip("_") in named and name in _operations():
                        yield f"{module}:{node.lineno}"


def _clients_of(module: str) -> Iterator[str]:
    sources = reaches().sources
    for node in ast.walk(sources.trees[module]):
        match node:
            case (
                ast.arg(arg=name, annotation=annotation)
                | ast.AnnAssign(target=ast.Name(id=name), annotation=annotation)
            ):
                if any(isinstance(each, Client) for each in sources.meaning(module, annotation)):
                    yield name


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


@cache
def _operations() -> frozenset[str]:
    """Of every service that some handler asks."""
    asked = {call.service for found in reaches().known.values() for reach in found for call in reach.calls}
    return frozenset(name for service in asked for name in methods(service))
