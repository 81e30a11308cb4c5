"""A text is no proof of who sends it: whoever can only write in somebody's name gets nothing of theirs."""

import pytest
from switchboard.core.verification_codes import MOST_TRIES, shown

from tests.examples import ADAS_PHONE as MALLORYS_PHONE
from tests.examples import BABBAGES_PHONE as VICTIMS_PHONE
from tests.links.test_linking import LOVELACES_PHONE as MALLORYS_OTHER_PHONE
from tests.links.town import Town

SECRET = "my safe opens with 1815"
DAY_MS = 24 * 3_600_000


@pytest.fixture(autouse=True)
def _secret(town: Town) -> None:
    town.say(VICTIMS_PHONE, SECRET)


def forge(town: Town, words: str) -> None:
    """A text that says it is from the victim's phone; what is answered goes to that phone."""
    town.text(VICTIMS_PHONE, words)
    town.rest()


def nothing_was_handed_over(town: Town) -> bool:
    town.model.requests.clear()
    town.say(MALLORYS_PHONE, "what do you know of me")
    told = str([request.messages for request in town.model.requests])
    mallory, victim = map(town.people.behind, (MALLORYS_PHONE, VICTIMS_PHONE))
    return mallory != victim and SECRET not in (told, *town.asked(mallory))


def test_a_forged_text_with_the_attackers_code_hands_over_nothing(town: Town) -> None:
    forge(town, f"/link {town.code(MALLORYS_PHONE)}")
    town.wait(DAY_MS)
    assert nothing_was_handed_over(town)


def test_the_code_that_links_is_told_to_the_victim_alone_with_who_gets_what(town: Town) -> None:
    forge(town, f"/link {town.code(MALLORYS_PHONE)}")
    told = town.heard(VICTIMS_PHONE)[-1]
    assert f"/confirm {shown(town.codes[-1])}" in told
    assert "Whoever uses sms …0150 would see everything said and kept here" in told
    assert "Otherwise do nothing" in told
    assert shown(town.codes[-1]) not in str(town.heard(MALLORYS_PHONE))


def test_a_code_that_was_sent_elsewhere_confirms_nothing(town: Town) -> None:
    """Mallory's own challenge, sent to a second phone of theirs, is not returned in the victim's name."""
    forge(town, f"/link {town.code(MALLORYS_PHONE)}")
    town.say(MALLORYS_OTHER_PHONE, f"/link {town.code(MALLORYS_PHONE)}")
    forge(town, f"/confirm {town.codes[-1]}")
    assert "not the code I sent here" in town.heard(VICTIMS_PHONE)[-1]
    assert nothing_was_handed_over(town)


def test_the_victims_code_is_of_no_use_from_another_phone(town: Town) -> None:
    forge(town, f"/link {town.code(MALLORYS_PHONE)}")
    code = town.codes[-1]
    for phone in (MALLORYS_PHONE, MALLORYS_OTHER_PHONE):
        assert "nothing to confirm" in town.say(phone, f"/confirm {code}")
    assert nothing_was_handed_over(town)


def test_after_five_guesses_even_the_right_code_confirms_nothing(town: Town) -> None:
    forge(town, f"/link {town.code(MALLORYS_PHONE)}")
    right = town.codes[-1]
    for number in range(MOST_TRIES):
        forge(town, f"/confirm ZZZZ-ZZZ{number}")
    forge(town, f"/confirm {right}")
    assert f"had {MOST_TRIES} wrong tries" in town.heard(VICTIMS_PHONE)[-1]
    assert nothing_was_handed_over(town)


def test_whoever_was_talked_into_it_has_a_day_to_take_it_back_by_one_word(town: Town) -> None:
    town.wait_ms = DAY_MS
    assert "In 24 h" in town.confirm(VICTIMS_PHONE, to=MALLORYS_PHONE)
    assert nothing_was_handed_over(town)
    assert "Taken back" in town.say(VICTIMS_PHONE, "Unlink!")
    town.wait(DAY_MS)
    assert nothing_was_handed_over(town)


def test_whoever_was_talked_into_giving_a_code_away_is_told_and_takes_it_back(town: Town) -> None:
    """The victim made the code, and Mallory entered it."""
    town.wait_ms = DAY_MS
    town.confirm(MALLORYS_PHONE, to=VICTIMS_PHONE)
    assert "In 24 h, sms …0151 and sms …0150 will be linked" in town.heard(VICTIMS_PHONE)[-1]
    assert nothing_was_handed_over(town)
    town.say(VICTIMS_PHONE, "/unlink")
    town.wait(DAY_MS)
    assert nothing_was_handed_over(town)


@pytest.mark.parametrize("told", ["STOP", "Stop texting me"])
def test_a_stop_takes_a_link_that_waits_back_too(town: Town, told: str) -> None:
    town.wait_ms = DAY_MS
    town.confirm(VICTIMS_PHONE, to=MALLORYS_PHONE)
    forge(town, told)
    town.wait(DAY_MS)
    assert nothing_was_handed_over(town)
    assert "Not linked" in town.heard(MALLORYS_PHONE)[-2]


def test_entering_ones_own_code_gives_no_new_tries(town: Town) -> None:
    """It used to: four guesses and one's own code, over and over, were as many guesses as one liked."""
    own = town.code(MALLORYS_PHONE)
    for number in range(MOST_TRIES - 1):
        town.say(MALLORYS_PHONE, f"/link ZZZZ-ZZZ{number}")
    assert "made right here" in town.say(MALLORYS_PHONE, f"/link {own}")
    assert "too many wrong codes" in town.say(MALLORYS_PHONE, "/link ZZZZ-ZZZZ")


def test_forged_entries_send_a_phone_no_more_than_five_codes_in_ten_minutes(town: Town) -> None:
    for _ in range(MOST_TRIES):
        forge(town, f"/link {town.code(MALLORYS_PHONE)}")
    forge(town, f"/link {town.code(MALLORYS_PHONE)}")
    assert sum("/confirm" in told for told in town.heard(VICTIMS_PHONE)) == MOST_TRIES
