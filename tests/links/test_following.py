"""Consent and spend follow a link and an unlink; whatever happens meanwhile, nothing is lost or doubled."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from switchboard.adapters.dynamo.conversation.deliveries import DynamoDeliveries
from switchboard.core.channels.delivery import PartKey, PartState
from switchboard.core.people.address import Address, PersonId, private_conversation
from switchboard.core.skills.records import Record
from switchboard.core.spend.ledger import MICRO, SpendCaps, micros

from tests.examples import ADAS_PHONE, BABBAGES_PHONE
from tests.fakes.desk import AMPLE
from tests.fakes.interruptions import die
from tests.links.town import Town
from tests.tables import CONVERSATIONS

LOVELACES_PHONE = Address("sms", "+12065550152")
BABBAGE = str(BABBAGES_PHONE)


def link(town: Town, phone: Address = BABBAGES_PHONE, *, to: Address = ADAS_PHONE) -> PersonId:
    return town.link(phone, to=to)


def test_an_address_that_opted_out_stays_so_when_its_person_is_linked(town: Town) -> None:
    link(town, LOVELACES_PHONE, to=BABBAGES_PHONE)
    town.say(BABBAGES_PHONE, "STOP")
    heir = link(town, LOVELACES_PHONE)
    assert BABBAGE in town.state(heir)["opted_out"]
    heard = len(town.heard(BABBAGES_PHONE))
    town.text(BABBAGES_PHONE, "hello")
    town.rest()
    assert len(town.heard(BABBAGES_PHONE)) == heard


def test_the_proof_of_consent_moves_with_the_person(town: Town) -> None:
    link(town, LOVELACES_PHONE, to=BABBAGES_PHONE)
    town.say(BABBAGES_PHONE, "STOP")
    ceased = town.people.behind(LOVELACES_PHONE)
    heir = link(town, LOVELACES_PHONE)
    assert [proof["words"] for proof in town.said(heir, "CONSENT#")] == ["STOP"]
    assert town.said(ceased, "CONSENT#") == []


def test_whoever_was_greeted_is_not_greeted_again(town: Town) -> None:
    town.say(BABBAGES_PHONE, "hello")
    assert BABBAGE in town.state(link(town))["greeted"]


def test_an_address_that_opted_out_stays_so_when_it_is_unlinked(town: Town) -> None:
    link(town)
    town.say(BABBAGES_PHONE, "STOP")
    town.say(ADAS_PHONE, "/unlink 2")
    assert town.state(town.people.behind(BABBAGES_PHONE))["opted_out"] == {BABBAGE}
    assert "kept apart" not in town.heard(BABBAGES_PHONE)[-1]


@pytest.mark.parametrize("step", range(2, 40, 2))
def test_a_stop_in_mid_link_is_heard(town: Town, step: int) -> None:
    """One that is kept before the write that links voids it, and one that is kept after it rules the heir."""
    town.say(BABBAGES_PHONE, "hello")
    town.say(BABBAGES_PHONE, f"/link {town.code(ADAS_PHONE)}")
    town.text(BABBAGES_PHONE, f"/confirm {town.codes[-1]}")
    town.befall({step: once(lambda: town.text(BABBAGES_PHONE, "STOP"))})
    town.rest()
    assert BABBAGE in town.state(town.people.behind(BABBAGES_PHONE))["opted_out"]


@pytest.mark.parametrize("unlinked", [False, True])
def test_a_stop_after_a_link_or_unlink_holds_back_what_is_still_on_its_way(
    town: Town,
    unlinked: bool,  # noqa: FBT001 - a table
) -> None:
    town.say(BABBAGES_PHONE, "hello")
    before = town.people.behind(BABBAGES_PHONE)
    heir = link(town)
    if unlinked:
        town.say(ADAS_PHONE, "/unlink 2")
    town.say(BABBAGES_PHONE, "STOP")
    for person in (before, heir) if unlinked else (before,):
        part = PartKey(private_conversation(person), "on-its-way")
        deliveries = DynamoDeliveries(town.dynamodb, CONVERSATIONS)
        assert deliveries.intend(part, unless_opted_out=BABBAGES_PHONE) is PartState.REFUSED


def cost(town: Town, person: PersonId) -> int:
    return sum(micros(turn["cost"]) for turn in town.said(person, "TURN#"))


def test_what_both_spent_is_what_the_person_has_spent(town: Town) -> None:
    for phone in (ADAS_PHONE, BABBAGES_PHONE):
        town.say(phone, "hello")
    heir = link(town)
    assert town.spent(heir) == (cost(town, heir), cost(town, heir))


def test_a_link_does_not_escape_a_cap(town: Town) -> None:
    town.say(BABBAGES_PHONE, "hello")
    spent = town.spent(link(town))[0]
    town.limits = replace(AMPLE, person=SpendCaps(spent + 40_000, 100 * MICRO))
    assert "used up" in town.say(ADAS_PHONE, "hello")


def test_an_unlink_does_not_escape_a_cap_and_linking_again_counts_nothing_twice(town: Town) -> None:
    heir = link(town)
    town.say(ADAS_PHONE, "/unlink 2")
    alone = town.people.behind(BABBAGES_PHONE)
    assert town.spent(alone)[0] >= town.spent(heir)[0] - 20_000
    link(town)
    assert town.spent(heir) == (cost(town, heir), cost(town, heir))


def test_a_chain_of_links_counts_everything_once(town: Town) -> None:
    for phone in (ADAS_PHONE, BABBAGES_PHONE, LOVELACES_PHONE):
        town.say(phone, "hello")
    link(town, to=LOVELACES_PHONE)
    heir = link(town, LOVELACES_PHONE)
    assert town.spent(heir) == (cost(town, heir), cost(town, heir))
    assert town.asked(heir).count("hello") == 3


def confirmed(town: Town, phone: Address, *, to: Address) -> None:
    """Confirmed a moment ago; the link is not made yet."""
    town.say(phone, f"/link {town.code(to)}")
    town.text(phone, f"/confirm {town.codes[-1]}")
    while town.parse_signal:
        town.step(jobs=False)


def test_an_errand_whose_heir_has_ceased_goes_on_to_the_next(town: Town) -> None:
    town.say(BABBAGES_PHONE, "hello")
    confirmed(town, BABBAGES_PHONE, to=LOVELACES_PHONE)
    late = town.jobs.popleft()
    request = town.links.requests.read(late.id)
    assert request
    town.links.requests.join(request, now_ms=town.clock.now_ms())
    town.link(LOVELACES_PHONE, to=ADAS_PHONE)
    town.jobs.append(late)
    town.rest()
    heir = town.people.behind(ADAS_PHONE)
    assert {town.people.behind(each) for each in (BABBAGES_PHONE, LOVELACES_PHONE)} == {heir}
    assert "hello" in town.asked(heir)
    assert town.spent(heir) == (cost(town, heir), cost(town, heir))


def test_a_link_whose_heir_has_ceased_before_it_was_made_is_void(town: Town) -> None:
    """Whoever they became did not agree to it."""
    town.say(BABBAGES_PHONE, "hello")
    confirmed(town, BABBAGES_PHONE, to=LOVELACES_PHONE)
    late = town.jobs.popleft()
    town.link(LOVELACES_PHONE, to=ADAS_PHONE)
    town.jobs.append(late)
    town.rest()
    assert town.people.behind(BABBAGES_PHONE) != town.people.behind(ADAS_PHONE)
    assert "Not linked: sms …0152 and sms …0151" in town.heard(BABBAGES_PHONE)[-1]


@pytest.mark.parametrize("step", range(5, 18, 2))
def test_an_heir_may_cease_in_the_middle_of_an_errand(town: Town, step: int) -> None:
    town.say(BABBAGES_PHONE, "hello")
    keep(town, BABBAGES_PHONE, "engine")
    keep(town, LOVELACES_PHONE, "note G")
    confirmed(town, BABBAGES_PHONE, to=LOVELACES_PHONE)
    town.befall({step: once(lambda: town.link(LOVELACES_PHONE, to=ADAS_PHONE))})
    town.rest()
    heir = town.people.behind(ADAS_PHONE)
    assert town.people.behind(BABBAGES_PHONE) == heir
    assert "hello" in town.asked(heir)
    assert things(town, heir) == {"engine", "note G"}
    assert town.spent(heir) == (cost(town, heir), cost(town, heir))


def keep(town: Town, address: Address, thing: str) -> None:
    """With a skill."""
    town.records.write(Record(town.people.behind(address), thing))


def things(town: Town, person: PersonId) -> set[str]:
    return set(town.records.bodies(person))


def linking(town: Town) -> None:
    """Two who have talked, and one of them enters the code of the other."""
    town.text(BABBAGES_PHONE, "hello", name="text-x")
    town.rest()
    keep(town, BABBAGES_PHONE, "engine")
    town.say(BABBAGES_PHONE, f"/link {town.code(ADAS_PHONE)}")
    town.text(BABBAGES_PHONE, f"/confirm {town.codes[-1]}")


def check(town: Town, *extra: str) -> None:
    heir = town.people.behind(ADAS_PHONE)
    assert heir == town.people.behind(BABBAGES_PHONE)
    turns = town.said(heir, "TURN#")
    said = [
        turn["asked"] for turn in turns if turn["origin"] == "person" and not turn["asked"].startswith("/")
    ]
    assert sorted(said) == sorted(["hello", *extra])
    assert all(turn["state"] == "answered" for turn in turns)
    published = {reply.turn: reply.text for reply in town.replies.published}
    assert set(published) == {turn["sk"].removeprefix("TURN#") for turn in turns}
    assert len({(reply.turn, reply.text) for reply in town.replies.published}) == len(published)
    assert things(town, heir) == {"engine"}
    for phone in (ADAS_PHONE, BABBAGES_PHONE):
        assert sum(told.startswith("Linked") for told in town.heard(phone)) == 1
        assert sum("will be linked" in told for told in town.heard(phone)) == 1
    spent = sum(micros(turn["cost"]) for turn in turns)
    assert town.spent(heir) == (spent, spent)


STEPS = range(1, 56)
AFTER_EACH = STEPS[1::2]
"""To die after one write is to die before the next."""


def test_the_undisturbed_link_has_the_steps_that_are_explored(town: Town) -> None:
    linking(town)
    town.befall({})
    assert town.rest() == STEPS[-1]
    check(town)


@pytest.mark.parametrize("step", [1, *AFTER_EACH])
def test_a_crash_at_any_step_of_a_link_changes_nothing_in_the_end(town: Town, step: int) -> None:
    linking(town)
    town.befall({step: die})
    town.rest()
    check(town)


@pytest.mark.parametrize("step", AFTER_EACH[::2])
def test_a_message_at_any_step_of_a_link_is_answered_once(town: Town, step: int) -> None:
    linking(town)
    town.befall({step: once(lambda: town.text(BABBAGES_PHONE, "meanwhile"))})
    town.rest()
    check(town, "meanwhile")


@pytest.mark.parametrize("step", AFTER_EACH[::2])
def test_a_delivery_that_comes_again_at_any_step_of_a_link_is_answered_once(town: Town, step: int) -> None:
    linking(town)
    town.befall({step: once(lambda: town.text(BABBAGES_PHONE, "hello", name="text-x"))})
    town.rest()
    town.text(BABBAGES_PHONE, "hello", name="text-x")
    town.rest()
    check(town)


def once(act: Callable[[], object]) -> Callable[[], None]:
    left = [act]

    def happen() -> None:
        if left:
            left.pop()()

    return happen


def test_a_text_whose_sender_was_looked_up_before_a_link_is_kept_after_it(town: Town) -> None:
    town.say(BABBAGES_PHONE, "hello")
    before = town.people.behind(BABBAGES_PHONE)
    heir = link(town)
    kept = town.prompt(before, BABBAGES_PHONE, "late", name="text-y")
    assert kept.conversation == private_conversation(heir)
    town.rest()
    assert "late" in town.asked(heir)
