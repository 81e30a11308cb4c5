"""Nothing that is synthesized for AWS would be refused there, and every rule sees what it is for."""

import copy
import pkgutil
from importlib import import_module

import pytest

from tests.stacks import refusals
from tests.stacks.assembly import Assembly, assembly
from tests.stacks.refusals.refusal import Refusal
from tests.stacks.variants import IN_AWS, assembled

MODULES = sorted(found.name for found in pkgutil.iter_modules(refusals.__path__) if found.name != "refusal")
REFUSALS: tuple[Refusal, ...] = tuple(
    rule for name in MODULES for rule in getattr(import_module(f"{refusals.__name__}.{name}"), "RULES", ())
)


@pytest.mark.parametrize("variant", IN_AWS)
@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_nothing_would_be_refused(refusal: Refusal, variant: str) -> None:
    assert list(refusal.rule(assembled(variant))) == []


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_a_rule_sees_what_would_be_refused(refusal: Refusal) -> None:
    broken = Assembly("prod", copy.deepcopy(dict(assembly("prod").templates)))
    refusal.breaks(broken)
    assert list(refusal.rule(broken)) != []


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_a_rule_names_its_document(refusal: Refusal) -> None:
    assert refusal.document.startswith("https://")
