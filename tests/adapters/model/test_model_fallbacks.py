"""When a provider fails, the next one answers, unless somebody has begun to speak."""

import logging

import httpx2
import pytest
from switchboard.adapters.model.circuit_breaker import Breaker
from switchboard.core.errors import ModelInterrupted, ModelRefused, ModelUnavailable

from tests.adapters.model.fake_provider import (
    ASK,
    Answering,
    Clock,
    Providers,
    chunk,
    failing,
    refusing,
    said,
    streaming,
    words,
)

GOOD = streaming(words("hello"))
BUSY = refusing(429, retry_after="60")
BREAKS_OFF = streaming([chunk({"content": "hel"})], httpx2.ReadError("reset"))


def test_the_first_provider_that_works_answers() -> None:
    providers = Providers({"a": [GOOD], "b": [GOOD]})
    assert said(providers.model.stream(ASK)) == "hello"
    assert providers.asked == ["a"]


@pytest.mark.parametrize(
    "broken",
    [
        BUSY,
        refusing(400),
        refusing(401),
        refusing(403),
        failing(httpx2.ReadTimeout("slow")),
        streaming([chunk({"role": "assistant"})], httpx2.ReadTimeout("stalled")),
    ],
)
def test_the_next_provider_is_asked_at_once_when_asking_again_would_not_help(broken: Answering) -> None:
    providers = Providers({"a": [broken], "b": [GOOD]})
    assert said(providers.model.stream(ASK)) == "hello"
    assert providers.asked == ["a", "b"]


@pytest.mark.parametrize(
    "hiccup",
    [
        refusing(429),
        refusing(503),
        refusing(500),
        failing(httpx2.ConnectError("refused")),
        failing(httpx2.RemoteProtocolError("the idle connection was closed")),
    ],
)
def test_a_passing_failure_is_tried_once_more_with_the_same_provider(hiccup: Answering) -> None:
    providers = Providers({"a": [hiccup, GOOD], "b": [GOOD]})
    assert said(providers.model.stream(ASK)) == "hello"
    assert providers.asked == ["a", "a"]
    lasting = Providers({"a": [hiccup], "b": [GOOD]})
    assert said(lasting.model.stream(ASK)) == "hello"
    assert lasting.asked == ["a", "a", "b"]


@pytest.mark.parametrize("retry_after", ["2.5", "-1", "Sat, 21 Nov 2026 15:00:00 GMT", "nan"])
def test_a_provider_that_asks_for_a_long_pause_is_left_alone(retry_after: str) -> None:
    providers = Providers({"a": [refusing(429, retry_after=retry_after)], "b": [GOOD]})
    assert said(providers.model.stream(ASK)) == "hello"
    assert providers.asked == ["a", "b"]


def test_nobody_takes_over_once_something_was_said() -> None:
    providers = Providers({"a": [BREAKS_OFF], "b": [GOOD]})
    with pytest.raises(ModelInterrupted, match="a broke off"):
        list(providers.model.stream(ASK))
    assert providers.asked == ["a"]


def test_when_all_fail_the_model_is_unavailable() -> None:
    with pytest.raises(ModelUnavailable):
        list(Providers({"a": [BUSY], "b": [refusing(401)]}).model.stream(ASK))


def test_when_all_refuse_the_request_it_is_refused() -> None:
    with pytest.raises(ModelRefused, match="the provider answered 400"):
        list(Providers({"a": [refusing(401)], "b": [refusing(400)]}).model.stream(ASK))


def test_a_refused_key_is_forgotten() -> None:
    providers = Providers({"a": [refusing(401)], "b": [GOOD]})
    list(providers.model.stream(ASK))
    assert providers.keys.forgotten == 1


def test_a_whole_answer_falls_back_too() -> None:
    body = {"choices": [{"index": 0, "finish_reason": "stop", "message": {"content": "hello"}}]}
    providers = Providers({"a": [BUSY], "b": [lambda _: httpx2.Response(200, json=body)]})
    assert providers.model.complete(ASK).text == "hello"
    with pytest.raises(ModelRefused):
        Providers({"a": [refusing(400)]}).model.complete(ASK)


def test_no_provider_is_begun_when_the_time_is_over() -> None:
    providers = Providers({"a": [BUSY], "b": [GOOD]})

    def slowly(request: httpx2.Request) -> httpx2.Response:
        providers.clock.now += 61
        return BUSY(request)

    providers.plan("a", slowly)
    with pytest.raises(ModelUnavailable):
        list(providers.model.stream(ASK))
    assert providers.asked == ["a"]


def test_a_provider_that_keeps_failing_rests_and_then_gets_one_trial() -> None:
    providers = Providers({"a": [BUSY], "b": [GOOD]})
    for _ in range(5):
        list(providers.model.stream(ASK))
    assert providers.asked == ["a", "b"] * 3 + ["b"] * 2
    providers.clock.now += 30
    list(providers.model.stream(ASK))
    list(providers.model.stream(ASK))
    assert providers.asked[8:] == ["a", "b", "b"]
    providers.clock.now += 30
    providers.plan("a", GOOD)
    list(providers.model.stream(ASK))
    list(providers.model.stream(ASK))
    assert providers.asked[11:] == ["a", "a"]


def test_when_every_provider_rests_nobody_is_asked() -> None:
    providers = Providers({"a": [BUSY]})
    for _ in range(3):
        with pytest.raises(ModelUnavailable, match="answered 429"):
            list(providers.model.stream(ASK))
    with pytest.raises(ModelUnavailable, match="every provider rests"):
        list(providers.model.stream(ASK))
    assert len(providers.asked) == 3


def test_a_request_that_is_refused_does_not_rest_a_healthy_provider() -> None:
    providers = Providers({"a": [refusing(400)]})
    for _ in range(5):
        with pytest.raises(ModelRefused):
            list(providers.model.stream(ASK))
    assert len(providers.asked) == 5


def test_an_answer_forgives_earlier_failures() -> None:
    breaker = Breaker(Clock(), failures=2)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()


def test_a_failure_is_logged_without_a_word_of_the_answer(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        list(Providers({"a": [refusing(401)], "b": [GOOD]}).model.stream(ASK))
    (record,) = caplog.records
    assert (record.__dict__["provider"], record.__dict__["reason"]) == ("a", "the provider answered 401")
