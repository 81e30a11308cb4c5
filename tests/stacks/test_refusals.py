"""Nothing that is synthesized for AWS would be refused there, and every rule sees what it is for."""

import copy
import json
import pkgutil
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest

from tests.stacks import refusals
from tests.stacks.assembly import Assembly, assembly
from tests.stacks.linting import lint, what_differs
from tests.stacks.refusals.refusal import Refusal
from tests.stacks.variants import IN_AWS, VARIANTS, WHOLE, assembled, audited

MODULES = sorted(found.name for found in pkgutil.iter_modules(refusals.__path__) if found.name != "refusal")
REFUSALS: tuple[Refusal, ...] = tuple(
    rule for name in MODULES for rule in getattr(import_module(f"{refusals.__name__}.{name}"), "RULES", ())
)
ONCE = tuple({refusal.rule: refusal for refusal in REFUSALS}.values())
"""A rule may be there with more than one fault that it sees."""


@pytest.mark.parametrize("variant", IN_AWS)
def test_the_rule_packs_find_nothing(variant: str) -> None:
    assert audited(variant).findings == ()


def test_cfn_lint_finds_nothing_in_any_region(tmp_path: Path) -> None:
    for text, name in _linted().items():
        (tmp_path / f"{name}.json").write_text(text)
    assert lint(*tmp_path.iterdir()) == ""


def _linted() -> Mapping[str, str]:
    """Names by templates: two stages as a whole, and of each variant what it has otherwise."""
    found = {
        json.dumps(template): f"{variant}-{stack}"
        for variant in VARIANTS
        for stack, template in what_differs(assembled(variant), assembled(assembled(variant).stage))
    }
    whole = {
        json.dumps(template): f"{stage}-{stack}"
        for stage in WHOLE
        for stack, template in assembled(stage).templates.items()
    }
    return found | whole


@pytest.mark.parametrize("variant", IN_AWS)
@pytest.mark.parametrize("refusal", ONCE, ids=str)
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
