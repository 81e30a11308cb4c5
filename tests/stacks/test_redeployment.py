"""A second deployment, of other code, other settings or another number, leaves in place what holds something.

Nothing is deployed here: templates are compared, by what CloudFormation would replace or delete.
"""

import copy
from collections.abc import Callable
from dataclasses import replace

import pytest

from stacks.bundling import Bundle, code_bundle, layer_bundle, site_bundle
from stacks.channels.sms.settings import ExistingNumber, ExistingPool, Origin, SimulatorNumber, SmsSettings
from stacks.constructs import platform, upload
from stacks.settings import Settings
from tests.stacks.assembly import Assembly, assembly, settings_of, synthesize
from tests.stacks.breaking import BreakAssembly, drop, first, put
from tests.stacks.changes import changed, leaves, other
from tests.stacks.replacement import STATEFUL, create_only, lost, replaced
from tests.stacks.variants import ANOTHER_NUMBER, NUMBER, POOL

BEFORE = replace(settings_of("prod"), audit=False)
OF_NO_DEPLOYMENT = {
    "stage": "another stage is another deployment, beside this one",
    "emulator": "the laptop's alone",
    "target": "the laptop's alone: what its functions are built for",
    "audit": "no template depends on it",
    "sms.origin": "has its own tests below",
}
LOSES: dict[str, tuple[set[str], set[str]]] = {
    "retain_data": ({"deletion_protection"}, set()),
    "access_logs": (set(), {"Site/AccessLogs"}),
    "calls.transcriber.kind": (set(), {"Calls/ReceiveTranscriptLogs"}),
}
"""Changes to look at one by one: what has to change with each, and what goes with it by its meaning.

Access logs that are not wanted have no bucket, and from Amazon Transcribe nothing is received.
"""
AT_ONCE = sorted({path for path, _ in leaves(BEFORE)} - OF_NO_DEPLOYMENT.keys() - LOSES.keys())


def test_there_is_another_value_for_every_setting() -> None:
    for path, value in leaves(BEFORE):
        if path not in OF_NO_DEPLOYMENT:
            assert other(path, value) != value, path


def test_settings_that_are_named_exist() -> None:
    assert {path for path, _ in leaves(BEFORE)} >= OF_NO_DEPLOYMENT.keys() | LOSES.keys()


def test_a_change_of_every_setting_leaves_in_place_what_holds_something() -> None:
    after = synthesize(changed(BEFORE, *AT_ONCE))
    assert after.templates != assembly("prod").templates
    assert lost(assembly("prod"), after) == {}


@pytest.mark.parametrize("path", sorted(LOSES))
def test_a_change_that_takes_something_away_by_its_meaning_takes_no_more(path: str) -> None:
    along, meant = LOSES[path]
    after = synthesize(changed(BEFORE, *sorted(along), path))
    gone = lost(assembly("prod"), after)
    assert len(gone) == len(meant)
    assert all(any(name.startswith(each) for name in gone) for each in meant)


def test_other_code_and_another_page_leave_in_place_what_holds_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = assembly("prod")
    monkeypatch.setattr(platform, "code_bundle", _other(code_bundle))
    monkeypatch.setattr(platform, "layer_bundle", _other(layer_bundle))
    monkeypatch.setattr(upload, "site_bundle", _other(site_bundle))
    after = synthesize(BEFORE)
    assert "AWS::Lambda::LayerVersion" in _types(before, replaced(before, after))
    assert lost(before, after) == {}


def _other(bundle: Callable[..., Bundle]) -> Callable[..., Bundle]:
    """What the same function makes of other sources."""

    def made(*given: str) -> Bundle:
        found = bundle(*given)
        return replace(found, digest=found.digest[::-1])

    return made


def _types(assembly: Assembly, places: dict[tuple[str, str], str]) -> set[str]:
    return {each.type for each in assembly.resources() if (each.stack, each.id) in places}


HELD, NOTHING = {"AWS::SMSVOICE::PhoneNumber", "AWS::SMSVOICE::Pool"}, set[str]()
NUMBERS: dict[str, tuple[Origin, Origin, set[str]]] = {
    "from the simulator to a number": (SimulatorNumber(), ExistingNumber(NUMBER), HELD),
    "from the simulator to a pool": (SimulatorNumber(), ExistingPool(POOL), HELD),
    "from one number to another": (ExistingNumber(NUMBER), ExistingNumber(ANOTHER_NUMBER), HELD),
    "from one pool to another": (ExistingPool(POOL), ExistingPool(POOL.replace("-0", "-f")), NOTHING),
}
"""Before, after, and the types of which something may go: only the number that is given up, with its pool."""


@pytest.mark.parametrize("change", sorted(NUMBERS))
def test_another_number_takes_away_nothing_but_the_one_before(change: str) -> None:
    old, new, may_go = NUMBERS[change]
    before, after = (synthesize(_with(origin)) for origin in (old, new))
    gone = set(lost(before, after))
    assert {each.type for each in before.resources() if str(each) in gone} <= may_go


def _with(origin: Origin) -> Settings:
    return BEFORE.having(replace(BEFORE.of(SmsSettings), origin=origin))


TABLE, GROUP = "AWS::DynamoDB::GlobalTable", "AWS::Scheduler::ScheduleGroup"
POOL_OF_USERS = "AWS::Cognito::UserPool"
FAULTS: dict[str, tuple[BreakAssembly, str]] = {
    "another key": (first(TABLE, put("Properties", "KeySchema", 0, "AttributeName", to="id")), "KeySchema"),
    "a name": (first(GROUP, put("Properties", to={"Name": "wakeups"})), "has another Name"),
    "another type": (first(TABLE, put("Type", to="AWS::DynamoDB::Table")), "becomes"),
    "gone": (lambda of: drop("UserPool6BA7E5F2")(of.templates["Foundation"]["Resources"]), "is gone"),
    "what is referred to": (first(POOL_OF_USERS, put("Type", to="AWS::Cognito::IdentityPool")), "UserPoolId"),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_replacement_is_noticed(fault: str) -> None:
    breaks, why = FAULTS[fault]
    after = Assembly("prod", copy.deepcopy(dict(assembly("prod").templates)))
    breaks(after)
    assert any(why in found for found in lost(assembly("prod"), after).values())


@pytest.mark.parametrize("kind", sorted(STATEFUL))
def test_the_schema_of_everything_that_holds_something_is_known(kind: str) -> None:
    """Raises when it is not."""
    assert isinstance(create_only(kind), list)
