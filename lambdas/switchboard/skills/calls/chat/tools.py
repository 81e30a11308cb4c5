"""What the assistant can do with a person's calls; only ever in private, as the policy has it."""

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BaseModel, Field

from switchboard.core.errors import UserFacing
from switchboard.core.skills.blobs import Blobs, NoSuchBlob
from switchboard.core.skills.spec import LONGEST_WORDS, Effect, Tool, ToolContext, always
from switchboard.skills.calls.chat import formatting
from switchboard.skills.calls.domain import insights, transcript
from switchboard.skills.calls.domain.call import Call, Status
from switchboard.skills.calls.domain.files import analysis_key, transcript_key
from switchboard.skills.calls.domain.insights import Insights
from switchboard.skills.calls.store.lookup import which
from switchboard.skills.calls.store.repository import CallBook, Filter
from switchboard.skills.calls.store.search import search
from switchboard.skills.tool import tool

MOST_LISTED: Final = 10
SEARCHED: Final = 5
MOST_HITS: Final = 8
MOST_CHARS: Final = 3_600
MEANT: Final = "Which call: its id, 'last', 'yesterday', a date such as 2026-11-20, or words from its name"


Said = Annotated[str, Field(max_length=LONGEST_WORDS)]


class Listing(BaseModel):
    about: Said | None = Field(description="Words from a call's name or metadata; null for all")
    limit: int = Field(description=f"How many of the newest, 1 to {MOST_LISTED}")


class OneCall(BaseModel):
    call: Said = Field(description=MEANT)


class Words(BaseModel):
    words: Said = Field(description="What to look for in what was said", min_length=1)
    call: Said | None = Field(description=f"{MEANT}; null for the newest {SEARCHED}")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The tools, on the records and the bucket."""

    book: CallBook
    blobs: Blobs

    def list_calls(self, args: Listing, context: ToolContext) -> str:
        """List the person's recorded calls, the newest first: id, time, name, status and the gist of each."""
        limit = max(1, min(args.limit, MOST_LISTED))
        found = self.book.page(context.person, Filter(text=args.about or ""), limit=limit).calls
        if not found:
            return "There are no such calls."
        listed = (f"[{call.id}] {formatting.line(call, context.zone)}" for call in found)
        return _quoted("\n".join(listed))

    def call_insights(self, args: OneCall, context: ToolContext) -> str:
        """Tell what was found in one recorded call: summary, topics, mood, action items, scores, quotes."""
        call, found = self._insights(args.call, context)
        return _quoted(f"{formatting.line(call, context.zone)}\n{formatting.shown(found)}")

    def search_calls(self, args: Words, context: ToolContext) -> str:
        """Find what was said in recorded calls, word by word: the lines, with speaker and time."""
        calls = [which(args.call, book=self.book, context=context)] if args.call else self._newest(context)
        found = [line for call in calls for line in self._hits(call, args.words, context.zone)]
        return _quoted("\n".join(found[:MOST_HITS])) if found else "Nothing like that was said."

    def action_items(self, args: OneCall, context: ToolContext) -> str:
        """List what was promised in one recorded call: what, who, by when.

        To make tasks of it, add each as a sentence such as "send the offer by Friday". Days were said on
        the day of the call. Where no day was said, ask the person for one.
        """
        call, found = self._insights(args.call, context)
        items = found.values.get("action_items")
        if not isinstance(items, list) or not items:
            return f"No action items were found in the call {formatting.title(call)}."
        lines = (f"{number}. {_item(item)}" for number, item in enumerate(items, 1))
        return _quoted(f"{formatting.line(call, context.zone)}\n" + "\n".join(lines))

    def _insights(self, reference: str, context: ToolContext) -> tuple[Call, Insights]:
        call = which(reference, book=self.book, context=context)
        latest = call.latest
        if latest is None:
            raise UserFacing(f"{formatting.line(call, context.zone)} There are no insights yet.")
        try:
            return call, insights.unpacked(self.blobs.get(analysis_key(call.id, latest.id)))
        except NoSuchBlob:
            raise UserFacing("The insights of that call have been deleted.") from None

    def _newest(self, context: ToolContext) -> list[Call]:
        found = self.book.page(context.person, Filter(status=Status.COMPLETED), limit=SEARCHED)
        return found.calls

    def _hits(self, call: Call, words: str, zone: str) -> list[str]:
        try:
            said = transcript.unpacked(self.blobs.get(transcript_key(call.id)))
        except NoSuchBlob:
            return []
        name = f"{formatting.title(call)}, {formatting.when(call, zone)}"
        return [
            f"{name}, {formatting.clock(hit.start_ms)}, {hit.speaker}: {hit.text}"
            for hit in search(said, words, limit=MOST_HITS)
        ]


def tools(book: CallBook, blobs: Blobs) -> tuple[Tool, ...]:
    shelf = Shelf(book, blobs)
    reading = tool(Effect.READS, quotes=always)
    return (
        reading(shelf.list_calls),
        reading(shelf.call_insights),
        reading(shelf.search_calls),
        reading(shelf.action_items),
    )


def _item(item: object) -> str:
    if not isinstance(item, dict):
        return str(item)
    place = f"at {formatting.clock(item['start_ms'])}" if isinstance(item.get("start_ms"), int) else ""
    owner = f"owner {item['owner']}" if item.get("owner") else ""
    due = f"due {item['due']}" if item.get("due") else ""
    return ", ".join(filter(None, (str(item.get("task", "")), owner, due, place)))


def _quoted(text: str) -> str:
    cut = text if len(text) <= MOST_CHARS else f"{text[:MOST_CHARS]}… (the page shows the rest)"
    return f"{formatting.QUOTED}\n{cut}"
