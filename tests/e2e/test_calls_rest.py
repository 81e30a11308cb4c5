"""Calls over REST on the deployed stacks, with IAM enforced: from an upload to insights, and away again."""

from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from local.endpoints import Endpoints
from tests.api.recorded import PROFILE
from tests.e2e.page import Account
from tests.e2e.patience import eventually
from tests.e2e.recordings import Studio, studio_of


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who uses the API as the page does; files go to the bucket by the links that it gives."""

    account: Account

    def ask(self, method: str, path: str, body: object = None) -> httpx2.Response:
        headers = {"authorization": f"Bearer {self.account.token}"}
        return self.account.http.request(method, path, json=body, headers=headers)

    def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        return self.ask("GET", path).raise_for_status().json()

    def post(self, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        return self.ask("POST", path, body).raise_for_status().json()

    def opened(self, audio: bytes) -> str:
        wanted = {
            "file_name": "service call.wav",
            "content_type": "audio/wav",
            "size": len(audio),
            "metadata": {"title": "Service"},
            "consent": True,
        }
        return str(self.post("calls", wanted)["id"])

    def uploaded(self, audio: bytes) -> str:
        call = self.opened(audio)
        form = self.post(f"calls/{call}/upload-url")
        answer = httpx2.post(
            form["url"],
            data=form["fields"],
            files={"file": ("call.wav", audio, "audio/wav")},
            trust_env=False,
        )
        assert answer.status_code == 204, answer.text
        return call

    def ended(self, call: str, *, analyses: int = 1) -> Any:  # noqa: ANN401 - JSON
        def there() -> Any:  # noqa: ANN401 - JSON
            found = self.get(f"calls/{call}")
            assert found["status"] != "Failed", found["reason"]
            done = found["status"] == "Completed" and len(found["analyses"]) == analyses
            return found if done else None

        return eventually(there, what="a call that is Completed", seconds=90)


@pytest.fixture
def caller(account: Account) -> Caller:
    return Caller(account)


@pytest.fixture
def studio(endpoints: Endpoints, account: Account) -> Studio:
    return studio_of(endpoints.access, account.person())


def kept(studio: Studio, call: str) -> list[str]:
    """Every version of every file of a call."""
    client, bucket = studio.blobs.client, studio.blobs.bucket
    found = client.list_object_versions(Bucket=bucket)
    each = (*found.get("Versions", []), *found.get("DeleteMarkers", []))
    return [item["Key"] for item in each if f"/{call}/" in item["Key"]]


def test_a_recording_is_uploaded_read_searched_analysed_again_and_deleted(
    caller: Caller, studio: Studio, service_call: bytes
) -> None:
    call = caller.uploaded(service_call)
    done = caller.ended(call)
    assert (done["speakers"], done["words"]) == (2, 127)
    assert done["talk"]["shares"]
    audio = httpx2.get(done["audio"]["url"], trust_env=False)
    assert (audio.status_code, audio.content[:4]) == (200, b"RIFF")
    assert httpx2.get(done["transcript"]["url"], trust_env=False).json()["lines"]
    lines = caller.get(f"calls/{call}/transcript")["items"]
    word = next(each for each in lines[0]["text"].split() if len(each) > 4).strip(".,?!")
    assert caller.get(f"calls/{call}/search?q={word}")["items"][0]["n"] == 0
    found = caller.get(f"calls/{call}/analyses/latest")
    assert (found["profile_name"], found["quotes_verified"] > 0) == ("Standard", True)
    assert [line["id"] for line in caller.get("calls?q=service&status=Completed")["items"]][:1] == [call]
    assert caller.ask("POST", f"calls/{call}/reanalyze", {"profile": "standard"}).status_code == 202
    again = caller.ended(call, analyses=2)
    assert again["history"][-2]["status"] == "Analyzing"
    assert caller.ask("DELETE", f"calls/{call}").status_code == 204
    assert caller.ask("GET", f"calls/{call}").status_code == 404
    assert kept(studio, call) == []


def test_a_recording_comes_in_parts(caller: Caller, service_call: bytes) -> None:
    call = caller.opened(service_call)
    parts = caller.post(f"calls/{call}/parts", {"numbers": [1]})
    assert (parts["count"], parts["missing"]) == (1, [1])
    assert caller.ask("POST", f"calls/{call}/parts/finish").status_code == 409
    put = httpx2.put(parts["links"]["1"], content=service_call, trust_env=False)
    assert put.status_code == 200, put.text
    assert caller.post(f"calls/{call}/parts", {"numbers": []})["missing"] == []
    assert caller.ask("POST", f"calls/{call}/parts/finish").status_code == 202
    assert caller.ended(call)["words"] == 127


def test_a_profile_is_saved_tried_published_and_used(caller: Caller, service_call: bytes) -> None:
    call = caller.uploaded(service_call)
    caller.ended(call)
    assert caller.post("profiles/validate", PROFILE)["ok"]
    version = caller.post("profiles", PROFILE)["version"]
    assert caller.ask("POST", "profiles/renewals/try", {"version": version, "call": call}).status_code == 202
    tried = caller.ended(call, analyses=2)["analyses"][0]
    assert (tried["profile_name"], tried["trial"]) == ("Renewals", True)
    assert caller.post("profiles/renewals/publish", {"version": version})["published"] == version
    assert caller.ask("POST", f"calls/{call}/reanalyze", {"profile": "renewals"}).status_code == 202
    used = caller.ended(call, analyses=3)
    assert (used["analyses"][0]["trial"], used["profile"]["profile"]) == (False, "renewals")
    assert caller.get(f"calls/{call}/analyses/latest")["values"]["summary"]


def test_whoever_is_forgotten_leaves_no_call_behind(
    caller: Caller, studio: Studio, service_call: bytes
) -> None:
    call = caller.uploaded(service_call)
    caller.ended(call)
    unfinished = caller.opened(service_call)
    caller.post(f"calls/{unfinished}/parts", {"numbers": [1]})
    erasure = caller.post("erasures", {"confirm": "erase everything"})["id"]

    def erased() -> Any:  # noqa: ANN401 - JSON
        found = caller.get(f"erasures/{erasure}")
        return found["erased"] if found["state"] == "done" else None

    counts = eventually(erased, what="an erasure that is done", seconds=90)
    assert counts["files of calls"] == 3
    assert (kept(studio, call), kept(studio, unfinished)) == ([], [])
    uploads = studio.blobs.client.list_multipart_uploads(Bucket=studio.blobs.bucket).get("Uploads", [])
    assert not any(unfinished in each["Key"] for each in uploads)
