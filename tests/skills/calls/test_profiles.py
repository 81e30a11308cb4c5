"""Profiles are checked before they are kept, and kept for good."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from switchboard.core.errors import UserFacing
from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import Change, RecordConflict
from switchboard.skills.calls.domain.call import Wish
from switchboard.skills.calls.domain.failure_reasons import CallFailed, Reason
from switchboard.skills.calls.domain.redaction import Kind
from switchboard.skills.calls.profiles import profile, repository
from switchboard.skills.calls.profiles.builtin import STANDARD
from switchboard.skills.calls.profiles.profile import (
    BadProfile,
    Mode,
    Profile,
    Prompt,
    Rule,
    check,
)
from switchboard.skills.calls.profiles.repository import NoSuchProfile, ProfileBook
from switchboard.skills.calls.profiles.selection import choose, choose_to_ask

from tests.fakes.records import FakeRecords
from tests.skills.calls.examples import ADA, GIST, TASKS, TEXT, call, closed


def book() -> ProfileBook:
    return ProfileBook(FakeRecords(), ADA)


def ruled(profile_id: str, *rules: Rule) -> Profile:
    return replace(GIST, id=profile_id, rules=rules)


@pytest.mark.parametrize("good", [GIST, TASKS, STANDARD])
def test_a_good_profile_is_taken(good: Profile) -> None:
    check(good, models=())


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"id": "No Good"}, "id must be"),
        ({"name": " "}, "name must have"),
        ({"system": "x" * 6001}, "system prompt must not be longer"),
        ({"prompts": ()}, "1 to 20 prompts"),
        ({"prompts": (Prompt("summary", "a"), Prompt("summary", "b"))}, "a name of its own"),
        ({"prompts": (Prompt("Summary!", "a"),)}, "needs a name"),
        ({"prompts": (Prompt("summary", ""),)}, "must have 1 to"),
        ({"prompts": (Prompt("other", "a"),)}, "one property for each prompt"),
        ({"schema": {"type": "object"}}, "needs properties"),
        ({"schema": closed(summary={"type": "string", "description": "\u3042" * 15_000})}, "longer than"),
        ({"model": "rm -rf"}, "model must be"),
        ({"temperature": "warm"}, "temperature must be"),
        ({"temperature": "NaN"}, "temperature must be"),
        ({"temperature": "2.1"}, "temperature must be"),
        ({"rules": (Rule("", "x"),)}, "each with a field and a value"),
    ],
)
def test_a_bad_profile_is_told_what_is_wrong(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(BadProfile, match=told):
        check(replace(GIST, **changed), models=())


def test_a_profile_that_leaves_no_room_for_a_call_is_refused() -> None:
    names = [f"p{n}" for n in range(20)]
    heavy = replace(
        GIST,
        prompts=tuple(Prompt(name, "x" * 2000) for name in names),
        schema=closed(**dict.fromkeys(names, TEXT)),
    )
    with pytest.raises(BadProfile, match="together are too long"):
        check(heavy, models=())


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(BadProfile) as refused:
        check(replace(GIST, id="", model=""), models=())
    assert len(refused.value.faults) == 2


def test_a_profile_is_kept_as_it_was() -> None:
    rich = replace(
        TASKS,
        version=3,
        mode=Mode.SEPARATE,
        redact=frozenset({Kind.CARD, Kind.PHONE}),
        rules=(Rule("team", "sales"),),
        temperature="0.2",
        model="large",
    )
    assert profile.from_body(json.loads(json.dumps(profile.body(rich)))) == rich


def test_each_save_is_a_new_version_and_none_is_in_use_before_it_is_published() -> None:
    shelf = book()
    assert [shelf.save(GIST).version, shelf.save(replace(GIST, name="Two")).version] == [1, 2]
    assert shelf.shelved("gist").published == 0
    assert shelf.get("gist", 1).name == "Gist"
    assert [each.version for each in shelf.versions("gist")] == [2, 1]
    with pytest.raises(NoSuchProfile):
        shelf.wished(Wish("gist"))


def test_publishing_and_rolling_back_move_a_pointer() -> None:
    shelf = book()
    for _ in range(3):
        shelf.save(GIST)
    assert [shelf.publish("gist", version).published for version in (1, 3)] == [1, 3]
    assert shelf.publish("gist", 3).trail == (1, 3)
    assert shelf.roll_back("gist", under="turn-1").published == 1
    assert shelf.roll_back("gist", under="turn-1").published == 1
    with pytest.raises(UserFacing, match="No version was in use before"):
        shelf.roll_back("gist", under="turn-2")
    assert shelf.wished(Wish("gist")).version == 1
    assert shelf.wished(Wish("gist", 2)).version == 2


def test_what_does_not_exist_cannot_be_published_preferred_or_read() -> None:
    shelf = book()
    shelf.save(GIST)
    for attempt in (
        lambda: shelf.publish("gist", 2),
        lambda: shelf.publish("none", 1),
        lambda: shelf.prefer("gist"),
        lambda: shelf.get("gist", 9),
        lambda: shelf.shelved("none"),
    ):
        with pytest.raises(NoSuchProfile):
            attempt()


def test_the_standard_profile_is_everybodys_and_never_changes() -> None:
    shelf = book()
    assert shelf.preferred() is STANDARD
    assert shelf.wished(Wish("standard")) is STANDARD
    assert shelf.versions("standard") == [STANDARD]
    with pytest.raises(BadProfile, match="cannot be changed"):
        shelf.save(STANDARD)
    with pytest.raises(UserFacing, match="always the same"):
        shelf.publish("standard", 1)


def test_profiles_are_a_persons_own() -> None:
    shelf = book()
    shelf.save(GIST)
    others = ProfileBook(shelf.records, PersonId("eve"))
    assert [each.id for each in others.all()] == ["standard"]
    assert [each.id for each in shelf.all()] == ["standard", "gist"]


def test_there_is_an_end_to_profiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "MOST_PROFILES", 2)
    shelf = book()
    shelf.save(GIST)
    shelf.save(TASKS)
    shelf.save(TASKS)
    with pytest.raises(BadProfile, match="at most 2"):
        shelf.save(replace(GIST, id="third"))


def test_two_who_save_at_once_get_versions_of_their_own() -> None:
    class Raced(FakeRecords):
        raced = False

        def write(self, *changes: Change) -> None:
            if not self.raced:
                self.raced = True
                ProfileBook(self, ADA).save(replace(GIST, name="Other"))
                raise RecordConflict("first")
            super().write(*changes)

    shelf = ProfileBook(Raced(), ADA)
    assert shelf.save(GIST).version == 2
    assert shelf.get("gist", 1).name == "Other"


def published(*found: Profile) -> ProfileBook:
    shelf = book()
    for each in found:
        shelf.publish(each.id, shelf.save(each).version)
    return shelf


SALES = ruled("sales", Rule("team", "Sales"))
ACME = ruled("acme", Rule("team", "sales"), Rule("client", "acme"))


@pytest.mark.parametrize(
    ("wish", "metadata", "chosen"),
    [
        (None, {}, "standard"),
        (None, {"team": "support"}, "standard"),
        (None, {"Team": "SALES"}, "sales"),
        (None, {"team": "sales", "client": "Acme"}, "acme"),
        (Wish("gist"), {"team": "sales"}, "gist"),
        (Wish("sales", 1), {}, "sales"),
    ],
)
def test_a_wish_comes_before_a_rule_and_a_rule_before_the_preferred(
    wish: Wish | None, metadata: dict[str, str], chosen: str
) -> None:
    shelf = published(GIST, SALES, ACME)
    assert choose(call(wish=wish, metadata=metadata), shelf).id == chosen


def test_the_preferred_profile_takes_what_nothing_else_is_said_of() -> None:
    shelf = published(GIST, SALES)
    shelf.prefer("gist")
    assert choose(call(), shelf).id == "gist"
    assert choose(call(metadata={"team": "sales"}), shelf).id == "sales"


def test_a_wish_of_the_moment_comes_first() -> None:
    shelf = published(GIST, SALES)
    assert choose(call(wish=Wish("gist")), shelf, wish=Wish("sales")).id == "sales"


def test_a_rule_of_a_version_that_is_not_in_use_does_not_count() -> None:
    shelf = published(SALES)
    shelf.save(replace(SALES, rules=()))
    assert choose(call(metadata={"team": "sales"}), shelf).id == "sales"
    shelf.publish("sales", 2)
    assert choose(call(metadata={"team": "sales"}), shelf).id == "standard"


def test_a_profile_that_is_gone_fails_with_its_reason() -> None:
    with pytest.raises(CallFailed) as failed:
        choose(call(wish=Wish("gone")), book())
    assert failed.value.reason is Reason.PROFILE_GONE


LISTED = ("reader", "scholar")


def earlier(*, published: bool = True) -> ProfileBook:
    """Two versions, of which the second asks for a model that was listed then and is not listed now."""
    before = ProfileBook(FakeRecords(), ADA, (*LISTED, "oracle"))
    before.save(GIST)
    before.save(replace(GIST, model="oracle"))
    if published:
        before.publish("gist", 2)
    return replace(before, models=LISTED)


@given(st.sampled_from(["small", "large", *LISTED, "oracle", "Small", " reader", ""]) | st.text(max_size=9))
def test_a_profile_is_saved_with_a_role_or_a_listed_model_and_with_no_other(model: str) -> None:
    shelf = ProfileBook(FakeRecords(), ADA, LISTED)
    wanted = replace(GIST, model=model)
    if model in {"small", "large", *LISTED}:
        assert shelf.save(wanted).model == model
        return
    with pytest.raises(BadProfile, match="one of these: small, large, reader, scholar"):
        shelf.save(wanted)
    assert [each.id for each in shelf.all()] == ["standard"]


def test_where_no_models_are_listed_the_roles_are_there_all_the_same() -> None:
    assert [book().save(replace(GIST, model=role)).version for role in ("small", "large")] == [1, 1]
    with pytest.raises(BadProfile, match="one of these: small, large"):
        book().save(replace(GIST, model="reader"))


def test_what_is_not_listed_any_more_does_not_come_into_use() -> None:
    shelf = earlier(published=False)
    with pytest.raises(BadProfile, match="scholar"):
        shelf.publish("gist", 2)
    assert shelf.shelved("gist").trail == ()


def test_neither_by_rolling_back_nor_as_the_preferred() -> None:
    shelf = earlier()
    with pytest.raises(BadProfile, match="scholar"):
        shelf.prefer("gist")
    shelf.publish("gist", 1)
    with pytest.raises(BadProfile, match="scholar"):
        shelf.roll_back("gist", under="turn-1")
    assert shelf.shelved("gist").trail == (2, 1)
    assert shelf.preferred() is STANDARD


def test_what_is_not_listed_any_more_can_be_read_and_chosen_but_not_asked_by() -> None:
    shelf, wish = earlier(), Wish("gist")
    assert shelf.get("gist", 2).model == shelf.wished(wish).model == "oracle"
    assert choose(call(wish=wish), shelf).version == 2
    with pytest.raises(CallFailed) as failed:
        choose_to_ask(call(wish=wish), shelf)
    assert failed.value.reason is Reason.MODEL_UNLISTED
    assert choose_to_ask(call(wish=Wish("gist", 1)), shelf).version == 1


def test_the_standard_profile_is_light() -> None:
    assert profile.weight(STANDARD) < profile.MOST_TOKENS / 3
