"""What a stage costs while nobody writes, from the templates."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from stacks import idle_prices as prices
from stacks.bundling.store import ROOT
from stacks.idle_prices import FREE, PRICED, Price
from stacks.tables import Resources, Template, table, templates

COSTS = ROOT / "docs" / "costs.md"
STAGES = ("dev", "prod")
Stacks = Mapping[str, Template]

MONTH_SECONDS = 30 * 24 * 60 * 60
POLL_SECONDS = 20
"""A long poll of a queue that stays empty."""
POLLERS, POLLERS_AT_REST = 5, 2
"""Lambda polls a queue in five places, and where no maximum concurrency is set rests with as few as two.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
"""
RUN_SECONDS = Decimal("0.1")
RUN_LOG_BYTES = 1_500
RUN_READS = Decimal("1.5")
"""A run of a schedule that finds nothing: three queries of half a unit each (runtime/overdue.py)."""
TABLE_KEY_SECONDS = 300
"""DynamoDB asks KMS for a table's key again after five minutes (Developer Guide, Encryption at rest)."""


class Unpriced(ValueError):
    """A template holds what has no price here."""


@dataclass(frozen=True, slots=True)
class Line:
    """So much of something a month; `amount` may be a fraction of a unit."""

    price: Price
    amount: Decimal

    @property
    def with_free_tiers(self) -> Decimal:
        return self.price.beyond_the_free(self.amount)

    @property
    def without(self) -> Decimal:
        return self.price.of(self.amount)


def rendered() -> dict[str, str]:
    return render({stage: templates(stage) for stage in STAGES})


def unpriced(stacks: Stacks) -> set[str]:
    """Types of resources that nobody has said the price of."""
    return {body["Type"] for body in _resources(stacks).values()} - PRICED - FREE.keys()


def idle(stacks: Stacks, *, pollers_at_rest: int = POLLERS_AT_REST) -> list[Line]:
    """What a month costs without a single message, the number apart. Errors: Unpriced."""
    if unknown := unpriced(stacks):
        message = f"neither a price nor free while idle (stacks/idle_prices.py): {', '.join(sorted(unknown))}"
        raise Unpriced(message)
    resources = _resources(stacks)
    amounts = {
        prices.KEY: Decimal(len(_of(resources, "AWS::KMS::Key"))),
        prices.SECRET: Decimal(len(_of(resources, "AWS::SecretsManager::Secret"))),
        prices.ALARM: Decimal(sum(_metrics(each) for each in _of(resources, "AWS::CloudWatch::Alarm"))),
        prices.POLL: _polls(resources, pollers_at_rest),
        **_runs(resources),
    }
    return [Line(price, amount) for price, amount in amounts.items()]


def numbers(stacks: Stacks) -> list[Line]:
    """The numbers that the stacks ask the carrier for."""
    found = _of(_resources(stacks), "AWS::SMSVOICE::PhoneNumber")
    return [Line(prices.NUMBERS[each["NumberType"]], Decimal(1)) for each in found]


def with_free_tiers(lines: Sequence[Line]) -> Decimal:
    return sum((line.with_free_tiers for line in lines), Decimal(0))


def without_free_tiers(lines: Sequence[Line]) -> Decimal:
    return sum((line.without for line in lines), Decimal(0))


def render(stages: Mapping[str, Stacks]) -> dict[str, str]:
    heads = ["a month", *(head for stage in stages for head in (stage, "with free tiers", "without"))]
    priced = (
        (each.what, f"{each.dollars} for {each.units:,}", f"{each.free:,}", each.source)
        for each in prices.PRICES
    )
    return {
        "idle": table(heads, _rows(stages)),
        "idle-prices": table(("what", "dollars", "free a month", "source"), priced),
    }


def _rows(stages: Mapping[str, Stacks]) -> Iterator[tuple[str, ...]]:
    every = [idle(stacks) for stacks in stages.values()]
    for lines in zip(*every, strict=True):
        cells = (cell for line in lines for cell in _cells(f"{line.amount:,.0f}", [line]))
        yield (lines[0].price.what, *cells)
    yield ("**together**", *(cell for lines in every for cell in _cells("", lines)))
    busy = [idle(stacks, pollers_at_rest=POLLERS) for stacks in stages.values()]
    yield ("with five pollers at every queue", *(cell for lines in busy for cell in _cells("", lines)))
    owned = [numbers(stacks) for stacks in stages.values()]
    yield ("numbers, besides", *(cell for lines in owned for cell in _cells(str(len(lines)), lines)))


def _cells(amount: str, lines: Sequence[Line]) -> tuple[str, str, str]:
    return amount, f"{with_free_tiers(lines):.2f}", f"{without_free_tiers(lines):.2f}"


def _metrics(alarm: Mapping[str, Any]) -> int:
    """An alarm is billed by the metrics that it looks at; an expression over them is none."""
    return sum("MetricStat" in each for each in alarm.get("Metrics", ())) or 1


def _polls(resources: Resources, pollers_at_rest: int) -> Decimal:
    pollers = 0
    for mapping in _of(resources, "AWS::Lambda::EventSourceMapping"):
        if "ProvisionedPollerConfig" in mapping:
            raise Unpriced("pollers that are provisioned cost besides what they ask for")
        pollers += POLLERS if "ScalingConfig" in mapping else pollers_at_rest
    return Decimal(pollers * MONTH_SECONDS // POLL_SECONDS)


def _runs(resources: Resources) -> dict[Price, Decimal]:
    """What schedules cause that find nothing to do."""
    runs = {price: Decimal(0) for price in (prices.RUN, prices.CALL, prices.GIGABYTE_SECOND, prices.TRACE)}
    runs |= {price: Decimal(0) for price in (prices.LOG, prices.READ, prices.KEY_USE)}
    for schedule in _of(resources, "AWS::Scheduler::Schedule"):
        function = resources[schedule["Target"]["Arn"]["Fn::GetAtt"][0]]["Properties"]
        times = Decimal(MONTH_SECONDS) / _seconds_between(schedule["ScheduleExpression"])
        runs[prices.RUN] += times
        runs[prices.CALL] += times
        runs[prices.GIGABYTE_SECOND] += times * RUN_SECONDS * function["MemorySize"] / 1024
        runs[prices.TRACE] += times if function.get("TracingConfig") == {"Mode": "Active"} else 0
        runs[prices.LOG] += times * RUN_LOG_BYTES / 1024**2
        runs[prices.READ] += times * RUN_READS
        runs[prices.KEY_USE] += min(times, Decimal(MONTH_SECONDS) / TABLE_KEY_SECONDS)
    return runs


def _seconds_between(expression: str) -> int:
    rate = re.fullmatch(r"rate\((\d+) minutes?\)", expression)
    if rate is None:
        message = f"how often does {expression} run?"
        raise Unpriced(message)
    return int(rate[1]) * 60


def _resources(stacks: Stacks) -> dict[str, Mapping[str, Any]]:
    return {name: body for template in stacks.values() for name, body in template["Resources"].items()}


def _of(resources: Resources, kind: str) -> list[Mapping[str, Any]]:
    return [body.get("Properties", {}) for body in resources.values() if body["Type"] == kind]
