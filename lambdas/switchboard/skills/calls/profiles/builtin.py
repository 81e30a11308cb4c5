"""The profile that every call is analysed by when nobody chose another."""

from collections.abc import Mapping
from typing import Any, Final

from switchboard.skills.calls.profiles.profile import Profile, Prompt

STANDARD_ID: Final = "standard"


def _object(**properties: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _many(**properties: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"type": "array", "items": _object(**properties)}


def _text(description: str) -> Mapping[str, Any]:
    return {"type": "string", "description": description}


def _maybe(description: str) -> Mapping[str, Any]:
    return {"type": ["string", "null"], "description": description}


_LINE: Final = {"type": "integer", "description": "The number of the line that shows it"}
_QUOTE: Final = _text("Words from one line, copied exactly")
_FEELINGS: Final = ["negative", "mixed", "neutral", "positive"]
_CRITERIA: Final = ["greeting", "listening", "clarity", "solution", "closing"]

STANDARD: Final = Profile(
    id=STANDARD_ID,
    name="Standard",
    system=(
        "You read calls for somebody who took part or is answerable for them. Be concrete, fair and brief. "
        "Name speakers as the transcript does, unless they say their names. Where the call tells nothing, "
        "leave the list empty."
    ),
    prompts=(
        Prompt(
            "summary",
            "What the call was about, what came of it, and what is still open, in two to five sentences.",
        ),
        Prompt("topics", "The subjects, in the order in which they came up, with a sentence on each."),
        Prompt(
            "sentiment",
            "How the mood went: a point wherever it changes, and every few minutes, from -100 to 100.",
        ),
        Prompt(
            "action_items",
            "What somebody promised or was asked to do, who, and by when in the words of the call; null "
            "where nobody said.",
        ),
        Prompt(
            "scorecard",
            "How the call was led: for each criterion that shows, 1 (poor) to 5 (excellent), and why.",
        ),
        Prompt("quotes", "The few sentences that matter most, and why."),
    ),
    schema=_object(
        summary=_text("Two to five sentences"),
        topics=_many(title=_text("A few words"), summary=_text("One sentence"), line=_LINE),
        sentiment=_many(
            line=_LINE,
            score={"type": "integer", "description": "-100 to 100"},
            label={"type": "string", "enum": _FEELINGS},
        ),
        action_items=_many(
            task=_text("What is to be done, as an order"),
            owner=_maybe("Who does it"),
            due=_maybe("By when"),
            quote=_QUOTE,
            line=_LINE,
        ),
        scorecard=_many(
            criterion={"type": "string", "enum": _CRITERIA},
            score={"type": "integer", "description": "1 to 5"},
            why=_text("One sentence"),
            quote=_QUOTE,
            line=_LINE,
        ),
        quotes=_many(quote=_QUOTE, why=_text("Why it matters, in a few words"), line=_LINE),
    ),
)
