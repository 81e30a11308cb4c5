"""A person texts the assistant's number."""

from collections.abc import Callable

import boto3
from switchboard.channels import CHANNELS
from switchboard.core.conversation.reply import UNAVAILABLE

from local.cloud import REGION
from local.endpoints import Endpoints
from tests.e2e.inside import Inside, Item
from tests.e2e.outside import Phone, World
from tests.e2e.patience import eventually

HINT = " ... Reply MORE"
SLOWLY = "one by one they come and go and nobody knows where they are"


def test_a_text_gets_its_reply_and_the_first_one_says_what_answers(new_phone: Callable[[], Phone]) -> None:
    phone = new_phone()
    assert phone.ask("hello").startswith(f"{CHANNELS['sms'].policy.disclosure}\n\nHello!")
    assert phone.ask("hello").startswith("Hello!")


def test_a_reply_knows_what_was_said_before(phone: Phone) -> None:
    phone.ask("my name is Ada")
    assert "Your name is Ada" in phone.ask("what is my name")


def test_a_tool_tells_the_time_somewhere(phone: Phone) -> None:
    assert "Europe/Lisbon" in phone.ask("what time is it in Lisbon")


def test_a_tool_remembers_what_was_asked(phone: Phone) -> None:
    assert 'the person said "hello"' in phone.ask("what did I ask before")


def test_a_long_reply_is_cut_at_two_parts_and_more_brings_the_rest(phone: Phone) -> None:
    pages = [phone.ask("write 100 words")]
    while pages[-1].endswith(HINT):
        pages.append(phone.ask("More!"))
    assert len(pages) > 1
    assert [text["parts"] for text in phone.thread() if text["parts"] > 2] == []
    words = " ".join(page.removesuffix(HINT) for page in pages).split()
    assert len(words) == 100
    assert words[:3] == ["this", "is", "a"]


def test_typographic_characters_are_folded_when_that_saves_a_part(phone: Phone) -> None:
    said = "\u201cIt\u2019s\u201d \u2014 " + "plain words, " * 6 + "and no more\u2026"
    assert phone.ask(f"say {said}") == '"It\'s" - ' + "plain words, " * 6 + "and no more..."
    (received,) = phone.thread()
    assert (received["encoding"], received["parts"]) == ("GSM", 1)


def test_a_repeated_delivery_gets_one_reply(phone: Phone, world: World, inside: Inside) -> None:
    world.break_("carrier", "duplicate", times=5, count=1)
    phone.ask("say it once")
    assert phone.ask("say that was all") == "that was all"
    assert [text["text"] for text in phone.thread()] == ["it once", "that was all"]
    assert counts(inside.items(phone.number)) == (3, 3)


def test_texts_that_pile_up_are_answered_together_and_in_order(
    phone: Phone, world: World, inside: Inside
) -> None:
    world.script("^take your time$", SLOWLY, tokens_per_second=5)
    phone.text("take your time")
    eventually(lambda: world.model_was_asked("take your time"), what="the first turn")
    words = ["one", "two", "three", "four", "five"]
    for word in words:
        phone.text(word)
    first, second = phone.replies(2)
    assert first == SLOWLY
    assert 'You said "one\ntwo\nthree\nfour\nfive"' in second
    assert counts(inside.items(phone.number)) == (7, 7)
    assert len(phone.thread()) == 2


def test_delivery_events_settle_what_was_sent(phone: Phone, inside: Inside) -> None:
    part = eventually(lambda: settled(inside.items(phone.number)), what="the carrier's last word")
    assert (part["part_state"], part["carrier_status"], part["parts"]) == ("sent", "DELIVERED", 2)
    assert float(part["price"]) > 0


def test_a_number_that_opted_out_at_the_carrier_is_tried_once(
    phone: Phone, world: World, inside: Inside, endpoints: Endpoints
) -> None:
    carrier = boto3.client(
        "pinpoint-sms-voice-v2",
        endpoint_url=endpoints.world,
        region_name=REGION,
        aws_access_key_id=endpoints.aws_access_key_id,
        aws_secret_access_key=endpoints.aws_secret_access_key,
    )
    before = world.sends_to(phone.number)
    carrier.put_opted_out_number(OptOutListName="Default", OptedOutNumber=phone.number)
    phone.text("hello")
    part = eventually(lambda: undeliverable(inside.items(phone.number)), what="the end of the delivery")
    assert "OPTED_OUT" in part["detail"]
    assert world.sends_to(phone.number) == before + 1
    assert phone.thread() == []


def test_a_model_that_is_down_gets_an_honest_sentence(phone: Phone, world: World) -> None:
    world.break_("model", "status", status=500)
    assert phone.ask("hello") == UNAVAILABLE
    world.heal()
    assert phone.ask("hello").startswith("Hello!")


def counts(items: list[Item]) -> tuple[int, int]:
    """How many messages came in and how many were taken."""
    (state,) = (item for item in items if item["sk"] == "STATE")
    return state["came"], state["taken"]


def parts(items: list[Item]) -> list[Item]:
    return [item for item in items if item["sk"].startswith("PART#")]


def settled(items: list[Item]) -> Item | None:
    return next((part for part in parts(items) if part.get("settled")), None)


def undeliverable(items: list[Item]) -> Item | None:
    return next((part for part in parts(items) if part["part_state"] == "undeliverable"), None)
