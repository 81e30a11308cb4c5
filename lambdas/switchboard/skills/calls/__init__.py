"""Call recordings become insights: transcribed, analysed by versioned profiles, and asked about in chat."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from switchboard.core.skills.spec import SkillDeps, SkillSpec, Toolbox, always
from switchboard.core.stored_data.inventory import StoreEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from switchboard.core.stored_data.reader import Store
    from switchboard.platform.skills import Given
    from switchboard.platform.tables import Tables
    from switchboard.skills.calls.api.ports import Served


def _load(means: SkillDeps) -> Toolbox:
    from switchboard.skills.calls.chat.commands import commands  # noqa: PLC0415
    from switchboard.skills.calls.chat.tools import tools  # noqa: PLC0415 - pydantic loads with the first turn
    from switchboard.skills.calls.store.merge_people import join  # noqa: PLC0415
    from switchboard.skills.calls.store.repository import CallBook  # noqa: PLC0415
    from switchboard.skills.calls.store.separate_people import separate  # noqa: PLC0415

    return Toolbox(
        tools=tools(CallBook(means.records), means.blobs),
        commands=commands(means.records, models=means.models),
        join=partial(join, means.records),
        separate=partial(separate, means.records),
        quotes=always,
    )


def _serves(tables: Tables, given: Given) -> Served:
    from switchboard.skills.calls.wiring.rest import served  # noqa: PLC0415 - few requests need it

    return served(tables, given)


def _stores(tables: Tables, given: Given) -> Sequence[Store]:
    from switchboard.skills.calls.wiring.personal_data import stores  # noqa: PLC0415 - few jobs need it

    return stores(tables, given)


SPEC = SkillSpec(
    name="calls",
    summary="transcribes and analyses call recordings, and answers questions about them",
    load=_load,
    keeps=True,
    files=True,
    private_only=True,
    routes={
        "calls": "switchboard.skills.calls.api.routes",
        "profiles": "switchboard.skills.calls.api.profile_routes",
    },
    serves=_serves,
    longest_bodies={"profiles": 131_072},
    places={
        "Calls/Records": StoreEntry(
            exported="calls.json",
            erased="every record whose owner is the person, and what leads to their calls",
        ),
        "Calls/Recordings": StoreEntry(
            exported="call-files.json: transcripts and analyses whole, recordings by name; "
            "they are on the page",
            erased="every version and unfinished upload under uploads/, transcripts/ and analyses/ "
            "of each call",
        ),
    },
    stores=_stores,
    files_about={
        "calls.json": "your calls and profiles: where each stands, and what you said of it",
        "call-files.json": "what was heard and found in each call; recordings are fetched from the page",
    },
)
