"""The fixed grammar: a table of what a person may say and what is answered. Nothing here understands."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice

from local.world.model.conversation import Conversation, fullmatch
from local.world.model.reply import Reply, call, say
from local.world.model.tasks import about_tasks

MOST_NUMBERS = 500
MOST_WORDS = 2000
LONG_WORDS = 400
REPEATED = 200
PLAIN = (
    "this is a long reply made of the same plain words again and again because a fixed grammar has nothing "
    "to tell and only shows how much text can travel from one end to the other"
)
ABOUT = (
    "I am a fixed grammar, not a language model: a small table of patterns that stands in for a real model "
    "on this laptop. Try: hello, what time is it in Lisbon, my name is Ada, what is my name, "
    "what did I ask before, count to 20, write 100 words, say something; "
    "or tasks: read 20 pages of Dune every day, did 25 pages, what's next, how am I doing."
)


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: str
    answer: Callable[[re.Match[str], Conversation], Reply]

    def match(self, text: str) -> re.Match[str] | None:
        return fullmatch(self.pattern, text)


def reply_to(talk: Conversation) -> Reply:
    """A tool's result comes first, then tasks, then the first rule that matches, then an honest echo."""
    if talk.results:
        return say("\n".join(plain(result) for result in talk.results))
    if asked_of_tasks := about_tasks(talk):
        return asked_of_tasks
    for rule in RULES:
        if match := rule.match(talk.last):
            return rule.answer(match, talk)
    return echo(talk)


def about(_match: re.Match[str], _talk: Conversation) -> Reply:
    return say(ABOUT)


def greet(_match: re.Match[str], _talk: Conversation) -> Reply:
    return say("Hello! I am a fixed grammar, not a language model. Say help to see what I can answer.")


def time_in(match: re.Match[str], talk: Conversation) -> Reply:
    if "current_time" not in talk.tools:
        return say("I cannot look at a clock: no tool for that was offered to me.")
    return call("current_time", place=match["place"].strip(" ?!.\n"))


def earlier(_match: re.Match[str], talk: Conversation) -> Reply:
    if "earlier_messages" in talk.tools:
        return call("earlier_messages", limit=3)
    before = talk.said[:-1][-3:]
    if not before:
        return say("There is nothing before this in the messages I was given.")
    return say("Before this you said: " + "; ".join(before))


def learn_name(match: re.Match[str], _talk: Conversation) -> Reply:
    return say(f"Nice to meet you, {match['name'].strip()}.")


def recall_name(_match: re.Match[str], talk: Conversation) -> Reply:
    for text in reversed(talk.said):
        if told := re.search(NAME_TOLD, text, re.IGNORECASE):
            return say(f"Your name is {told['name'].strip()}: you told me in this conversation.")
    return say("You have not told me your name in the messages I was given.")


def count(match: re.Match[str], _talk: Conversation) -> Reply:
    last = int(match["last"])
    if last > MOST_NUMBERS:
        return say(f"I only count to {MOST_NUMBERS}.")
    return say(" ".join(str(number) for number in range(1, last + 1)) or "There is nothing to count.")


def write(match: re.Match[str], _talk: Conversation) -> Reply:
    wanted = int(match["words"]) if match["words"] else LONG_WORDS
    if not 1 <= wanted <= MOST_WORDS:
        return say(f"I write 1 to {MOST_WORDS} words.")
    return say(" ".join(islice(cycle(PLAIN.split()), wanted)))


def repeat(match: re.Match[str], _talk: Conversation) -> Reply:
    return say(match["words"])


def echo(talk: Conversation) -> Reply:
    text = talk.last if len(talk.last) <= REPEATED else talk.last[:REPEATED] + "..."
    return say(f'You said "{text}". I am a fixed grammar, not a language model, so I can only repeat it.')


def plain(result: str) -> str:
    """A tool's text as a sentence: JSON is read out, tags are not, anything else stays as it is."""
    try:
        value = json.loads(result)
    except (ValueError, RecursionError):
        return TAG.sub("", result)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {read_out(item)}" for name, item in value.items())
    return read_out(value)


def read_out(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(read_out(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value)


TAG = re.compile(r"\n?</?[a-z]{1,20}(?: [a-z]{1,20}=\"[^\"<>]{0,80}\")*>\n?")
NAME_TOLD = r"\bmy name is (?P<name>[^\n.!?,;]{1,80})"
NUMBER = r"\d{1,6}"
IS = r"(?:['\u2019]?s| is)"

RULES = (
    Rule(
        r"help|(?:who|what) are you|what can you do|are you (?:an? )?(?:ai|bot|human|person|real)\b.*", about
    ),
    Rule(r"(?:hi|hello|hey|good (?:morning|afternoon|evening))(?:[ ,]+\w+)?", greet),
    Rule(rf"(?:what{IS} the time|(?:what )?time(?: is it)?) in (?P<place>.{{1,100}}?)", time_in),
    Rule(r"what (?:did|have) i (?:ask|say|tell|asked|said|told)(?: you)?(?: before| earlier)?", earlier),
    Rule(NAME_TOLD, learn_name),
    Rule(rf"what{IS} my name", recall_name),
    Rule(rf"count to (?P<last>{NUMBER})", count),
    Rule(rf"write (?P<words>{NUMBER}) words?.*|(?:write|send|tell)\b.*\blong\b.*|long(?: reply)?", write),
    Rule(r"say\s+(?P<words>.+)", repeat),
)
