"""An export holds everything of one person and nothing of another, and is fetched by a link that ends."""

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from switchboard.adapters.dynamo.personal_data.export_requests import DynamoExports
from switchboard.adapters.dynamo.table.items import pack
from switchboard.channels.sms.encoding import measure
from switchboard.core.jobs import Job
from switchboard.core.personal_data.export_job import DOWNLOAD_SECONDS, FAILED
from switchboard.core.personal_data.export_requests import (
    KEPT_SECONDS,
    ErasureInProgress,
    Export,
    ExportState,
)

from tests.fakes.interruptions import Killed
from tests.own_data.house import BUCKET, DOWNLOADS, House
from tests.own_data.mortal import Mortal
from tests.own_data.resident import Resident
from tests.tables import PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def told(house: House, resident: Resident) -> list[str]:
    """What we said by ourselves and waits to be delivered."""
    waiting = (
        item
        for (_, pk, sk), item in house.items().items()
        if pk == f"CONV#{resident.conversation}" and sk.startswith("WAIT#") and item["origin"] == "news"
    )
    return [item["text"] for item in waiting]


def test_an_export_has_what_was_said_on_every_channel_and_before_they_were_linked(
    house: House, ada: Resident
) -> None:
    script = house.archive(ada.person, ada.export)["conversation.txt"]
    assert "sms\nYou: adalovelace texts\nSwitchboard: adalovelace is answered" in script
    assert "web\nYou: adalovelace types\nSwitchboard: adalovelace reads" in script


def test_an_export_has_addresses_account_consent_spend_deliveries_and_former_selves(
    house: House, ada: Resident
) -> None:
    files = house.archive(ada.person, ada.export)
    read = {name: json.loads(text) for name, text in files.items() if name.endswith(".json")}
    assert {each["key"] for each in read["addresses.json"]} == {str(ada.phone), str(ada.page)}
    assert [each["username"] for each in read["account.json"]] == ["adalovelace"]
    assert [each["words"] for each in read["consent.json"]] == ["STOP", "START"]
    assert sum(float(each["spent"]) for each in read["spend.json"] if not each["moved"]) == 0.000126
    assert {each["part_state"] for each in read["deliveries.json"]} == {"sent", "unknown_after_send"}
    assert [each["key"] for each in read["former.json"]] == [ada.former]
    assert [each["text"] for each in read["waiting.json"]] == ["adalovelace waits"]
    assert [each["name"] for each in read["tasks.json"]] == ["adalovelace runs"] * 2
    assert [each["zone"] for each in read["wake-ups.json"]] == ["Europe/Oslo"]


def test_the_overview_names_every_file(house: House, ada: Resident) -> None:
    files = house.archive(ada.person, ada.export)
    assert all(name in files["README.txt"] for name in files.keys() - {"README.txt"})


def test_an_export_has_nothing_of_anybody_else(house: House, ada: Resident, bob: Resident) -> None:
    files = house.archive(bob.person, bob.export)
    assert not any(trace in repr(files) for trace in ada.traces)
    assert any(bob.name in text for text in files.values())


@pytest.mark.parametrize("secret", ["K7QM", "ticket-adalovelace", "GOODadalovelace", "socket-", "worker-"])
def test_an_export_holds_no_secret_of_ours(house: House, ada: Resident, secret: str) -> None:
    digests = [item["digest"] for item in house.items().values() if "digest" in item]
    files = repr(house.archive(ada.person, ada.export))
    assert digests
    assert not any(each in files for each in (secret, *digests))


def test_a_second_request_while_one_is_under_way_is_the_same_one(house: House, ada: Resident) -> None:
    first = house.export_service.request(ada.person, ada.phone, key="one")
    assert house.export_service.request(ada.person, ada.page, key="two").id == first.id
    assert house.export_service.request(ada.person, ada.page, key="one").id == first.id


def test_a_request_that_is_repeated_after_it_was_fulfilled_is_not_made_again(
    house: House, ada: Resident
) -> None:
    again = house.export_service.request(ada.person, ada.phone, key=ada.name)
    assert (again.id, again.state, house.jobs.waiting) == (ada.export, ExportState.DONE, [])


def test_one_that_was_given_up_makes_room_and_is_told(house: House, ada: Resident) -> None:
    first = house.export_service.request(ada.person, ada.phone, key="one")
    house.exporter.give_up(house.jobs.waiting.pop())
    assert FAILED in told(house, ada)
    assert house.export_service.request(ada.person, ada.phone, key="two").id != first.id


