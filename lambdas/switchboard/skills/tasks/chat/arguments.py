"""What the tools of tasks take from the model."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from switchboard.core.skills.spec import LONGEST_WORDS
from switchboard.skills.tasks.limits import (
    LARGEST_AMOUNT,
    LARGEST_NUMBER,
    LONGEST_EFFORT,
    LONGEST_TITLE,
    MOST_TIMES_A_WEEK,
    SMALLEST_AMOUNT,
)

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Words = Annotated[str, Field(max_length=LONGEST_WORDS)]
Amount = Annotated[float, Field(ge=float(SMALLEST_AMOUNT), le=float(LARGEST_AMOUNT))]
Number = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
_NAMED = "The task's number, or its words as the person said them"


class NewTask(BaseModel):
    sentence: Words = Field(description="What the person said of the task, word for word")
    title: str | None = Field(
        description="A short name, only if the sentence has none that is clear", max_length=LONGEST_TITLE
    )
    amount: Amount | None = Field(description="How much one rep is; null if the sentence says it")
    unit: Words | None = Field(description="page, minute, km, session, rep ...; null with amount null")
    cadence: Literal["daily", "weekdays", "times_a_week", "once"] | None = Field(
        description="How often; null if the sentence says it"
    )
    weekdays: list[Day] = Field(description="The days for cadence weekdays, else empty", max_length=7)
    times_a_week: int | None = Field(
        description="For cadence times_a_week, else null", ge=1, le=MOST_TIMES_A_WEEK
    )
    total: Amount | None = Field(description="How much in all, in the same unit; null if open")
    due: Words | None = Field(description="YYYY-MM-DD; null if the sentence says it, or there is none")
    minutes_each: int | None = Field(
        description="How long one rep takes, if you propose it", ge=1, le=LONGEST_EFFORT
    )


class WhatWasDone(BaseModel):
    what: Words = Field(description="What was done, in the person's words: 25 pages of Dune, pushups, it")
    amount: Amount | None = Field(description="How much, if it is not in those words")
    unit: Words | None = Field(description="The unit of amount; null with amount null")
    day: Words | None = Field(description="YYYY-MM-DD or yesterday; null for today or if the words say it")


class WhatToSkip(BaseModel):
    task: Words | None = Field(description=_NAMED + "; null for whatever is due")
    day: Words | None = Field(description="YYYY-MM-DD or tomorrow; null for today")


class WhatToChange(BaseModel):
    task: Words = Field(description=_NAMED)
    change: Literal["move", "rename", "pause", "resume", "archive", "finish"] = Field(
        description="move: other days, another due date or amount; finish: it is done for good"
    )
    to: Words | None = Field(
        description="For move (Friday; mon wed fri; 25 pages) and rename, in the person's words"
    )


class WhichTask(BaseModel):
    task: Words = Field(description=_NAMED)


class Answer(BaseModel):
    number: Number = Field(description="The number the person answered with; 0 is an answer too")


class Consent(BaseModel):
    agreed: bool = Field(description="Whether the person said yes to the proposal")


class CheckIn(BaseModel):
    answers: Words = Field(description="Numbers with done or skip, as said: 1 done, 2 skip")


class PageOfTasks(BaseModel):
    after: Number = Field(description="0 to begin; else the number after which the next page begins")


class WeekStart(BaseModel):
    day: Day = Field(description="The first day of the person's week")


class Hour(BaseModel):
    when: Words = Field(description="The hour and days as said: 8:30, weekdays at 7pm; off to end it")


class Nothing(BaseModel):
    """No arguments."""
