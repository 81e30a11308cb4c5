"""Call recordings become insights: transcribed, analysed by versioned profiles, and asked about in chat."""

from functools import partial

from switchboard.core.skills.spec import Means, SkillSpec, Toolbox, always


def _load(means: Means) -> Toolbox:
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


SPEC = SkillSpec(
    name="calls",
    summary="transcribes and analyses call recordings, and answers questions about them",
    load=_load,
    keeps=True,
)
