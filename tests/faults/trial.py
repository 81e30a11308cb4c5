"""One run: the crowd talks while everything breaks; then it is let come to rest, and accounted for."""

import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.faults.accounts import Accounts, Books, account, books
from tests.faults.crowd import Crowd, callers
from tests.faults.deaths import Deaths
from tests.faults.echo import Echo
from tests.faults.ground import Ground
from tests.faults.weather import Weather, set_in, weather_at

TEXTS_A_PHONE = 5
MOST_PHONES = 400
SENDERS = 6
TICK_SECONDS = 0.15
SWEEP_SECONDS = 10.0
LOOK_SECONDS = 3.0
RARE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Plan:
    """`turns` to be had, deaths at `each` side of each step, `at_once` texts under way; seconds in all."""

    turns: int
    each: int
    at_once: int
    seconds: float
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    accounts: Accounts
    deaths: Deaths
    texts: int
    repeated: int
    redriven: int
    seconds: float


@dataclass(slots=True)
class Trial:
    ground: Ground
    plan: Plan
    tell: Callable[[str], None]
    redriven: int = 0
    _weather: Weather | None = None
    _began: float = field(default_factory=time.monotonic)
    _swept: float = 0.0

    def run(self) -> Result:
        ground, chance = self.ground, random.Random(self.plan.seed)  # noqa: S311 - to be had again
        phones = min(MOST_PHONES, max(20, self.plan.turns // TEXTS_A_PHONE))
        deaths = Deaths(ground.folder, self.plan.each)
        with ThreadPoolExecutor(SENDERS) as pool, self._echo(chance) as echo:
            crowd = Crowd(ground.world, callers(phones), self.plan.at_once, chance, pool)
            self._talk(crowd, deaths)
            self._kill_on(crowd, deaths)
            found = self._come_to_rest(crowd, deaths)
            return Result(
                accounts=account(crowd, found),
                deaths=deaths,
                texts=sum(1 for _ in crowd.texts()),
                repeated=echo.repeated,
                redriven=self.redriven,
                seconds=time.monotonic() - self._began,
            )

    def _echo(self, chance: random.Random) -> Echo:
        return Echo(self.ground.sns, self.ground.queues.sqs, self.ground.topics, chance)

    @property
    def _late(self) -> bool:
        return time.monotonic() - self._began > self.plan.seconds

    def _talk(self, crowd: Crowd, deaths: Deaths) -> None:
        while deaths.begun < self.plan.turns and not self._late:
            weather = weather_at(deaths.begun / self.plan.turns)
            self._change(weather, deaths)
            self._tick(crowd, deaths, deadly=weather.deadly)

    def _progress(self, deaths: Deaths, what: str) -> None:
        seconds, died = time.monotonic() - self._began, deaths.died.total()
        self.tell(f"{seconds:4.0f} s, turn {deaths.begun}, {died} deaths: {what}")

    def _kill_on(self, crowd: Crowd, deaths: Deaths) -> None:
        """A rare step may not have seen a death yet; but a step may also be too rare to wait for."""
        ends = time.monotonic() + RARE_SECONDS
        self._progress(deaths, "the rarest steps")
        while not deaths.died_everywhere and time.monotonic() < ends and not self._late:
            self._tick(crowd, deaths, deadly=True)
        deaths.disarm()

    def _tick(self, crowd: Crowd, deaths: Deaths, *, deadly: bool) -> None:
        deaths.look()
        if deadly:
            deaths.arm()
        crowd.listen()
        crowd.speak(deaths.kept)
        self._sweep()
        time.sleep(TICK_SECONDS)

    def _change(self, weather: Weather, deaths: Deaths) -> None:
        if weather is not self._weather:
            self._weather = weather
            self._progress(deaths, weather.name)
            deaths.disarm()
            set_in(weather, self.ground.world)

    def _come_to_rest(self, crowd: Crowd, deaths: Deaths) -> Books:
        """No new faults; the sweep goes on, and the operator redrives what was given up."""
        self._progress(deaths, "coming to rest")
        self.ground.world.heal()
        while True:
            deaths.look()
            crowd.listen()
            found = books(self.ground.inside)
            if self._late or (found.at_rest(crowd) and not self.ground.held()):
                return found
            self._sweep()
            self.redriven += self.ground.redrive()
            time.sleep(LOOK_SECONDS)

    def _sweep(self) -> None:
        if time.monotonic() - self._swept > SWEEP_SECONDS:
            self._swept = time.monotonic()
            self.ground.sweep()


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
