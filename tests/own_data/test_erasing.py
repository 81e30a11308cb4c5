"""Erasing leaves no trace but what consent law needs, touches nobody else, and survives any crash."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
from switchboard.adapters.dynamo.table.items import pack
from switchboard.channels.sms.encoding import measure
from switchboard.core.conversation.store import Busy
from switchboard.core.jobs import Job
from switchboard.core.people.address import AccountErased
from switchboard.core.personal_data.erasure_job import LINKED, PATIENCE_MS, ErasureIncomplete, proof
from switchboard.core.personal_data.erasure_requests import Erasure, ErasureState
from switchboard.core.stored_data.reader import PersonScope

from tests.fakes.interruptions import Killed
from tests.own_data.house import TASKS, House
from tests.own_data.linked import link
from tests.own_data.mortal import Mortal
from tests.own_data.resident import Resident
from tests.own_data.traces import kept_by_law, left, owned
from tests.tables import PEOPLE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def erase(house: House, resident: Resident) -> Erasure:
    job = house.forget(resident.person, resident.phone)
    house.eraser().run(job)
    receipt = house.erasures.read(job.id)
    assert receipt
    return receipt


def scope(resident: Resident) -> PersonScope:
    return PersonScope((resident.person, resident.former), (resident.phone, resident.page))


def test_nothing_is_left_but_what_law_keeps(house: House, ada: Resident, bob: Resident) -> None:
    erase(house, ada)
    assert left(house, ada) == {}
    assert not any(key.startswith(ada.person) for key in house.objects())
    assert not any(trace in repr(house.dynamodb.scan(TableName=TASKS)) for trace in ada.traces)
    assert ada.name not in house.everything()
    assert ada.person not in repr(house.schedules.client.list_schedules()["Schedules"])
    assert bob.name in house.everything()


def test_everybody_else_is_left_as_they_were_to_the_byte(house: House, ada: Resident, bob: Resident) -> None:
    before, objects = owned(house, bob), [key for key in house.objects() if bob.person in key]
    kept = [list(store.entries(scope(bob))) for store in (house.tasks, house.wishes)]
    erase(house, ada)
    assert owned(house, bob) == before
    assert [list(store.entries(scope(bob))) for store in (house.tasks, house.wishes)] == kept
    assert list(map(len, kept)) == [2, 1]
    assert house.objects() == objects


def test_the_receipt_counts_what_is_gone_and_what_is_kept(house: House, ada: Resident) -> None:
    receipt = erase(house, ada)
    assert receipt.state is ErasureState.DONE
    assert receipt.erased
    assert {name: receipt.erased[name] for name in ("turns", "waiting messages", "deliveries")} == {
        "turns": 4,
        "waiting messages": 2,
        "deliveries": 2,
    }
    assert {name: receipt.erased[name] for name in ("accounts", "archives", "tickets", "profile")} == {
        "accounts": 1,
        "archives": 1,
        "tickets": 2,
        "profile": 1,
    }
    assert receipt.erased["records of tasks"] == 2
    assert receipt.erased["wake-ups"] == 1
    assert receipt.kept == {"consent entries": 2}


def test_the_receipt_says_nothing_of_whose_it_is(house: House, ada: Resident) -> None:
    receipt = erase(house, ada)
    stored = house.items()["people", f"RECEIPT#{receipt.id}", "RECEIPT"]
    assert not any(trace in repr(stored) for trace in ada.traces)


def test_whoever_asked_is_told_the_proof_and_so_is_every_open_page(house: House, ada: Resident) -> None:
    receipt = erase(house, ada)
    assert house.farewell.said == {receipt.id: (ada.phone, proof(receipt))}
    ((pages, text),) = house.farewell.shown
    assert ([page.connection for page in pages], text) == (["socket-adalovelace"], proof(receipt))


def test_a_record_of_a_kind_that_nobody_wrote_down_goes_with_its_person(house: House, ada: Resident) -> None:
    house.dynamodb.put_item(TableName=PEOPLE, Item=pack({"pk": f"PERSON#{ada.person}", "sk": "DIARY#1"}))
    receipt = erase(house, ada)
    assert left(house, ada) == {}
    assert (receipt.erased or {})["unknown records"] == 1


def test_only_the_account_that_asked_reads_its_receipt(house: House, ada: Resident, bob: Resident) -> None:
    erasure = house.erasure_service.request(ada.person, ada.page)
    assert house.erasure_service.look(erasure.id, account=ada.page) == erasure
    assert house.erasure_service.look(erasure.id, account=bob.page) is None
    assert house.erasure_service.look("unknown", account=ada.page) is None
    assert ada.page.value not in erasure.owner


def test_an_erasure_that_is_run_again_only_says_so_again(house: House, ada: Resident) -> None:
    job = house.forget(ada.person, ada.phone)
    house.eraser().run(job)
    before = house.items()
    house.eraser().run(job)
    assert house.items() == before


def test_asking_twice_is_one_erasure(house: House, ada: Resident) -> None:
    first = house.forget(ada.person, ada.phone)
    assert house.forget(ada.person, ada.page).id == first.id


def mortal(house: House, writes: int) -> "DynamoDBClient":
    return cast("DynamoDBClient", Mortal(house.dynamodb, writes))


def test_an_erasure_may_be_killed_after_every_write_and_goes_on(
    house: House, ada: Resident, bob: Resident
) -> None:
    """It is killed after its first write, then after its second: each life comes one write further."""
    before = owned(house, bob)
    job, lives = house.forget(ada.person, ada.phone), 0
    for lives in range(100):
        try:
            house.eraser(mortal(house, lives)).run(job)
        except Killed:
            continue
        break
    receipt = house.erasures.read(job.id)
    assert receipt
    assert (receipt.state, lives > 8) == (ErasureState.DONE, True)
    assert (receipt.erased or {})["turns"] == 4
    assert receipt.kept == {"consent entries": 2}
    assert left(house, ada) == {}
    assert owned(house, bob) == before


def test_somebody_who_opted_out_is_not_told_and_stays_opted_out(house: House, ada: Resident) -> None:
    house.say(ada.phone, "STOP")
    receipt = erase(house, ada)
    assert house.farewell.said == {}
    assert receipt.kept == {"consent entries": 3, "opt-outs": 1}
    house.say(ada.phone, "hello again")
    fresh = house.people.behind(ada.phone)
    held = house.conversations.acquire(house.hold(fresh), now_ms=0, until_ms=0)
    assert held
    assert str(ada.phone) in held.opted_out & held.told
    assert ("people", f"ADDRESS#{ada.phone}", "STANDING") not in house.items()


def test_whoever_comes_back_with_start_is_welcome(house: House, ada: Resident) -> None:
    house.say(ada.phone, "STOP")
    erase(house, ada)
    message = house.say(ada.phone, "START")
    held = house.conversations.acquire(house.hold(message.person), now_ms=0, until_ms=0)
    assert held
    assert held.opted_out == frozenset()


def test_an_opt_out_survives_being_erased_twice(house: House, ada: Resident) -> None:
    house.say(ada.phone, "STOP")
    erase(house, ada)
    house.say(ada.phone, "hello again")
    house.clock.advance(60)
    job = house.forget(house.people.behind(ada.phone), ada.phone)
    house.eraser().run(job)
    assert house.items()["people", f"ADDRESS#{ada.phone}", "STANDING"]["opted_out"] is True


def test_what_is_kept_ends_after_five_years(house: House, ada: Resident) -> None:
    house.say(ada.phone, "STOP")
    erase(house, ada)
    kept = [item for key, item in house.items().items() if key[1] == f"ADDRESS#{ada.phone}"]
    years = [(item["expires"] - house.clock.now_ms() // 1000) / (365 * 24 * 3600) for item in kept]
    assert len(years) == 4
    assert all(4.99 < each <= 5 for each in years)


def test_every_shell_that_is_left_is_empty_and_ends(house: House, ada: Resident) -> None:
    erase(house, ada)
    shells = [item for item in house.items().values() if "buried" in item]
    assert len(shells) == 2
    assert all(kept_by_law(("conversations", each["pk"], "STATE"), each) for each in shells)


def test_a_reply_that_is_being_made_may_be_finished_first(house: House, ada: Resident) -> None:
    job = house.forget(ada.person, ada.phone)
    lease = house.hold(ada.person)
    with pytest.raises(Busy):
        house.eraser().run(job)
    house.conversations.let_go(lease)
    house.eraser().run(job)
    assert left(house, ada) == {}


def test_patience_ends_after_a_minute(house: House, ada: Resident) -> None:
    job = house.forget(ada.person, ada.phone)
    lease = house.hold(ada.person)
    house.clock.advance(PATIENCE_MS / 1000)
    house.conversations.renew(lease, until_ms=house.clock.now_ms() + 30_000)
    house.eraser().run(job)
    assert left(house, ada) == {}


def test_whoever_was_linked_meanwhile_is_not_erased(house: House, ada: Resident, bob: Resident) -> None:
    job = house.forget(ada.person, ada.phone)
    link(house, bob.phone, ada.phone)
    house.eraser().run(job)
    receipt = house.erasures.read(job.id)
    assert receipt
    assert receipt.state is ErasureState.FAILED
    assert house.farewell.said == {job.id: (ada.phone, LINKED)}
    assert ada.name in house.everything()


def test_a_token_of_an_erased_account_introduces_nobody(house: House, ada: Resident) -> None:
    erase(house, ada)
    before = house.items()
    with pytest.raises(AccountErased):
        house.people.behind(ada.page)
    assert house.items() == before


def test_what_was_missed_stops_the_erasure_before_its_index_goes(house: House, ada: Resident) -> None:
    job, eraser = house.forget(ada.person, ada.phone), house.eraser()

    class Idle:
        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whichever method it is
            return (lambda _: None) if name == "take" else getattr(eraser.estate, name)

    with pytest.raises(ErasureIncomplete):
        replace(eraser, estate=Idle()).run(job)
    assert ("people", f"PERSON#{ada.person}", "PROFILE") in house.items()
    house.eraser().run(job)
    assert left(house, ada) == {}


def test_an_erasure_that_was_given_up_says_so_and_can_still_be_done(house: House, ada: Resident) -> None:
    job = house.forget(ada.person, ada.phone)
    house.eraser().give_up(job)
    failed = house.erasures.read(job.id)
    assert failed
    assert (failed.state, failed.erased) == (ErasureState.FAILED, None)
    house.eraser().run(job)
    assert left(house, ada) == {}


def test_an_errand_without_a_receipt_does_nothing(house: House, ada: Resident) -> None:
    before = house.items()
    house.eraser().run(Job("erase", "unknown", ada.person, ada.phone))
    assert house.items() == before


def test_the_proof_fits_one_text_message() -> None:
    kept = {"consent entries": 12, "opt-outs": 1}
    told = proof(Erasure("0" * 24, 0, "", ErasureState.DONE, {"turns": 12_345}, kept))
    assert measure(told).parts == 1
