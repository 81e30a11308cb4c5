"""Who one is, and a time zone that two pages do not overwrite for each other."""

import pytest
from switchboard.adapters.dynamo.table.items import pack

from tests.api.site import Caller, Site
from tests.tables import PEOPLE

OSLO = {"zone": "Europe/Oslo"}


def link(site: Site, caller: Caller, address: str) -> None:
    key = {"pk": f"PERSON#{caller.person}", "sk": f"ADDRESS#{address}"}
    site.clock.advance(60)
    site.dynamodb.put_item(TableName=PEOPLE, Item=pack({**key, "linked_at": site.clock.now_ms()}))


def test_one_sees_oneself_and_the_account_one_uses(ada: Caller) -> None:
    answer = ada.http.get("/me")
    me = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    assert (me["version"], me["zone"], me["operator"]) == (1, "UTC", False)
    (channel,) = me["channels"]
    assert (channel["channel"], channel["address"], channel["this"]) == ("web", "", True)
    assert channel["linked_at"] == "2027-01-15T08:00:00Z"


def test_linked_channels_are_listed_in_their_order_with_what_their_owner_may_read(
    site: Site, ada: Caller
) -> None:
    ada.get("/me")
    link(site, ada, "sms#+12065550150")
    channels = ada.get("/me")["channels"]
    assert [(each["channel"], each["address"], each["this"]) for each in channels] == [
        ("web", "", True),
        ("sms", "+12065550150", False),
    ]
    assert len({each["id"] for each in channels}) == 2


def test_the_zone_is_changed_by_whoever_has_read_the_profile(ada: Caller) -> None:
    etag = ada.http.get("/me").headers["etag"]
    answer = ada.http.patch("/me", json=OSLO, headers={"if-match": etag})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    assert answer.json()["zone"] == ada.get("/me")["zone"] == "Europe/Oslo"


@pytest.mark.parametrize("tag", ['"2"', '"0"', "1", 'W/"1"', '"nonsense"'])
def test_whoever_read_another_version_changes_nothing(ada: Caller, tag: str) -> None:
    assert ada.http.patch("/me", json=OSLO, headers={"if-match": tag}).status_code == 412
    assert ada.get("/me")["zone"] == "UTC"


def test_of_two_who_change_it_at_once_one_is_told(ada: Caller) -> None:
    codes = [ada.http.patch("/me", json=OSLO, headers={"if-match": '"1"'}).status_code for _ in range(2)]
    assert codes == [200, 412]


def test_a_profile_from_before_there_were_versions_can_be_changed(site: Site, ada: Caller) -> None:
    key = {"pk": f"PERSON#{ada.person}", "sk": "PROFILE"}
    site.dynamodb.put_item(TableName=PEOPLE, Item=pack(key))
    assert ada.http.patch("/me", json=OSLO, headers={"if-match": '"1"'}).json()["version"] == 2


def test_any_version_will_do_when_one_says_so(ada: Caller) -> None:
    assert ada.http.patch("/me", json=OSLO, headers={"if-match": "*"}).status_code == 200


def test_the_version_has_to_be_named(ada: Caller) -> None:
    assert ada.http.patch("/me", json=OSLO).status_code == 428


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../etc/passwd", "x" * 65, 7])
def test_a_zone_is_one_of_the_zones_there_are(ada: Caller, zone: object) -> None:
    answer = ada.http.patch("/me", json={"zone": zone}, headers={"if-match": '"1"'})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_operator_is_told_to_be_one(operator: Caller) -> None:
    assert operator.get("/me")["operator"] is True
