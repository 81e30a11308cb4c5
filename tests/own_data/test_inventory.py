"""Every store and every kind of record is known: nothing is kept that its person cannot get or erase."""

import ast
import re
from collections.abc import Iterator

import pytest
from switchboard.core.stored_data.inventory import KINDS, ErasurePolicy, kind_of

from tests.architecture.sources import sources
from tests.own_data.house import House
from tests.own_data.resident import Resident
from tests.own_data.traces import kind

ADAPTERS = [each for each in sources("lambdas") if each.module.startswith("switchboard.adapters")]
PREFIX = re.compile(r"\b[A-Z]{3,}#")


def prefixes(tree: ast.AST) -> Iterator[str]:
    """What keys begin with, in every text of a file but its docstrings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "`" not in node.value:
            yield from PREFIX.findall(node.value)


def whole_keys(tree: ast.AST) -> Iterator[str]:
    """Sort keys that are one word: values of "sk" in a dict."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for name, value in zip(node.keys, node.values, strict=True):
                if isinstance(name, ast.Constant) and name.value == "sk" and isinstance(value, ast.Constant):
                    yield str(value.value)


def test_every_key_that_the_adapters_write_is_in_the_inventory() -> None:
    known = {part for each in KINDS for part in (each.pk, each.sk)}
    written = {found for each in ADAPTERS for found in (*prefixes(each.tree), *whole_keys(each.tree))}
    assert written - known == set()
    assert len(written) > 20


def test_a_key_that_nobody_wrote_down_is_noticed() -> None:
    tree = ast.parse('item = {"pk": f"DIARY#{day}", "sk": "SECRETS"}')
    assert {*prefixes(tree), *whole_keys(tree)} == {"DIARY#", "SECRETS"}


@pytest.mark.parametrize(
    ("pk", "sk"), [("PERSON#1", "DIARY#2"), ("DIARY#1", "PROFILE"), ("PERSON#1", "PROFILES"), ("CONV#1", "X")]
)
def test_an_unknown_record_has_no_kind(pk: str, sk: str) -> None:
    assert kind_of("People", pk, sk) is None


def test_no_record_has_two_kinds() -> None:
    keys = [(each.store, each.pk, each.sk) for each in KINDS]
    assert [sum(each.holds(*key) for each in KINDS) for key in keys] == [1] * len(KINDS)


def test_what_is_not_exported_or_not_erased_says_why() -> None:
    silent = [each for each in KINDS if not each.why and not each.file]
    silent += [
        each for each in KINDS if each.fate in {ErasurePolicy.KEPT, ErasurePolicy.APART} and not each.why
    ]
    assert silent == []


def test_somebody_with_everything_has_only_known_records_of_nearly_every_kind(
    house: House, ada: Resident
) -> None:
    found = {key: kind(key) for key in house.items()}
    assert [key for key, known in found.items() if known is None] == []
    never = {("PERSON#", "ERASING"), ("PERSON#", "EXPORTING"), ("CLOSED#", "CLOSED"), ("RECEIPT#", "RECEIPT")}
    never |= {("ADDRESS#", "CONSENT#"), ("ADDRESS#", "STANDING"), ("THROTTLE#", "THROTTLE")}
    never |= {("DEPLOYMENT", "SPEND#"), ("BILL#", "BILL")}
    missing = {(each.pk, each.sk) for each in KINDS} - {
        (known.pk, known.sk) for known in found.values() if known
    }
    assert missing == never
