"""What an idle month costs is computed, written down, and as little as was promised."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from stacks import idle_prices as prices
from stacks.idle_costs import (
    COSTS,
    STAGES,
    Line,
    Unpriced,
    idle,
    numbers,
    render,
    unpriced,
    with_free_tiers,
    without_free_tiers,
)
from tests.stacks.assembly import assembly
from tests.stacks.variants import IN_AWS, assembled

MOST = Decimal("2.50")


def resource(kind: str, **properties: object) -> dict[str, Any]:
    return {"Type": kind, "Properties": properties}


def stacks(*resources: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {"One": {"Resources": {f"R{number}": each for number, each in enumerate(resources)}}}


def amount(lines: list[Line], price: prices.Price) -> Decimal:
    (found,) = (line.amount for line in lines if line.price == price)
    return found


@pytest.fixture(scope="module")
def rendered() -> dict[str, str]:
    return render({stage: assembly(stage).templates for stage in STAGES})


def test_the_costs_show_every_table(rendered: dict[str, str]) -> None:
    text = COSTS.read_text(encoding="utf-8")
    assert [name for name in rendered if f"<!-- generated:{name} -->" not in text] == []


def test_dev_idles_below_what_was_promised() -> None:
    assert with_free_tiers(idle(assembly("dev").templates)) <= MOST


@pytest.mark.parametrize("name", IN_AWS)
def test_every_type_of_resource_is_priced_or_known_to_be_free(name: str) -> None:
    assert unpriced(assembled(name).templates) == set()


def test_a_type_that_nobody_has_priced_stops_the_computation() -> None:
    gateway = stacks(resource("AWS::EC2::NatGateway"))
    assert unpriced(gateway) == {"AWS::EC2::NatGateway"}
    with pytest.raises(Unpriced, match="NatGateway"):
        idle(gateway)


def test_no_type_is_both_priced_and_free_and_each_free_one_says_why_and_where() -> None:
    assert not prices.PRICED & prices.FREE.keys()
    assert all(why and source.startswith("https://aws.amazon.com/") for why, source in prices.FREE.values())


def test_keys_and_secrets_are_counted_across_stacks() -> None:
    key, secret = resource("AWS::KMS::Key"), resource("AWS::SecretsManager::Secret")
    lines = idle({"A": {"Resources": {"K": key}}, "B": {"Resources": {"L": key, "S": secret}}})
    assert amount(lines, prices.KEY) == 2
    assert amount(lines, prices.SECRET) == 1
    assert with_free_tiers(lines) == without_free_tiers(lines) == Decimal("2.40")


def test_an_alarm_is_billed_by_its_metrics_and_ten_are_free() -> None:
    plain = resource("AWS::CloudWatch::Alarm", MetricName="Errors")
    math = [{"MetricStat": {}}, {"MetricStat": {}}, {"Expression": "a + b"}]
    lines = idle(stacks(*[plain] * 9, resource("AWS::CloudWatch::Alarm", Metrics=math)))
    assert amount(lines, prices.ALARM) == 11
    assert (with_free_tiers(lines), without_free_tiers(lines)) == (Decimal("0.10"), Decimal("1.10"))


def test_a_queue_is_asked_in_two_places_and_with_a_limit_in_five() -> None:
    mapping = "AWS::Lambda::EventSourceMapping"
    free, limited = resource(mapping), resource(mapping, ScalingConfig={"MaximumConcurrency": 5})
    assert amount(idle(stacks(free)), prices.POLL) == 259_200
    assert amount(idle(stacks(limited)), prices.POLL) == 648_000
    assert amount(idle(stacks(free), pollers_at_rest=5), prices.POLL) == 648_000
    lines = idle(stacks(limited, limited))
    assert with_free_tiers(lines) == Decimal("0.40") * 296_000 / 1_000_000


def test_pollers_that_are_provisioned_have_no_price_yet() -> None:
    provisioned = resource("AWS::Lambda::EventSourceMapping", ProvisionedPollerConfig={"MinimumPollers": 2})
    with pytest.raises(Unpriced, match="provisioned"):
        idle(stacks(provisioned))


def scheduled(expression: str, **function: object) -> dict[str, dict[str, Any]]:
    target = {"Arn": {"Fn::GetAtt": ["R0", "Arn"]}}
    schedule = resource("AWS::Scheduler::Schedule", ScheduleExpression=expression, Target=target)
    return stacks(resource("AWS::Lambda::Function", MemorySize=512, **function), schedule)


def test_a_schedule_costs_its_runs_and_what_they_do() -> None:
    lines = idle(scheduled("rate(2 minutes)", TracingConfig={"Mode": "Active"}))
    assert {line.price: line.amount for line in lines if line.amount} == {
        prices.RUN: 21_600,
        prices.CALL: 21_600,
        prices.GIGABYTE_SECOND: 1_080,
        prices.TRACE: 21_600,
        prices.LOG: Decimal(21_600 * 1_500) / 1024**2,
        prices.READ: 32_400,
        prices.KEY_USE: 8_640,
    }
    assert amount(idle(scheduled("rate(1 minute)")), prices.TRACE) == 0


def test_a_schedule_that_is_not_understood_has_no_price() -> None:
    with pytest.raises(Unpriced, match="cron"):
        idle(scheduled("cron(0 12 * * ? *)"))


@pytest.mark.parametrize(("kind", "dollars"), [("SIMULATOR", "1.00"), ("TOLL_FREE", "2.00")])
def test_a_number_is_priced_by_its_kind_and_apart(kind: str, dollars: str) -> None:
    owned = stacks(resource("AWS::SMSVOICE::PhoneNumber", NumberType=kind))
    assert with_free_tiers(numbers(owned)) == Decimal(dollars)
    assert with_free_tiers(idle(owned)) == 0


def test_the_tables_put_stages_side_by_side() -> None:
    dev, prod = stacks(resource("AWS::KMS::Key")), stacks(*[resource("AWS::KMS::Key")] * 2)
    table = render({"dev": dev, "prod": prod})["idle"]
    assert "| customer keys | 1 | 1.00 | 1.00 | 2 | 2.00 | 2.00 |" in table
    assert "| **together** |  | 1.00 | 1.00 |  | 2.00 | 2.00 |" in table
