"""What a webhook costs that nobody we know has sent, and what is odd in one that somebody has."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

import boto3
import pytest
from switchboard.adapters import cached_secret
from switchboard.skills.calls.handlers import receive_transcript
from switchboard.skills.calls.transcription.webhook import sign

from tests.handlers.cloud import Cloud

SECRET = "wsec_1"
HALF = "\ud800"
ODD: tuple[object, ...] = (
    *(
        None,
        True,
        0,
        1.5,
        -1,
        [],
        ["c1"],
        {},
        {"call": "c1"},
        "",
        " ",
        "\x00",
        "c\n1",
        "c1\x7f",
        HALF,
        f"c1{HALF}",
    ),
    *("x" * 65, "x" * 3_000, "x" * 100_000, "é", "../c1", "CALL#c1", "\u202ec1", 10**300),
)


@pytest.fixture(autouse=True)
def reads(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every secret that was read."""
    keeper = boto3.client("secretsmanager")
    arn = keeper.create_secret(Name="one", SecretString="of nobody")["ARN"]
    keeper.put_secret_value(SecretId=arn, SecretString=SECRET, VersionStages=["transcripts"])
    monkeypatch.setenv("TRANSCRIPTS_SECRET", arn)
    found: list[str] = []
    real = cached_secret.CachedSecret._read

    def counted(kept: cached_secret.CachedSecret) -> str:
        found.append(kept.label)
        return real(kept)

    monkeypatch.setattr(cached_secret.CachedSecret, "_read", counted)
    return found


def status(raw: str, signature: str) -> int:
    told: Mapping[str, Any] = receive_transcript.handler(
        {"body": raw, "headers": {"elevenlabs-signature": signature}}, None
    )
    return int(told["statusCode"])


def signed(raw: str) -> int:
    return status(raw, sign(raw.encode("utf-8", "surrogatepass"), secret=SECRET, now=int(time.time())))


def bringing(call: object, **data: object) -> str:
    return json.dumps({"data": {"webhook_metadata": {"call": call}, "transcription": {"words": []}, **data}})


def test_a_hundred_forged_webhooks_cost_one_read_of_the_secret(reads: list[str]) -> None:
    forged = sign(b"something else", secret="another", now=int(time.time()))
    assert {status("{}", forged) for _ in range(100)} == {401}
    assert reads == ["transcripts"]


def test_a_signature_that_is_none_costs_no_more(reads: list[str]) -> None:
    odd = ("", "t=,v0=", "v0=0", "t=1,v0=\u00e9", f"t=1,v0={HALF}", "t=" + "9" * 5_000, ",=" * 5_000)
    assert {status(body, signature) for body in ("{}", "", HALF) for signature in odd} == {401}
    assert reads == ["transcripts"]


def test_a_call_of_an_odd_id_is_refused_as_a_bad_request() -> None:
    assert {repr(odd)[:40]: signed(bringing(odd)) for odd in ODD} == {repr(odd)[:40]: 400 for odd in ODD}


def test_half_a_surrogate_pair_as_it_is_is_refused_as_a_bad_request() -> None:
    assert signed(json.dumps({"data": {"webhook_metadata": {"call": HALF}}}, ensure_ascii=False)) == 400
