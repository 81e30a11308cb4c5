"""Calls are exported with what was heard and found in them, and erased with every version and part."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.own_data.test_erasing import erase, scope
from tests.tables import CALLS, RECORDINGS

if TYPE_CHECKING:
    from tests.own_data.house import House
    from tests.own_data.resident import Resident


def files_of(house: House, resident: Resident) -> set[str]:
    """Every version, delete marker and unfinished upload that lies under one of somebody's calls."""
    stored = house.s3.list_object_versions(Bucket=RECORDINGS)
    uploads = house.s3.list_multipart_uploads(Bucket=RECORDINGS).get("Uploads", [])
    found = (*stored.get("Versions", []), *stored.get("DeleteMarkers", []), *uploads)
    mine = resident.name.encode().hex()
    return {each["Key"] for each in found if mine in each["Key"]}


def test_an_export_has_calls_profiles_transcripts_and_analyses(house: House, ada: Resident) -> None:
    files = house.archive(ada.person, ada.export)
    records, texts = json.loads(files["calls.json"]), json.loads(files["call-files.json"])
    titles = [each["metadata"]["title"] for each in records if each["key"].startswith("CALL#")]
    assert sorted(titles) == [f"Renewal {ada.name}"] * 2 + [f"{ada.name} calls"] * 2
    assert any(each["key"].startswith("PROFILE#gist#") for each in records)
    contents = {each["key"].split("/")[-1]: each.get("content") for each in texts}
    assert contents["analysis-1.json"]["values"] == {"summary": f"They renew {ada.name}"}
    assert contents["transcript.json"]["lines"][1]["text"] == "I would like ten percent off."


def test_a_recording_is_named_and_fetched_from_the_page(house: House, ada: Resident) -> None:
    texts = json.loads(house.archive(ada.person, ada.export)["call-files.json"])
    recordings = [each for each in texts if each["key"].startswith("uploads/")]
    assert [(each["bytes"] > 0, each["where"]) for each in recordings] == [(True, "on the page: Calls")] * 2


def test_no_version_and_no_unfinished_upload_is_left(house: House, ada: Resident, bob: Resident) -> None:
    theirs = files_of(house, bob)
    house.s3.delete_object(Bucket=RECORDINGS, Key=min(files_of(house, ada)))
    erase(house, ada)
    assert files_of(house, ada) == set()
    assert files_of(house, bob) == theirs
    assert len(theirs) == 8


def test_what_leads_to_a_call_goes_with_it(house: House, ada: Resident, bob: Resident) -> None:
    receipt = erase(house, ada)
    keys = [item["pk"]["S"] for item in house.dynamodb.scan(TableName=CALLS)["Items"]]
    assert not any(ada.person in key or ada.name.encode().hex() in key for key in keys)
    assert any(bob.name.encode().hex() in key for key in keys)
    assert receipt.erased
    assert (receipt.erased["files of calls"], receipt.erased["records of calls"]) == (6, 8)


def test_a_person_without_calls_has_no_files(house: House, ada: Resident) -> None:
    erase(house, ada)
    assert list(house.call_files.entries(scope(ada))) == []
