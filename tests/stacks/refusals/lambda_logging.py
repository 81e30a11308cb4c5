"""Lambda: which lines it keeps of a function that logs JSON."""

from collections.abc import Iterator

from tests.stacks.assembly import Assembly
from tests.stacks.breaking import first, put
from tests.stacks.refusals.refusal import Refusal

LEVELS = "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html"
FUNCTION = "AWS::Lambda::Function"
KEEPING_INFO = {"TRACE", "DEBUG", "INFO"}


def functions_keep_lines_without_a_level(assembly: Assembly) -> Iterator[str]:
    """Metrics are such lines; Lambda takes them for INFO, which is also the level where none is set."""
    for function in assembly.resources(FUNCTION):
        logging = function.properties.get("LoggingConfig", {})
        if logging.get("ApplicationLogLevel", "INFO") not in KEEPING_INFO:
            yield f"{function} loses its metrics"


QUIET = {"LogFormat": "JSON", "ApplicationLogLevel": "WARN"}
RULES = (
    Refusal(
        functions_keep_lines_without_a_level,
        LEVELS,
        first(FUNCTION, put("Properties", "LoggingConfig", to=QUIET)),
    ),
)
