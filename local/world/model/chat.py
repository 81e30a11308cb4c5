"""From a chat request to its response: the script first, then the grammar, within the token limit."""

import json
from itertools import islice

import anyio
from starlette.responses import JSONResponse, Response, StreamingResponse

from local.world.faults import Fault
from local.world.journal import Entry
from local.world.model.completion import Completion, Finish, paced, whole
from local.world.model.conversation import Conversation, conversation
from local.world.model.errors import ModelError
from local.world.model.grammar import reply_to
from local.world.model.reply import TOKENS_PER_SECOND, Reply, deltas, prompt_tokens
from local.world.model.requests import ChatRequest
from local.world.model.rules import require_rules
from local.world.model.schemas import answer_of
from local.world.model.script import Script
from local.world.model.streams import CutResponse, first, noted, once
from local.world.ports import Ports

EVENTS = "text/event-stream"
JSON_TOKENS_PER_SECOND = 2000.0


def complete(request: ChatRequest, *, script: Script, ports: Ports) -> Completion:
    require_rules(request)
    talk = conversation(request)
    entry = script.entry_for(talk)
    reply = (entry and entry.reply_to(talk)) or grammar_reply(request, talk)
    written = deltas(reply, stops=request.stops)
    kept = list(islice(written, request.token_limit))
    left = next(written, None)
    finish: Finish = "length" if left else "tool_calls" if reply.calls else "stop"
    return Completion(
        id=f"chatcmpl-{ports.new_id()}",
        created=int(ports.now().timestamp()),
        model=request.model,
        prompt_tokens=prompt_tokens([message.text for message in request.messages]),
        deltas=kept,
        finish=finish,
        tokens_per_second=entry.tokens_per_second if entry else pace_of(request),
    )


def pace_of(request: ChatRequest) -> float:
    """Nobody watches JSON being written."""
    return JSON_TOKENS_PER_SECOND if request.writes_json else TOKENS_PER_SECOND


def grammar_reply(request: ChatRequest, talk: Conversation) -> Reply:
    """Raises ModelError for what a grammar cannot do unless it is scripted."""
    if request.writes_json:
        found = answer_of(talk.last, request.answer_schema)
        if found is None:
            raise ModelError(
                "A fixed grammar writes JSON of calls alone, or what is scripted.", param="response_format"
            )
        return found
    reply = reply_to(talk)
    forced = request.tool_choice not in {None, "none", "auto"} and not talk.results
    if forced and not reply.calls:
        raise ModelError("A fixed grammar calls this tool only if it is scripted.", param="tool_choice")
    return reply


def streamed(request: ChatRequest, completion: Completion, *, entry: Entry, cut: Fault | None) -> Response:
    include_usage = bool(request.stream_options and request.stream_options.include_usage)
    events = paced(completion, include_usage=include_usage)
    if cut:
        # One more than the tokens: the first event only names the role.
        return CutResponse(noted(first(events, cut.value + 1), entry=entry, ended="cut"), media_type=EVENTS)
    return StreamingResponse(noted(events, entry=entry, ended=completion.finish), media_type=EVENTS)


async def unstreamed(completion: Completion, *, entry: Entry, cut: Fault | None) -> Response:
    await anyio.sleep(len(completion.deltas) / completion.tokens_per_second)
    if cut is None:
        return JSONResponse(whole(completion))
    body = json.dumps(whole(completion)).encode()
    half = noted(once(body[: len(body) // 2]), entry=entry, ended="cut")
    return CutResponse(half, media_type="application/json")
