"""EventBridge Scheduler: expressions, retries, dead letters and the role."""

import re
from collections.abc import Iterator

from tests.stacks.assembly import Assembly
from tests.stacks.breaking import drop, first, put
from tests.stacks.refusals.refusal import Refusal, out_of_range

EXPRESSIONS = "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html"
RETRY = "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html"
LETTERS = "https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html"
ROLES = "https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html"

SCHEDULE = "AWS::Scheduler::Schedule"
QUEUE = "AWS::SQS::Queue"
ROLE = "AWS::IAM::Role"
SERVICE = "scheduler.amazonaws.com"
EXPRESSION = re.compile(
    r"rate\([1-9]\d* (minutes?|hours?|days?)\)|cron\(\S+( \S+){5}\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)"
)
RETRIES = {
    "Target/RetryPolicy/MaximumEventAgeInSeconds": (60, 86_400),
    "Target/RetryPolicy/MaximumRetryAttempts": (0, 185),
    "FlexibleTimeWindow/MaximumWindowInMinutes": (1, 1_440),
}


def schedules_say_when(assembly: Assembly) -> Iterator[str]:
    for schedule in assembly.resources(SCHEDULE):
        said = schedule.properties["ScheduleExpression"]
        if not EXPRESSION.fullmatch(said) or "Mode" not in schedule.properties.get("FlexibleTimeWindow", {}):
            yield f"{schedule} does not say when, or how exactly: {said}"


def schedules_are_retried_as_often_as_can_be(assembly: Assembly) -> Iterator[str]:
    for schedule in assembly.resources(SCHEDULE):
        yield from out_of_range(schedule, RETRIES)


def dead_letters_go_to_standard_queues(assembly: Assembly) -> Iterator[str]:
    queues = {(each.stack, each.id): each for each in assembly.resources(QUEUE)}
    for schedule in assembly.resources(SCHEDULE):
        for place in assembly.named_in(schedule.stack, schedule.properties["Target"].get("DeadLetterConfig")):
            if place not in queues or queues[place].properties.get("FifoQueue"):
                yield f"{schedule} sends its dead letters to no standard queue"


def the_scheduler_may_take_the_role(assembly: Assembly) -> Iterator[str]:
    """Checked when the schedule is made: a role that does not trust the scheduler is refused."""
    roles = {(each.stack, each.id): each for each in assembly.resources(ROLE)}
    for schedule in assembly.resources(SCHEDULE):
        for place in assembly.named_in(schedule.stack, schedule.properties["Target"]["RoleArn"]):
            trusted = roles[place].properties["AssumeRolePolicyDocument"]["Statement"]
            if not any(each["Principal"].get("Service") == SERVICE for each in trusted):
                yield f"{schedule} has a role that the scheduler cannot take"


def _distrust(assembly: Assembly) -> None:
    for role in assembly.resources(ROLE):
        role.properties["AssumeRolePolicyDocument"]["Statement"][:] = []


RULES = (
    Refusal(
        schedules_say_when,
        EXPRESSIONS,
        first(SCHEDULE, put("Properties", "ScheduleExpression", to="rate(1)")),
    ),
    Refusal(schedules_say_when, EXPRESSIONS, first(SCHEDULE, drop("Properties", "FlexibleTimeWindow"))),
    Refusal(
        schedules_are_retried_as_often_as_can_be,
        RETRY,
        first(SCHEDULE, put("Properties", "Target", "RetryPolicy", "MaximumEventAgeInSeconds", to=59)),
    ),
    Refusal(
        dead_letters_go_to_standard_queues,
        LETTERS,
        first(
            SCHEDULE,
            put(
                "Properties", "Target", "DeadLetterConfig", "Arn", to={"Ref": "SweepWaitingFunction7816A14A"}
            ),
        ),
    ),
    Refusal(the_scheduler_may_take_the_role, ROLES, _distrust),
)
