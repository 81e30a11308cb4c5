"""One laptop for the whole suite: ports and a folder of its own, IAM enforced, the fixed grammar as model."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import httpx2
import pytest

from local.cloud import CLIENT, outputs
from local.endpoints import Endpoints
from local.interrupts import Interrupts
from local.laptop import Laptop, Wishes
from local.places import Places
from local.processes import Crew
from local.recordings.recording import espeak, record
from local.recordings.scripts import SERVICE
from local.seed import seed_person
from local.steps import Steps
from local.web import client
from tests.e2e.inside import Inside, inside_of
from tests.e2e.outside import Phone, World
from tests.e2e.page import Account
from tests.e2e.queues import Queues

HERE = Path(__file__).parent
LATE = ("test_crowd.py", "test_nothing_is_left.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sockets are allowed; the crowd meets warm functions; what looks back at the whole run is last."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.enable_socket)
    items.sort(key=lambda item: LATE.index(item.path.name) if item in ours and item.path.name in LATE else -1)


@pytest.fixture(scope="session")
def endpoints(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    places = Places(tmp_path_factory.mktemp("laptop"))
    places.clear()
    with Interrupts() as interrupts, Crew(places, interrupts) as crew:
        yield Laptop(Wishes(strict=True), places, crew, Steps()).bring_up()


@pytest.fixture(scope="session")
def rested_world(endpoints: Endpoints) -> Iterator[World]:
    with client(endpoints.world) as http:
        yield World(http)


@pytest.fixture
def world(rested_world: World) -> Iterator[World]:
    yield rested_world
    rested_world.heal()


@pytest.fixture(scope="session")
def inside(endpoints: Endpoints) -> Inside:
    return inside_of(endpoints.access)


@pytest.fixture(scope="session")
def queues(endpoints: Endpoints) -> Queues:
    return Queues(endpoints.access.session().client("sqs", endpoint_url=endpoints.aws, config=CLIENT))


@pytest.fixture(scope="session")
def line() -> Iterator[int]:
    """Numbers nobody has used yet, +12065550101 and up."""
    return count(101)


@pytest.fixture
def new_phone(world: World, line: Iterator[int]) -> Callable[[], Phone]:
    return lambda: Phone(world, f"+1206555{next(line):04d}")


@pytest.fixture
def phone(new_phone: Callable[[], Phone]) -> Phone:
    """Of somebody who has been told what answers."""
    return new_phone().introduced()


@pytest.fixture(scope="session")
def new_account(endpoints: Endpoints) -> Iterator[Callable[[], Account]]:
    """Somebody new who has signed in."""
    names = (f"person-{n}" for n in count(1))
    found = outputs(endpoints.access)
    with client(endpoints.http_api) as http:

        def sign_up() -> Account:
            person = seed_person(endpoints.access, found, username=next(names))
            credentials = {"username": person.username, "password": person.password}
            token = http.post("login", json=credentials).raise_for_status().json()["token"]
            return Account(http, endpoints.websocket, token)

        yield sign_up


@pytest.fixture
def account(new_account: Callable[[], Account]) -> Account:
    return new_account()


@pytest.fixture(scope="session")
def service_call(endpoints: Endpoints) -> bytes:
    """Two voices on a boiler, of which the transcriber is told."""
    made = record(SERVICE, espeak())
    told = made.sidecar.model_dump(mode="json")
    httpx2.put(
        f"{endpoints.world}/transcriber/recordings/{made.sidecar.sha256}", json=told, trust_env=False
    ).raise_for_status()
    return made.audio
