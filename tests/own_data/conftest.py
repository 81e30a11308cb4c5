"""Two people with everything, side by side in one account, which each test finds as they moved in."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.own_data.building import build_house
from tests.own_data.house import House
from tests.own_data.resident import Resident, move_in
from tests.own_data.snapshot import Snapshot


@pytest.fixture(scope="module")
def moved_in() -> Iterator[Snapshot]:
    with mock_aws():
        house = build_house()
        residents = move_in(house, "adalovelace", "+12065550150"), move_in(house, "bobmarley", "+12065550151")
        yield Snapshot.of(house, residents)


@pytest.fixture
def house(moved_in: Snapshot) -> House:
    return moved_in.restored()


@pytest.fixture
def ada(house: House, moved_in: Snapshot) -> Resident:
    return moved_in.residents[0]


@pytest.fixture
def bob(house: House, moved_in: Snapshot) -> Resident:
    return moved_in.residents[1]
