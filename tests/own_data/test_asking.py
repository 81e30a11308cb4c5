"""Asking, by command: an export comes later, and nothing is erased that was not confirmed."""

from datetime import UTC, datetime
from typing import Protocol

import pytest
from switchboard.core.conversation.store import PACE_MS
from switchboard.core.errors import UserFacing
from switchboard.core.people.address import Address, PersonId
from switchboard.core.personal_data.erasure_requests import (
    CODE_SECONDS,
    ExpiredCode,
    LinkedElsewhere,
    NothingAsked,
    TooManyWrongCodes,
    WrongCode,
    forget_command,
)
from switchboard.core.personal_data.export_requests import COMING, export_command
from switchboard.core.skills.spec import ToolContext
from switchboard.core.verification_codes import ALPHABET, LENGTH, MOST_TRIES, NoCode

from tests.own_data.house import House
from tests.own_data.resident import Resident


class Say(Protocol):
    def __call__(self, rest: str = "", /, *, turn: str = "t-1") -> str: ...


def context(house: House, address: Address, turn: str) -> ToolContext:
    """A turn may still name whom somebody was before."""
    now = datetime.fromtimestamp(house.clock.now_ms() / 1000, UTC)
    return ToolContext(turn=turn, person=PersonId("before"), address=address, now=now, earlier=())


@pytest.fixture
def export(house: House, ada: Resident) -> Say:
    command = export_command(house.export_service, house.people)
    return lambda rest="", turn="t-1": command.run(rest, context(house, ada.phone, turn))


@pytest.fixture
def forget(house: House, ada: Resident) -> Say:
    command = forget_command(house.erasure_service, house.people)
    return lambda rest="", turn="t-1": command.run(rest, context(house, ada.phone, turn))


def test_an_export_is_promised_and_handed_over_for_the_address_that_asked(
    house: House, ada: Resident, export: Say
) -> None:
    assert export() == COMING
    (job,) = house.jobs.waiting
    assert (job.kind, job.person, job.address) == ("export", ada.person, ada.phone)


def test_a_turn_that_is_taken_up_again_asks_for_the_same_export(house: House, export: Say) -> None:
    export()
    export()
    assert len({job.id for job in house.jobs.waiting}) == 1


def test_forgetting_is_asked_for_twice(house: House, ada: Resident, forget: Say) -> None:
    assert "/forget K7QM-3XPD within 10 minutes" in forget()
    assert house.jobs.waiting == []
    told = forget("K7QM-3XPD")
    (job,) = house.jobs.waiting
    assert (job.kind, job.person, job.address) == ("erase", ada.person, ada.phone)
    assert job.id in told


@pytest.mark.parametrize("typed", ["K7QM3XPD", " k7qm-3xpd. ", "K7QM 3XPD!"])
def test_a_code_is_read_as_people_type_it(house: House, forget: Say, typed: str) -> None:
    forget()
    forget(typed)
    assert len(house.jobs.waiting) == 1


def refused(forget: Say, code: str, why: type[UserFacing], house: House) -> None:
    with pytest.raises(why, match=r"nothing was erased|send /forget again"):
        forget(code)
    assert house.jobs.waiting == []


def test_a_wrong_code_erases_nothing_and_leaves_the_right_one_good(house: House, forget: Say) -> None:
    forget()
    refused(forget, "ZZZZ-ZZZZ", WrongCode, house)
    forget("K7QM-3XPD")
    assert len(house.jobs.waiting) == 1


def test_after_five_wrong_codes_the_right_one_erases_nothing(house: House, forget: Say) -> None:
    forget()
    for number in range(MOST_TRIES):
        refused(forget, f"ZZZZ-ZZZ{number}", WrongCode, house)
    refused(forget, "K7QM-3XPD", TooManyWrongCodes, house)
    forget()
    forget("K7QM-3XPD")
    assert len(house.jobs.waiting) == 1


def test_whoever_only_writes_in_somebodys_name_cannot_guess_the_code(forget: Say) -> None:
    """Asking again gives five more tries each time, at one message in two seconds."""
    forget()
    tries_a_year = 365 * 24 * 3600 * 1000 / PACE_MS
    assert tries_a_year / len(ALPHABET) ** LENGTH < 0.0001
    with pytest.raises(NoCode):
        forget("4821")


def test_a_code_that_nobody_asked_for_erases_nothing(house: House, bob: Resident) -> None:
    command = forget_command(house.erasure_service, house.people)
    stranger = Address("sms", "+12065550199")
    with pytest.raises(NothingAsked):
        command.run("K7QM-3XPD", context(house, stranger, "t-1"))


def test_a_code_ends_after_ten_minutes(house: House, forget: Say) -> None:
    forget()
    house.clock.advance(CODE_SECONDS)
    refused(forget, "K7QM-3XPD", ExpiredCode, house)


def test_a_code_of_somebody_else_erases_nothing(house: House, bob: Resident, forget: Say) -> None:
    """Both were given the same digits: each is good for its own person."""
    forget()
    forget("K7QM-3XPD")
    assert all(job.person != bob.person for job in house.jobs.waiting)


def test_a_turn_that_is_taken_up_again_finds_its_erasure_under_way(house: House, forget: Say) -> None:
    forget()
    assert forget("K7QM-3XPD") == forget("K7QM-3XPD")
    assert len({job.id for job in house.jobs.waiting}) == 1


def test_whoever_ceased_cannot_be_erased_in_the_old_name(house: House, ada: Resident) -> None:
    with pytest.raises(LinkedElsewhere):
        house.erasure_service.request(ada.former, ada.phone)


def test_the_table_never_holds_a_code_that_could_be_used(house: House, forget: Say) -> None:
    forget()
    assert "K7QM" not in repr([item for item in house.items().values() if item["sk"] == "FORGET"])
