"""Each kind of provider is asked at its own address, with its own proof of who asks."""

import httpx2
import pytest
from openai import DefaultHttpx2Client
from switchboard.adapters.model.adapter import OpenAIModel
from switchboard.adapters.model.settings import Models, ModelSettings, Provider

from tests.adapters.model.fake_provider import ASK, Keys, streaming, words

MODELS = Models("s", "l", "e")


def asked_of(provider: Provider) -> tuple[httpx2.Request, Keys]:
    requests: list[httpx2.Request] = []
    keys = Keys()

    def answer(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        return streaming(words("hi"))(request)

    client = DefaultHttpx2Client(transport=httpx2.MockTransport(answer))
    list(OpenAIModel(ModelSettings((provider,)), keys, http_client=client).stream(ASK))
    (request,) = requests
    return request, keys


@pytest.fixture(autouse=True)
def misleading_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://elsewhere.example/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "from-the-environment")
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "from-the-environment")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test-id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test-secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "test-session")


@pytest.mark.parametrize(
    ("provider", "url"),
    [
        (Provider("openai", "main", MODELS), "https://api.openai.com/v1/chat/completions"),
        (
            Provider("azure", "main", MODELS, base_url="https://ours.openai.azure.com/openai/v1/"),
            "https://ours.openai.azure.com/openai/v1/chat/completions",
        ),
        (
            Provider("compatible", "main", MODELS, base_url="http://127.0.0.1:9/v1"),
            "http://127.0.0.1:9/v1/chat/completions",
        ),
    ],
)
def test_a_provider_with_a_key_is_asked_with_its_own(provider: Provider, url: str) -> None:
    request, keys = asked_of(provider)
    assert str(request.url) == url
    assert request.headers["authorization"] == "Bearer key-of-main"
    assert keys.asked == ["main"]


def test_bedrock_is_asked_with_the_credentials_of_the_role() -> None:
    request, keys = asked_of(Provider("bedrock", "main", MODELS, region="eu-west-1"))
    assert str(request.url) == "https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1/chat/completions"
    signature = request.headers["authorization"]
    assert signature.startswith("AWS4-HMAC-SHA256 Credential=test-id/")
    assert "/eu-west-1/bedrock/aws4_request" in signature
    assert request.headers["x-amz-security-token"] == "test-session"
    assert keys.asked == []
