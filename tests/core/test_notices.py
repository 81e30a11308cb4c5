"""Notices that belong to no turn: seldom to each address, and out of everybody's cap."""

from dataclasses import dataclass, field, replace

from switchboard.core.spend.ledger import SpendCaps, day_of
from switchboard.core.spend.notices import TOLD_ONCE_IN_MS, Notices

from tests.examples import ADAS_PHONE
from tests.fakes.clock import EPOCH_MS
from tests.fakes.desk import BOOK
from tests.fakes.ledger import EVERYBODY, FakeLedger
from tests.fakes.throttle import FakeThrottle

PENNY = 10_000


@dataclass
class Board:
    caps: SpendCaps = field(default_factory=lambda: SpendCaps(10 * PENNY, 10 * PENNY))
    ledger: FakeLedger = field(default_factory=FakeLedger)

    def __post_init__(self) -> None:
        self.notices = Notices(
            throttle=FakeThrottle(), ledger=self.ledger, caps=self.caps, prices=BOOK, parts=2
        )

    @property
    def drawn(self) -> int:
        return self.ledger.standing(EVERYBODY, day_of(EPOCH_MS)).day.committed


def test_an_address_is_told_once_in_a_span_and_others_all_the_same() -> None:
    tell, other = Board().notices.may_tell, replace(ADAS_PHONE, value="+12065550151")
    told = [
        tell(ADAS_PHONE, EPOCH_MS),
        tell(ADAS_PHONE, EPOCH_MS + TOLD_ONCE_IN_MS - 1),
        tell(other, EPOCH_MS),
        tell(ADAS_PHONE, EPOCH_MS + TOLD_ONCE_IN_MS),
    ]
    assert told == [True, False, True, True]


def test_what_is_told_is_drawn_once_from_everybodys_cap() -> None:
    board = Board()
    for _ in range(3):
        board.notices.may_tell(ADAS_PHONE, EPOCH_MS)
    assert board.drawn == 2 * PENNY


def test_nobody_is_told_beyond_everybodys_cap() -> None:
    board = Board(caps=SpendCaps(5 * PENNY, 10 * PENNY))
    people = [replace(ADAS_PHONE, value=f"+1206555015{number}") for number in range(4)]
    assert [board.notices.may_tell(each, EPOCH_MS) for each in people] == [True, True, False, False]
    assert board.drawn == 4 * PENNY
