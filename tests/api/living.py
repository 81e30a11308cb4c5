"""A site with something of everything in it, for the tests that ask every route."""

from collections.abc import Iterator
from dataclasses import dataclass

import boto3
from moto import mock_aws
from switchboard.api.exports import EXAMPLE_ID
from switchboard.core.operations.stuck import Action, StuckItem
from switchboard.skills.calls.api.models import EXAMPLE_ID as EXAMPLE_CALL

from tests.api.recorded import PROFILE, recorded
from tests.api.site import Caller, Site
from tests.api.test_two_people import live
from tests.fakes.clock import EPOCH_MS
from tests.tables import TASKS, create_calls, create_conversations, create_people, create_records


@dataclass
class Live:
    """A site with a life in it; somebody new asks each time, so that nobody is slowed down."""

    site: Site
    caller: Caller


def living() -> Iterator[Live]:
    with mock_aws():
        dynamodb = boto3.client("dynamodb")
        create_people(dynamodb)
        create_conversations(dynamodb)
        create_records(dynamodb, TASKS)
        create_calls(dynamodb)
        site = Site(dynamodb)
        caller = site.signed_in("grace+")
        live(site, caller)
        site.pool.passwords["ada"] = "Correct-horse-7"
        site.exports.asked[EXAMPLE_ID] = caller.person
        caller.http.post("/tasks", json={"sentence": "read 20 pages of Dune every day"})
        site.erasures.asked[EXAMPLE_ID] = caller.address
        site.links.waits["4a1be2c08d6f4f9b9d3e51c7"] = caller.person
        site.links.linked["9f2c11d0e8a94b7d53c6"] = caller.person
        recorded(site, caller, name=EXAMPLE_CALL)
        caller.http.post("/profiles", json=PROFILE)
        caller.http.post("/profiles/renewals/publish", json={"version": 1})
        site.workshop.found = [StuckItem("turn/a/b", "turn", "failed", EPOCH_MS, (Action.RERUN,))]
        yield Live(site, caller)
