"""The cold starts that are measured are those of every function, each with all of its settings."""

from types import ModuleType

import pytest
from switchboard.platform.config import load

from bench.imports import ENVIRONMENT, FUNCTIONS
from tests.handlers.conftest import HANDLERS


def test_every_function_is_measured() -> None:
    measured = {function.handler for function in FUNCTIONS}
    assert measured == {module.__name__ for module in HANDLERS}


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda module: module.__name__)
def test_a_function_finds_all_its_settings(handler: ModuleType) -> None:
    """Raises when one is missing, and names it."""
    assert isinstance(load(handler.Config, ENVIRONMENT), handler.Config)
