"""Cold start of each function, beside the imports and clients it cannot avoid."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from stacks.bundling.code import code_bundle
from stacks.bundling.layers import layer_bundle
from stacks.skills.calls.settings import Calls

RUNS = 7
BUDGET = 1.25
RUNTIME = next((Path(".local") / "aws" / "lib").glob("python3.*")) / "site-packages"

OURS = """
import importlib
module = importlib.import_module("{handler}")
for value in vars(module).values():
    if hasattr(value, "cache_clear") and value.__module__ == module.__name__:
        value()
"""
AWS = """
import boto3
for name in {clients}:
    boto3.client(name, endpoint_url="http://127.0.0.1:9")
"""
HTTP = "\nimport httpx2\nhttpx2.Client()\n"
OPENAI = "\nfrom openai import OpenAI\nOpenAI(api_key='none').chat.completions\n"
FASTAPI = "\nfrom fastapi import FastAPI\nfrom mangum import Mangum\nMangum(FastAPI())\n"


TIMED = """
import sys, time
sys.path[:0] = {paths}
started = time.perf_counter()
{code}
print((time.perf_counter() - started) * 1000)
"""


@dataclass(frozen=True, slots=True)
class Function:
    """`beside` is what else the function is made of, besides clients of AWS."""

    handler: str
    clients: tuple[str, ...]
    layers: tuple[str, ...] = ("base",)
    beside: str = ""

    @property
    def unavoidable(self) -> str:
        return AWS.format(clients=self.clients) + self.beside


PROVIDER = {
    "kind": "openai",
    "name": "openai",
    "base_url": None,
    "region": None,
    "models": {"small": "s", "large": "l", "embedding": "e"},
    "capabilities": {
        "tools": True,
        "strict_tools": True,
        "reasoning_effort": None,
        "temperature": None,
        "stream_usage": True,
    },
}
SPEND = {
    "person_day": "1",
    "person_month": "10",
    "deployment_day": "20",
    "deployment_month": "200",
    "warn_at": "0.8",
    "exempt": [],
}
ENVIRONMENT = {
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "POWERTOOLS_SERVICE_NAME": "switchboard",
    "POWERTOOLS_METRICS_NAMESPACE": "Switchboard",
    "PEOPLE_TABLE": "people",
    "CONVERSATIONS_TABLE": "conversations",
    "TURNS_TOPIC": "arn:aws:sns:us-east-1:123456789012:turns",
    "REPLIES_TOPIC": "arn:aws:sns:us-east-1:123456789012:replies",
    "TURNS_QUEUE_URL": "http://127.0.0.1:9/turns",
    "CONNECTIONS_URL": "http://127.0.0.1:9/prod",
    "ERRANDS_QUEUE_URL": "http://127.0.0.1:9/errands",
    "MODEL": json.dumps({"providers": [PROVIDER], "timeout_seconds": 60, "first_token_seconds": 20}),
    "COUNTRIES": "US",
    "SPEND": json.dumps(SPEND),
    "MODEL_SECRET": "arn:aws:secretsmanager:us-east-1:123456789012:secret:one",
    "ORIGINATION": "+12065550100",
    "CONFIGURATION_SET": "switchboard",
    "MAX_PRICE": "0.50",
    "USER_POOL_CLIENT": "client",
    "SOCKET_URL": "ws://127.0.0.1:9/prod",
    "SIGN_INS": '{"address": 20, "guesses": 5, "name": 60}',
    "DEAD_LETTERS": "{}",
    "EXPORTS_BUCKET": "exports",
    "RECORDINGS_BUCKET": "recordings",
    "CALLS_TABLE": "calls",
    "SKILLS": '{"tasks": {"records": "tasks"}, "calls": {"records": "calls", "files": "recordings"}}',
    "TRANSCRIBER": Calls().transcriber.to_json(),
    "CDN_SECRET": "arn:aws:secretsmanager:us-east-1:123456789012:secret:one",
    "TRANSCRIBER_SECRET": "arn:aws:secretsmanager:us-east-1:123456789012:secret:one",
    "TRANSCRIPTS_SECRET": "arn:aws:secretsmanager:us-east-1:123456789012:secret:one",
    "MACHINE": "arn:aws:states:us-east-1:123456789012:stateMachine:calls",
    "REPLIES_QUEUE_URL": "http://127.0.0.1:9/replies",
    "ATTEMPTS": "12",
    "DOWNLOADS_URL": "http://127.0.0.1:9",
    "USER_POOL": "pool",
    "WAKEUPS": '{"group": "people", "queue": "arn:queue", "role": "arn:role"}',
    "LINK_WAIT_HOURS": "24",
}

FUNCTIONS = (
    Function(
        "switchboard.channels.sms.handlers.receive", ("dynamodb", "sns"), beside="\nimport phonenumbers\n"
    ),
    Function("switchboard.channels.web.handlers.receive", ("apigatewaymanagementapi", "dynamodb", "sns")),
    Function("switchboard.channels.web.handlers.authorize", ("dynamodb",)),
    Function(
        "handlers.converse",
        ("sns", "sqs", "dynamodb", "apigatewaymanagementapi", "secretsmanager"),
        ("base", "model"),
        OPENAI,
    ),
    Function("switchboard.channels.sms.handlers.deliver", ("pinpoint-sms-voice-v2", "dynamodb")),
    Function("switchboard.channels.sms.handlers.delivery_events", ("dynamodb",)),
    Function("handlers.sweep_overdue", ("dynamodb", "sns")),
    Function(
        "handlers.run_job", ("dynamodb", "s3", "sns", "sqs", "cognito-idp", "scheduler"), ("base", "model")
    ),
    Function(
        "switchboard.skills.calls.handlers.start",
        ("dynamodb", "s3", "sns", "apigatewaymanagementapi", "stepfunctions"),
    ),
    Function(
        "switchboard.skills.calls.handlers.transcribe",
        ("dynamodb", "s3", "apigatewaymanagementapi", "secretsmanager"),
        ("base", "model"),
        HTTP,
    ),
    Function(
        "switchboard.skills.calls.handlers.receive_transcript",
        ("dynamodb", "s3", "apigatewaymanagementapi", "secretsmanager", "stepfunctions"),
    ),
    Function(
        "switchboard.skills.calls.handlers.poll_transcript",
        ("dynamodb", "s3", "apigatewaymanagementapi", "secretsmanager"),
        ("base", "model"),
        HTTP,
    ),
    Function("switchboard.skills.calls.handlers.plan", ("dynamodb", "s3", "apigatewaymanagementapi")),
    Function(
        "switchboard.skills.calls.handlers.analyze",
        ("dynamodb", "s3", "secretsmanager"),
        ("base", "model"),
        OPENAI,
    ),
    Function(
        "switchboard.skills.calls.handlers.finish",
        ("dynamodb", "s3", "sns", "apigatewaymanagementapi", "secretsmanager"),
        ("base", "model"),
        OPENAI,
    ),
    Function("switchboard.skills.calls.handlers.fail", ("dynamodb", "s3", "sns", "apigatewaymanagementapi")),
    Function("handlers.api", ("cognito-idp", "dynamodb"), ("base", "api"), FASTAPI),
)


def rows() -> Iterator[str]:
    yield f"cold start of each function (median of {RUNS}; budget {BUDGET} times what it cannot avoid)"
    with TemporaryDirectory() as folder:
        unpacked = Path(folder)
        _unpack(unpacked)
        for function in FUNCTIONS:
            yield _row(function, _paths(function, unpacked))


def _unpack(into: Path) -> None:
    for name in {name for function in FUNCTIONS for name in function.layers}:
        ZipFile(layer_bundle(name, "local").path).extractall(into / name)
    ZipFile(code_bundle("local").path).extractall(into / "code")


def _row(function: Function, paths: list[str]) -> str:
    ours, floor = _interleaved(OURS.format(handler=function.handler), function.unavoidable, paths)
    ratio = ours / floor
    mark = "✓" if ratio <= BUDGET else "✗"
    measured = f"{ours:6.0f} ms, unavoidable {floor:5.0f} ms, ratio {ratio:.2f}"
    return f"  {mark} {function.handler:<18}{measured}"


def _paths(function: Function, unpacked: Path) -> list[str]:
    """As Lambda orders them: our code, then the layers, then the runtime's own packages."""
    layers = [str(unpacked / name / "python") for name in function.layers]
    return [str(unpacked / "code"), *layers, str(RUNTIME.resolve())]


def _interleaved(ours: str, floor: str, paths: list[str]) -> tuple[float, float]:
    """Medians in milliseconds; taken in turns, so that a busy moment hits both."""
    pairs = [(_once(ours, paths), _once(floor, paths)) for _ in range(RUNS)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def _once(code: str, paths: list[str]) -> float:
    script = TIMED.format(paths=paths, code=code)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[-1])
