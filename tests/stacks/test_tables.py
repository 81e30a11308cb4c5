"""The README's tables are what is deployed."""

import pytest

from stacks.tables import README, filled, render
from tests.stacks.assembly import assembly


@pytest.fixture(scope="module")
def tables() -> dict[str, str]:
    return render(assembly("prod").templates)


def test_the_readme_shows_every_table(tables: dict[str, str]) -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in tables if f"<!-- generated:{name} -->" not in text] == []


def test_a_table_replaces_what_stood_between_its_markers() -> None:
    before = "a\n<!-- generated:topics -->\nold\n<!-- /generated -->\nb\n<!-- /generated -->"
    after = "a\n<!-- generated:topics -->\nnew\n<!-- /generated -->\nb\n<!-- /generated -->"
    assert filled(before, {"topics": "new"}) == after
    assert filled(after, {"topics": "new"}) == after


def test_a_function_is_shown_with_what_starts_it(tables: dict[str, str]) -> None:
    assert "| `converse` | queue turns | 1024 MB | 120 s | base, model |" in tables["functions"]
    assert "| `web.authorize` | authorizes `$connect` |" in tables["functions"]


def test_a_queue_is_shown_with_where_its_failures_go(tables: dict[str, str]) -> None:
    assert "| turns | topic turns | `converse` | 10 | turns dead letters |" in tables["queues"]
