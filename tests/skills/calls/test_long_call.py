"""Three hours and more than thirty thousand words, within the memory of a small function."""

import json
import random
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from switchboard.core.model.token_estimates import request_tokens
from switchboard.core.model.types import Request
from switchboard.skills.calls.analysis.planning import DEFAULT, plan
from switchboard.skills.calls.analysis.talk_stats import talk_of
from switchboard.skills.calls.domain.call import Status
from switchboard.skills.calls.domain.files import analysis_key, transcript_key
from switchboard.skills.calls.domain.insights import unpacked
from switchboard.skills.calls.domain.quotes import Index
from switchboard.skills.calls.domain.transcript import Transcript, packed
from switchboard.skills.calls.domain.transcript import unpacked as transcript_of_bytes
from switchboard.skills.calls.profiles.builtin import STANDARD
from switchboard.skills.calls.transcription import results
from switchboard.skills.calls.workflow.analyze import answer, finish, prepare

from tests.skills.calls.examples import World, call
from tests.skills.calls.fakes import lines_of

VOCABULARY = [
    f"{stem}{ending}"
    for stem in ("price", "offer", "deliver", "contract", "invoice", "schedul", "refund", "plan", "custom")
    for ending in ("", "s", "ing", "er", "ed", "ation", "al")
]
HOURS, WORDS = 3, 33_000


def _words() -> Iterator[Mapping[str, Any]]:
    chance = random.Random(7)  # noqa: S311 - nothing secret
    each = HOURS * 3600 / WORDS
    speaker = 0
    for number in range(WORDS):
        speaker = 1 - speaker if chance.random() < 0.03 else speaker
        end = "." if number % 12 == 11 else ""
        at = number * each
        told = {"start": at, "end": at + each * 0.9, "speaker_id": f"speaker_{speaker}"}
        yield {
            "text": f"{chance.choice(VOCABULARY)}{number if number % 50 == 0 else ''}{end}",
            "type": "word",
            **told,
        }
        yield {"text": " ", "type": "spacing", **told}


@cache
def raw() -> bytes:
    return json.dumps(
        {"language_code": "eng", "audio_duration_secs": HOURS * 3600, "words": list(_words())}
    ).encode()


@cache
def heard() -> Transcript:
    return results.read(json.loads(raw()))


def reader(request: Request) -> object:
    """Finds something in every part, and one quote that nobody said."""
    lines = lines_of(request)
    if not lines:
        return {"summary": "A long call about offers."}
    first, middle, last = lines[0], lines[len(lines) // 2], lines[-1]
    return {
        "summary": f"Lines {first[0]} to {last[0]}.",
        "topics": [{"title": f"Matter {n}", "summary": text[:40], "line": n} for n, _, text in lines[::40]],
        "sentiment": [{"line": n, "score": n % 100, "label": "neutral"} for n, _, _ in lines[::10]],
        "action_items": [
            {"task": f"Do {text}", "owner": None, "due": None, "quote": text, "line": n}
            for n, _, text in lines[::80]
        ],
        "scorecard": [
            {"criterion": "clarity", "score": 4, "why": "x", "quote": middle[2], "line": middle[0]}
        ],
        "quotes": [
            {"quote": last[2], "why": "last", "line": last[0]},
            {"quote": f"we were never here at all {first[0]}", "why": "false", "line": first[0]},
        ],
    }


def world() -> World:
    made = World((reader,))
    stands = replace(call(), heard=heard().heard, object_version="v1")
    for status in (Status.QUEUED, Status.TRANSCRIBING, Status.TRANSCRIBED):
        stands = stands.moved(status, 9)
    made.book.add(stands)
    made.blobs.put(transcript_key(stands.id), packed(heard()), content_type="application/json")
    return made


def test_it_is_as_long_as_it_is_said_to_be() -> None:
    assert heard().word_count == WORDS > 30_000
    assert heard().duration_ms == HOURS * 3600 * 1000
    assert len(talk_of(heard()).shares) == 2


def test_every_line_is_read_and_every_request_fits() -> None:
    planned = plan(heard(), STANDARD)
    assert 2 <= len(planned.parts) <= 12
    covered = {line for part in planned.parts for line in range(part.first, part.end)}
    assert covered == set(range(len(heard().lines)))


def test_it_becomes_insights_with_every_quote_checked() -> None:
    here = world()
    task = prepare(here.desk, call().id, analysis="v1")
    for number in range(task.works):
        answer(here.desk, task, number)
    done = finish(here.desk, task)
    found = unpacked(here.blobs.get(analysis_key(call().id, "v1")))
    assert done.status is Status.COMPLETED
    assert all(request_tokens(each) + DEFAULT.answer <= DEFAULT.request for each in here.model.requests)
    assert found.quotes_dropped == task.works
    lines = [each["line"] for each in found.values["sentiment"]]
    assert lines == sorted(set(lines))
    assert all(each["start_ms"] == heard().lines[each["line"]].start_ms for each in found.values["topics"])
    assert len(found.values["scorecard"]) == 1
    assert not any("never" in each["quote"] for each in found.values["quotes"])


def test_a_step_needs_a_small_multiple_of_the_transcripts_own_size() -> None:
    here = world()
    task = prepare(here.desk, call().id, analysis="v1")
    size = len(here.blobs.get(transcript_key(call().id)))
    tracemalloc.start()
    try:
        answer(here.desk, task, 0)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    print(f"peak {peak / size:.1f} x the stored transcript of {size / 1e6:.1f} MB")
    assert peak < 25 * size


def test_looking_for_a_quote_takes_no_longer_than_a_fraction_of_reading_the_transcript() -> None:
    began = time.perf_counter()
    said = transcript_of_bytes(packed(heard()))
    index = Index(said)
    reading = time.perf_counter() - began
    quotes = [line.text for line in said.lines[::10]]
    began = time.perf_counter()
    assert all(index.find(quote) for quote in quotes)
    assert (time.perf_counter() - began) / len(quotes) < reading / 10
