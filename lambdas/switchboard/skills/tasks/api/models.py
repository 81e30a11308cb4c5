"""Tasks as the API shows them: a card on the board, and the report behind it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from switchboard.rest.pages import Next

EXAMPLE_ID = "trp1_oqldqyepjyojs2v3qxipr6zwwu"
TaskState = Literal["open", "paused", "finished", "archived"]
OwnDay = Annotated[
    str,
    Field(
        json_schema_extra={"format": "date"},
        description="A day by the person's own clock",
        examples=["2026-11-21"],
    ),
]
NoDay = Annotated[
    str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="A day, or empty", examples=["2027-04-12", ""])
]
Amount = Annotated[str, Field(description="A decimal number", examples=["20", "0.5"])]
NoAmount = Annotated[str, Field(description="A decimal number, or empty", examples=["300", ""])]


class Shown(BaseModel):
    """Made of what the skill knows of a task."""

    model_config = ConfigDict(from_attributes=True)


class Card(Shown):
    """`week` is seven marks: # done, + in part, - skipped, x missed, _ planned, . free."""

    number: int = Field(description="What the person calls it by in a message", examples=[1])
    id: str = Field(examples=[EXAMPLE_ID])
    title: str = Field(examples=["read Dune"])
    state: TaskState = Field(examples=["open"])
    plan: str = Field(examples=["20 pages every day"])
    unit: str = Field(examples=["page"])
    amount: Amount = Field(description="Of a rep")
    total: NoAmount
    done: Amount
    due: NoDay
    today: Amount = Field(description="What was done today")
    is_due: bool = Field(description="Whether today still asks for it")
    week: str = Field(pattern=r"^[#+x_.-]{7}$", examples=["##-_..."])
    week_done: int = Field(examples=[3])
    week_planned: int = Field(examples=[7])
    streak: int = Field(description="Days, or weeks for a task of so many times a week", examples=[4])
    version: int = Field(description="For If-Match", examples=[5])


class Counts(Shown):
    open: Annotated[int, Field(examples=[3])]
    paused: Annotated[int, Field(examples=[0])]
    finished: Annotated[int, Field(examples=[1])]
    archived: Annotated[int, Field(examples=[0])]


class Board(Shown):
    """`week_starts` counts from Monday, 0; `counts` are of all tasks in each state."""

    items: list[Card]
    next: Next
    today: OwnDay
    week_starts: int = Field(ge=0, le=6, examples=[0])
    counts: Counts


class Bar(Shown):
    week: OwnDay = Field(description="The first day of the week")
    amount: Amount


class Heat(Shown):
    """`level` is 0 for nothing, and 1 to 4 by quarters of a rep, 4 from a whole one on."""

    day: OwnDay
    amount: Amount
    level: int = Field(ge=0, le=4, examples=[4])


class Outlook(Shown):
    """When it will be finished, eight times in ten; empty where no end is in sight."""

    early: NoDay
    likely: NoDay
    late: NoDay
    chance: Literal["", "on track", "close", "at risk", "behind"] = Field(
        description="How it stands with the due day; empty without one", examples=["on track"]
    )


class Report(Shown):
    """`kept` of `planned` is over the last four weeks, or of the whole when the task only has an end."""

    card: Card
    since: OwnDay
    times: int = Field(description="How often something was done", examples=[12])
    longest_streak: int = Field(examples=[9])
    kept: int = Field(examples=[24])
    planned: int = Field(examples=[28])
    best_day: NoDay
    best_amount: NoAmount
    trend: Literal["too early", "up", "down", "steady"] = Field(examples=["up"])
    bars: list[Bar] = Field(description="The last weeks, oldest first")
    heat: list[Heat] = Field(description="The days of a year on which something was done, oldest first")
    outlook: Outlook | None


class Told(Shown):
    """What the assistant says. `task` is null while it asks something: then `said` is the question."""

    said: str = Field(examples=["Added 1 read Dune: 20 pages every day."])
    task: Card | None


class Logged(Shown):
    """What the assistant says, and the task as it is now."""

    said: str = Field(examples=["1 read Dune: 20 pages. 20/20 pages. Streak 4 days."])
    task: Card


class Undone(Shown):
    said: str = Field(examples=["Undone: 1 read Dune: 20 pages."])
