"""As few alarms as tell of every failure."""

import copy

import pytest

from tests.stacks.assembly import STAGES, Assembly, assembly
from tests.stacks.rules_of_alarms import (
    ALARM,
    dead_letters_have_alarms,
    functions_fail_where_an_alarm_stands,
    machines_tell_how_they_end,
)

OF_THE_SWEEP = {"ConversationsWaiting", "PartsInDoubt", "TurnsFailed"}
"""What the sweep finds is no resource's failure: test_assistant.py holds its alarms."""


def _without(alarm: str) -> Assembly:
    templates = copy.deepcopy(dict(assembly("prod").templates))
    for template in templates.values():
        template["Resources"].pop(alarm, None)
    return Assembly("prod", templates)


def _complaints(left: Assembly) -> list[str]:
    rules = (dead_letters_have_alarms, functions_fail_where_an_alarm_stands, machines_tell_how_they_end)
    return [complaint for rule in rules for complaint in rule(left)]


def test_without_any_one_of_them_some_failure_would_be_silent() -> None:
    alarms = {alarm.id: alarm.properties["MetricName"] for alarm in assembly("prod").resources(ALARM)}
    silent = {metric for name, metric in alarms.items() if not _complaints(_without(name))}
    assert silent == OF_THE_SWEEP


@pytest.mark.parametrize("stage", STAGES)
def test_each_looks_at_one_metric_and_takes_silence_for_good_news(stage: str) -> None:
    for alarm in assembly(stage).resources(ALARM):
        assert "Metrics" not in alarm.properties
        assert alarm.properties["TreatMissingData"] == "notBreaching"
        assert (alarm.properties["Threshold"], alarm.properties["ComparisonOperator"]) == (
            1,
            "GreaterThanOrEqualToThreshold",
        )
