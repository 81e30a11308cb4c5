"""State machines: one started under a name runs once, and whoever waits with a token is answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient


@dataclass(frozen=True, slots=True)
class StateMachine:
    client: SFNClient
    arn: str

    def start(self, name: str, given: Mapping[str, object]) -> bool:
        """Whether it began now; one of that name that runs, or ran, is not begun again."""
        try:
            self.client.start_execution(stateMachineArn=self.arn, name=name, input=json.dumps(given))
        except self.client.exceptions.ExecutionAlreadyExists:
            return False
        return True


@dataclass(frozen=True, slots=True)
class TaskTokens:
    """Answers tell whether anybody was still waiting."""

    client: SFNClient

    def go_on(self, token: str) -> bool:
        try:
            self.client.send_task_success(taskToken=token, output="{}")
        except (self.client.exceptions.TaskTimedOut, self.client.exceptions.TaskDoesNotExist):
            return False
        return True

    def give_up(self, token: str, error: str) -> bool:
        try:
            self.client.send_task_failure(taskToken=token, error=error)
        except (self.client.exceptions.TaskTimedOut, self.client.exceptions.TaskDoesNotExist):
            return False
        return True
