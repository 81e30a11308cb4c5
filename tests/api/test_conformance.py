"""The app behaves as its document says, whatever it is sent: no server error, no undocumented answer."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance
from switchboard.api.openapi import described_alone
from switchboard.rest.problems import PROBLEM
from switchboard.skills import SKILLS

from tests.api.living import Live

TIMES = 25

Operation = APIOperation[Any, Any, Any, Any]


@pytest.fixture(scope="module")
def operations(running: Live) -> Mapping[str, Operation]:
    config = SchemathesisConfig.from_dict({"generation": {"allow-extra-parameters": False}})
    document = schemathesis.openapi.from_dict(described_alone(SKILLS), config=config)
    document.app = running.site.app
    found = [result.ok() for result in document.get_all_operations() if isinstance(result, Ok)]
    return {operation.label: operation for operation in found}


PATHS = described_alone(SKILLS)["paths"]
ROUTES = [f"{method.upper()} {path}" for path, each in PATHS.items() for method in each]


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_answers_as_documented(
    route: str, operations: Mapping[str, Operation], running: Live
) -> None:
    """With its examples, with what the document allows, and with what it does not, where there is such."""
    for example in operations[route].get_strategies_from_examples():
        ask(example, running, times=1)
    ask(operations[route].as_strategy(GenerationMode.POSITIVE), running, times=TIMES)
    with suppress(Unsatisfiable):
        ask(operations[route].as_strategy(GenerationMode.NEGATIVE), running, times=TIMES)


def ask(cases: SearchStrategy[Case[Any]], running: Live, *, times: int) -> None:
    """What only looks right, like a zone on no continent, may be refused all the same."""

    @settings(max_examples=times, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(case=cases)
    def answers(case: Case[Any]) -> None:
        running.site.clock.advance(60)
        token = running.caller.http.headers["authorization"]
        answer = case.call_and_validate(
            headers={"Authorization": token}, excluded_checks=[positive_data_acceptance]
        )
        assert running.site.reported == []
        assert answer.headers["cache-control"] == ["no-store"]
        refused_is_explained(answer)

    answers()


def refused_is_explained(answer: Response) -> None:
    if answer.status_code >= 400:
        problem: dict[str, Any] = answer.json()
        assert problem.keys() == {"type", "title", "status", "detail"}
        assert problem["status"] == answer.status_code
        assert answer.headers["content-type"] == [PROBLEM]