def test_one_that_nobody_ended_makes_room_after_an_hour(house: House, ada: Resident) -> None:
    first = house.export_service.request(ada.person, ada.phone, key="one")
    house.clock.advance(3601)
    assert house.export_service.request(ada.person, ada.phone, key="two").id != first.id


def test_the_link_is_told_once_and_fits_one_text_message(house: House, ada: Resident) -> None:
    """As long as AWS makes addresses, and a token of 128 bits."""
    house.exporter.run(Job("export", ada.export, ada.person, ada.phone))
    (text,) = told(house, ada)
    address = "https://abcdefghij.execute-api.ap-southeast-2.amazonaws.com/downloads"
    token = "A" * 22
    told_there = text.replace(DOWNLOADS, address).replace(text.split("/")[-1].split()[0], token)
    assert (text.startswith("Your export is ready ("), measure(told_there).parts) == (True, 1)


def test_a_token_leads_to_the_archive_until_it_expires(house: House, ada: Resident) -> None:
    token = told(house, ada)[0].split("/")[-1].split()[0]
    link = house.export_counter.fetch(token)
    assert link
    assert f"{BUCKET}" in link
    assert ada.export in link
    house.clock.advance(DOWNLOAD_SECONDS)
    assert house.export_counter.fetch(token) is None


def test_an_unknown_token_leads_nowhere(house: House, ada: Resident) -> None:
    assert house.export_counter.fetch("token-0") is None
    assert house.export_counter.fetch("\ud800") is None


def test_the_table_never_holds_a_token_that_could_be_used(house: House, ada: Resident) -> None:
    records = {key: item for key, item in house.items().items() if key[0] == PEOPLE}
    assert "token-" not in repr(records)


def test_whoever_asked_sees_how_it_stands_and_nobody_else(house: House, ada: Resident, bob: Resident) -> None:
    ready = house.export_counter.look(ada.person, ada.export)
    assert ready
    assert (ready.export.state, ready.url is not None) == (ExportState.DONE, True)
    assert house.export_counter.look(bob.person, ada.export) is None


def test_no_link_is_made_to_what_the_bucket_has_deleted(house: House, ada: Resident) -> None:
    house.clock.advance(KEPT_SECONDS)
    ready = house.export_counter.look(ada.person, ada.export)
    assert ready
    assert ready.url is None


def test_whoever_leaves_gets_no_more_exports(house: House, ada: Resident) -> None:
    house.forget(ada.person, ada.phone)
    with pytest.raises(ErasureInProgress):
        house.export_service.request(ada.person, ada.phone, key="late")


def test_an_export_may_be_killed_after_every_write_and_is_told_of_once(house: House, ada: Resident) -> None:
    before = len(told(house, ada))
    asked = house.export_service.request(ada.person, ada.phone, key="mortal")
    job, lives = house.jobs.waiting.pop(), 0
    for lives in range(20):
        client = cast("DynamoDBClient", Mortal(house.dynamodb, lives))
        mortal = replace(house.exporter, exports=DynamoExports(client, PEOPLE))
        with suppress(Killed):
            mortal.run(job)
            break
    assert lives == 2
    assert len(told(house, ada)) == before + 1
    assert house.archive(ada.person, asked.id)["README.txt"]
    assert house.export_service.request(ada.person, ada.phone, key="next").id != asked.id


def test_an_export_of_somebody_who_left_meanwhile_leaves_nothing(house: House, ada: Resident) -> None:
    house.export_service.request(ada.person, ada.phone, key="late")
    (late,) = house.jobs.waiting
    key = pack({"pk": f"PERSON#{ada.person}", "sk": f"EXPORT#{late.id}"})
    house.jobs.waiting.clear()

    def leave(*_: object, **__: object) -> None:
        house.dynamodb.delete_item(TableName=PEOPLE, Key=key)

    house.dynamodb.meta.events.register_last("after-call.dynamodb.Query", leave)
    house.exporter.run(late)
    assert [name for name in house.objects() if late.id in name] == []


def test_an_errand_for_an_export_that_nobody_asked_for_does_nothing(house: House, ada: Resident) -> None:
    before = house.items()
    house.exporter.run(Job("export", "unknown", ada.person, ada.phone))
    house.exporter.give_up(Job("export", "unknown", ada.person, ada.phone))
    assert house.items() == before


def test_an_export_is_there_for_a_day() -> None:
    assert Export("e", 0).expires_ms is None
    assert Export("e", 0, done_ms=5).expires_ms == 5 + KEPT_SECONDS * 1000
