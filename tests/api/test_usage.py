"""What one has spent agrees with the ledger, day by day and against the caps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from switchboard.adapters.dynamo.spend.ledger import settling
from switchboard.core.spend.ledger import Reservation, SpendCaps, SpendLimits, digest

from tests.api.site import Caller, Site
from tests.fakes.clock import EPOCH_MS
from tests.tables import PEOPLE

TODAY = datetime.fromtimestamp(EPOCH_MS / 1000, UTC).date()


def spend(site: Site, caller: Caller, amount: int, *, days_ago: int = 0) -> None:
    day = (TODAY - timedelta(days=days_ago)).isoformat()
    write = settling(PEOPLE, caller.person, Reservation(day), amount)
    site.dynamodb.transact_write_items(TransactItems=[write])  # type: ignore[list-item]


def test_a_new_person_has_spent_nothing_on_every_day(ada: Caller) -> None:
    usage = ada.get("/usage")
    assert usage["today"] == {"spent": "0.000000", "cap": "1.000000"}
    assert usage["month"] == {"spent": "0.000000", "cap": "10.000000"}
    assert (usage["resets"], usage["exempt"]) == ((TODAY + timedelta(days=1)).isoformat(), False)
    assert len(usage["days"]) == 30
    assert {day["spent"] for day in usage["days"]} == {"0.000000"}


def test_days_are_oldest_first_and_reach_over_months(site: Site, ada: Caller) -> None:
    for days_ago in (0, 1, 20, 80):
        spend(site, ada, 1000 + days_ago, days_ago=days_ago)
    days = {day["date"]: day["spent"] for day in ada.get("/usage", days=90)["days"]}
    assert list(days) == [(TODAY - timedelta(days=ago)).isoformat() for ago in reversed(range(90))]
    spent = {date: each for date, each in days.items() if each != "0.000000"}
    assert list(spent.values()) == ["0.001080", "0.001020", "0.001001", "0.001000"]


def test_today_and_the_month_are_sums_of_their_days(site: Site, ada: Caller) -> None:
    spend(site, ada, 7)
    spend(site, ada, 5)
    spend(site, ada, 3, days_ago=TODAY.day - 1)
    usage = ada.get("/usage")
    assert (usage["today"]["spent"], usage["month"]["spent"]) == ("0.000012", "0.000015")


def test_whoever_has_used_up_the_month_waits_for_the_next(site: Site, ada: Caller) -> None:
    spend(site, ada, 20_000_000)
    assert ada.get("/usage")["resets"] == "2027-02-01"


def test_whoever_is_exempt_has_no_caps(site: Site, ada: Caller) -> None:
    exempt = SpendLimits(SpendCaps(1, 1), SpendCaps(1, 1), exempt=frozenset({digest("web:account-ada")}))
    site.app.state.ports = replace(site.app.state.ports, limits=exempt)
    usage = ada.get("/usage")
    assert (usage["exempt"], usage["today"]["cap"], usage["month"]["cap"]) == (True, None, None)


@pytest.mark.parametrize("days", [0, 91, "all"])
def test_no_more_days_than_are_kept(ada: Caller, days: object) -> None:
    assert ada.http.get("/usage", params={"days": str(days)}).status_code == 422
