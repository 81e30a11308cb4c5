"""What the tools of tasks take from the model."""

from typing import Literal

from pydantic import BaseModel, Field

from switchboard.core.skill import LONGEST_WORDS

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NAMED = "The task's number, or its words as the person said them"


class NewTask(BaseModel):
    sentence: str = Field(
        description="What the person said of the task, word for word", max_length=LONGEST_WORDS
    )
    title: str | None = Field(
        description="A short name, only if the sentence has none that is clear", max_length=60
    )
    amount: float | None = Field(
        description="How much one rep is; null if the sentence says it", gt=0, le=1e6
    )
    unit: str | None = Field(description="page, minute, km, session, rep ...; null with amount null")
    cadence: Literal["daily", "weekdays", "times_a_week", "once"] | None = Field(
        description="How often; null if the sentence says it"
    )
    weekdays: list[Day] = Field(description="The days for cadence weekdays, else empty", max_length=7)
    times_a_week: int | None = Field(description="For cadence times_a_week, else null", ge=1, le=50)
    total: float | None = Field(description="How much in all, in the same unit; null if open", gt=0, le=1e6)
    due: str | None = Field(description="YYYY-MM-DD; null if the sentence says it, or there is none")
    minutes_each: int | None = Field(description="How long one rep takes, if you propose it", ge=1, le=1440)


class WhatWasDone(BaseModel):
    what: str = Field(
        description="What was done, in the person's words: 25 pages of Dune, pushups, it", max_length=200
    )
    amount: float | None = Field(description="How much, if it is not in those words", gt=0, le=1e6)
    unit: str | None = Field(description="The unit of amount; null with amount null")
    day: str | None = Field(description="YYYY-MM-DD or yesterday; null for today or if the words say it")


class WhatToSkip(BaseModel):
    task: str | None = Field(description=_NAMED + "; null for whatever is due", max_length=200)
    day: str | None = Field(description="YYYY-MM-DD or tomorrow; null for today")


class WhatToChange(BaseModel):
    task: str = Field(description=_NAMED, max_length=200)
    change: Literal["move", "rename", "pause", "resume", "archive", "finish"] = Field(
        description="move: other days, another due date or amount; finish: it is done for good"
    )
    to: str | None = Field(
        description="For move (Friday; mon wed fri; 25 pages) and rename, in the person's words",
        max_length=200,
    )


class WhichTask(BaseModel):
    task: str = Field(description=_NAMED, max_length=200)


class Answer(BaseModel):
    number: int = Field(description="The number the person answered with; 0 is an answer too", ge=0)


class Consent(BaseModel):
    agreed: bool = Field(description="Whether the person said yes to the proposal")


class CheckIn(BaseModel):
    answers: str = Field(description="Numbers with done or skip, as said: 1 done, 2 skip", max_length=300)


class PageOfTasks(BaseModel):
    after: int = Field(description="0 to begin; else the number after which the next page begins", ge=0)


class WeekStart(BaseModel):
    day: Day = Field(description="The first day of the person's week")


class Hour(BaseModel):
    when: str = Field(
        description="The hour and days as said: 8:30, weekdays at 7pm; off to end it", max_length=80
    )


class Nothing(BaseModel):
    """No arguments."""
