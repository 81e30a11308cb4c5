"""A laptop for one trial: ports and a folder of its own, and nothing left of it afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from local.endpoints import Endpoints
from local.interrupts import Interrupts
from local.laptop import Laptop, Wishes
from local.places import Places
from local.processes import Crew
from local.steps import Steps


@contextmanager
def trial(steps: Steps, *, wishes: Wishes | None = None) -> Iterator[tuple[Endpoints, Places]]:
    """Raises LaptopError."""
    with TemporaryDirectory(prefix="switchboard-") as home, Interrupts() as interrupts:
        places = Places(Path(home))
        places.clear()
        with Crew(places, interrupts) as crew:
            yield Laptop(wishes or Wishes(), places, crew, steps).bring_up(), places
