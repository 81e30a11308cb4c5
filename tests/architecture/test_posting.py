"""Sockets are written to in one place: it is there that those which are gone are forgotten."""

import ast

from tests.architecture.sources import Source, sources


def posts(source: Source) -> bool:
    names = (node.attr for node in ast.walk(source.tree) if isinstance(node, ast.Attribute))
    return "post_to_connection" in names


def test_one_module_alone_writes_to_sockets() -> None:
    assert [each.module for each in sources("lambdas") if posts(each)] == ["switchboard.adapters.sockets"]
