"""From a call of a client's method to what it asks of AWS."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from botocore import xform_name
from botocore.session import Session

from tests.stacks.grants.objects import Arguments, Objects
from tests.stacks.grants.state import Call
from tests.stacks.grants.values import (
    ANY_KEY,
    EMPTY,
    KEYS,
    UNKNOWN,
    Instance,
    Paginator,
    Values,
    texts_of,
)

RESOURCE: Final[Mapping[str, str]] = {
    "dynamodb": "TableName",
    "s3": "Bucket",
    "sqs": "QueueUrl",
    "sns": "TopicArn",
    "stepfunctions": "stateMachineArn",
    "secretsmanager": "SecretId",
    "cognito-idp": "UserPoolId",
}
"""The parameter that names what a call is made on."""
WRITES: Final[Mapping[str, str]] = {
    "Put": "put_item",
    "Update": "update_item",
    "Delete": "delete_item",
    "ConditionCheck": "condition_check_item",
}
"""https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html"""
INJECTED: Final = frozenset(
    {"get_waiter", "upload_file", "upload_fileobj", "download_file", "download_fileobj"}
)
"""Methods of clients that are no operation: which ones they make is not worked out here."""


class Undecidable(Exception):
    """A call that says only when it runs what it asks for."""


@dataclass(frozen=True, slots=True)
class Requests:
    objects: Objects

    def made(self, service: str, method: str, arguments: Arguments, node: ast.Call) -> Values:
        """Notes what a method of a client asks for. Errors: Undecidable."""
        match method:
            case "get_paginator":
                return {Paginator(service, _said(node))}
            case "generate_presigned_url":
                wanted = Arguments(mappings=arguments.keywords["Params"])
                return self._note(service, _said(node), wanted, node, presigned=True)
            case "generate_presigned_post":
                bucket = Arguments(keywords={"Bucket": arguments.positional[0]})
                return self._note(service, "put_object", bucket, node, presigned=True)
        return self._note(service, method, arguments, node)

    def paged(self, paginator: Paginator, arguments: Arguments, node: ast.Call) -> Values:
        return self._note(paginator.service, paginator.method, arguments, node)

    def _note(
        self, service: str, method: str, arguments: Arguments, node: ast.Call, *, presigned: bool = False
    ) -> Values:
        if method in INJECTED:
            raise Undecidable(f"{method} ({self._where(node)})")
        if method not in methods(service):
            return UNKNOWN
        calls = self._calls(service, method, arguments, node)
        made = frozenset(replace(each, presigned=presigned) for each in calls)
        self.objects.state.calls[node, self.objects.frame] = made
        return UNKNOWN

    def _calls(self, service: str, method: str, arguments: Arguments, node: ast.Call) -> Iterator[Call]:
        where = self._where(node)
        if method == "transact_write_items":
            for write, tables in self._writes(arguments):
                yield Call(service, write, texts_of(tables), where=where)
            return
        named = RESOURCE.get(service, "")
        on = self.objects.given(arguments, named, None) if named else EMPTY
        if method.startswith("batch_"):
            on = self._inside(self.objects.given(arguments, "RequestItems", None), KEYS)
        versioned = bool(self.objects.given(arguments, "VersionId", None))
        yield Call(service, method, texts_of(on), _index(node), where, versioned=versioned)

    def _writes(self, arguments: Arguments) -> Iterator[tuple[str, Values]]:
        items = self.objects.given(arguments, "TransactItems", None)
        for name, method in WRITES.items():
            asked = self._inside(items, name)
            if asked:
                yield method, self._inside(asked, "TableName")

    def _inside(self, values: Values, name: str) -> Values:
        held = (
            self.objects.state.read(self.objects.frame, value, each)
            for value in values
            if isinstance(value, Instance)
            for each in (name, ANY_KEY)
        )
        return EMPTY.union(*held)

    def _where(self, node: ast.expr) -> str:
        return f"{self.objects.frame.module}:{node.lineno}"


@cache
def methods(service: str) -> Mapping[str, str]:
    """The operation behind each method of a client."""
    return {xform_name(name): name for name in Session().get_service_model(service).operation_names}


def _said(node: ast.Call) -> str:
    match node.args:
        case [ast.Constant(value=str(name)), *_]:
            return name
    raise Undecidable(ast.unparse(node))


def _index(node: ast.Call) -> str:
    for each in node.keywords:
        if each.arg == "IndexName":
            return str(each.value.value) if isinstance(each.value, ast.Constant) else _undecided(node)
    return ""


def _undecided(node: ast.Call) -> str:
    raise Undecidable(ast.unparse(node))
