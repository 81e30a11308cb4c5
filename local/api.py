"""`make api`: the REST API under uvicorn, on the tables and queues of the laptop that is up.

It is the function's own app with the function's own environment; only tokens are verified here, since no
gateway stands before it.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import uvicorn
from fastapi import FastAPI
from handlers.api import Config
from switchboard.platform.config import load
from switchboard.runtime.rest_app import app

from local.cloud import CLIENT, REGION, LocalAws, outputs, tool_environment
from local.endpoints import read
from local.errors import LaptopError, NotUp
from local.places import OURS, Places
from local.ports import LOOPBACK, port_for
from local.tokens import Tokens

HANDLER = "handlers.api.handler"
USUAL_PORT = 4703


def main(arguments: Sequence[str] | None = None, *, places: Places = OURS) -> int:
    parser = argparse.ArgumentParser(prog="python -m local.api", description=__doc__)
    parser.add_argument("--port", type=int, help=f"usually {USUAL_PORT}")
    asked = parser.parse_args(arguments)
    try:
        port = port_for("the API", asked=asked.port, usual=USUAL_PORT)
        serve(aws_of(places), port)
    except LaptopError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def aws_of(places: Places) -> LocalAws:
    """Raises NotUp."""
    if not places.endpoints.exists():
        raise NotUp("No laptop is up here: `make up` starts one.")
    return read(places.endpoints).access


def serve(aws: LocalAws, port: int) -> None:
    """Until Ctrl-C. From here on every client of AWS in this process asks the laptop's."""
    os.environ.update(tool_environment(aws))
    print(f"The API answers at http://{LOOPBACK}:{port}; Ctrl-C stops it.", flush=True)
    uvicorn.run(made(aws), host=LOOPBACK, port=port, log_level="warning")


def made(aws: LocalAws) -> FastAPI:
    config = load(Config, environment_of(aws))
    return app(tokens(aws, config.user_pool_client).account, **asdict(config))


def environment_of(aws: LocalAws) -> Mapping[str, str]:
    """The function's variables as they were deployed. Raises NotUp."""
    client = aws.session().client("lambda", endpoint_url=aws.url, config=CLIENT)
    for page in client.get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            if function.get("Handler") == HANDLER:
                return function["Environment"]["Variables"]
    raise NotUp("The laptop has no API deployed: `make down`, then `make up`.")


def tokens(aws: LocalAws, client: str) -> Tokens:
    pool = outputs(aws)["UserPoolId"]
    issuer = f"https://cognito-idp.{REGION}.amazonaws.com/{pool}"
    return Tokens(issuer, client, keys=f"{aws.url}/{pool}/.well-known/jwks.json")


if __name__ == "__main__":
    raise SystemExit(main())
