"""How the fixed grammar talks about tasks: plain sentences call the tasks tools, where these are on offer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from local.world.model.conversation import Conversation, fullmatch
from local.world.model.reply import Reply, call

Arguments = Callable[[re.Match[str]], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class ToolRule:
    """What the tool takes besides is left open: null, or an empty list."""

    pattern: str
    tool: str
    arguments: Arguments

    def reply(self, talk: Conversation) -> Reply | None:
        properties = talk.tools.get(self.tool)
        match = None if properties is None else fullmatch(self.pattern, talk.last)
        if match is None or properties is None:
            return None
        left_open: dict[str, object] = {
            name: [] if kind == "array" else None for name, kind in properties.items()
        }
        return call(self.tool, **{**left_open, **self.arguments(match)})


def about_tasks(talk: Conversation) -> Reply | None:
    """The call that a sentence about tasks asks for, if it is one and the tool is there."""
    return next((reply for rule in RULES if (reply := rule.reply(talk))), None)


def words(match: re.Match[str]) -> Mapping[str, object]:
    """Each group of the pattern is an argument of that name."""
    return {name: said.strip() for name, said in match.groupdict().items() if said}


def whole(match: re.Match[str]) -> Mapping[str, object]:
    return {"sentence": match[0].strip(" ?!.\n")}


def done(match: re.Match[str]) -> Mapping[str, object]:
    return {"what": (match["what"] or "it").strip()}


def numbers(match: re.Match[str]) -> Mapping[str, object]:
    return {"number": int(match["number"])}


def answers(match: re.Match[str]) -> Mapping[str, object]:
    return {"answers": match[0].strip()}


def nothing(_match: re.Match[str]) -> Mapping[str, object]:
    return {}


def first_page(_match: re.Match[str]) -> Mapping[str, object]:
    return {"after": 0}


def agreed(_match: re.Match[str]) -> Mapping[str, object]:
    return {"agreed": True}


def refused(_match: re.Match[str]) -> Mapping[str, object]:
    return {"agreed": False}


def changed(match: re.Match[str]) -> Mapping[str, object]:
    return {**words(match), "change": match["change"].lower()}


IS = r"(?:['\u2019]?s| is| are)"
DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
WHEN = rf"(?:{DAY}|{MONTH}|today|tonight|tomorrow|next (?:week|month)|the end of|\d{{4}}-\d{{2}})\b"
OFTEN = (
    rf"(?:every|each|daily|nightly|weekly|weekdays|weekends|(?:a|per) (?:day|week)|/ ?(?:day|week)"
    rf"|{DAY}[ ,/]+(?:and )?{DAY}|{DAY}-{DAY}|(?:on )?{DAY}s)"
)
MARK = r"#?\d{1,8}[ :=-]*(?:done|did|skip(?:ped)?)"

RULES = (
    ToolRule(rf"{MARK}(?:(?:[ ,;.]|and)+{MARK})*", "answer_check_in", answers),
    ToolRule(r"#?(?P<number>\d{1,8})", "answer_question", numbers),
    ToolRule(r"yes|yep|yeah|sure|ok(?:ay)?|sounds good|do it", "answer_proposal", agreed),
    ToolRule(r"no|nope|never ?mind", "answer_proposal", refused),
    ToolRule(r"undo(?: (?:that|it|this|last))?|take that back|oops", "undo_last", nothing),
    ToolRule(
        rf"what{IS} (?:next|due|up)(?: today)?|today|what should i do(?: now| next| today)?",
        "whats_next",
        nothing,
    ),
    ToolRule(rf"how am i doing.*|(?:my )?(?:week|progress)|how{IS} my week.*", "week_report", first_page),
    ToolRule(rf"how{IS} (?P<task>.+?)(?: going| doing| coming along)", "task_report", words),
    ToolRule(
        r"(?:(?:show|list|what are)(?: me)? )?(?:my |all my |the )?(?:tasks|habits)", "list_tasks", first_page
    ),
    ToolRule(r"(?P<change>move|rename) (?P<task>.+?) to (?P<to>.+)", "change_task", changed),
    ToolRule(
        r"(?P<change>pause|resume|archive|finish) (?!.*\b(?:by|before|in)\b)(?P<task>.+)",
        "change_task",
        changed,
    ),
    ToolRule(r"skip(?: (?P<task>.+?))?", "skip_rep", words),
    ToolRule(r"(?:check in|ask me|nudge me) (?P<when>.+)", "set_check_in", words),
    ToolRule(r"my weeks? starts? on (?P<day>[a-z]+day)s?", "start_weeks", words),
    ToolRule(r"(?:i )?(?:just )?(?:did|done|logged)(?: (?P<what>.+?))?", "log_rep", done),
    ToolRule(r"(?P<what>.+?)(?: is| are)? done", "log_rep", done),
    ToolRule(r"(?:i |i just )(?:ran|walked|wrote|swam|practiced|studied) (?P<what>.+)", "log_rep", done),
    ToolRule(r"(?:add|track|remind me to|learn|study|practice|i want to) .+", "add_task", whole),
    ToolRule(rf".+\b(?:by|before|until|due) (?:{WHEN}|\d).*", "add_task", whole),
    ToolRule(rf"(?:.+[ ,])?{OFTEN}(?:[ ,].+)?", "add_task", whole),
    ToolRule(rf"(?:call|buy|pay|email|book|send|visit) .+ (?:on )?{WHEN}", "add_task", whole),
)
