"""Progress as a text message: a week is a bar of seven marks, and a report of a week is one part."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from switchboard.skills.tasks.domain.cadence import Kind, Week, week_of
from switchboard.skills.tasks.domain.dates import short_date
from switchboard.skills.tasks.domain.forecast import Forecast
from switchboard.skills.tasks.domain.progress import Share, Streak, Trend, mark, streak, weekly
from switchboard.skills.tasks.domain.task import REP, Task
from switchboard.skills.tasks.language.lexicon import SHORT_DAYS
from switchboard.skills.tasks.language.numbers import shown
from switchboard.skills.tasks.store.agenda import Agenda
from switchboard.skills.tasks.text.formatting import counted, named, planned

ONE_PART: Final = 160
ONE_PART_UNICODE: Final = 70
SHORT_TITLE: Final = 14
LISTED_TITLE: Final = 30

_TWICE: Final = str.maketrans("[]{}|~^\\", "()()/--/")
_EXPLAINED: Final = "# done + some - skip x missed"


def plain(text: str) -> str:
    """Without accents, and without what counts twice in a text message."""
    letters = unicodedata.normalize("NFKD", text.translate(_TWICE))
    bare = "".join(character for character in letters if not unicodedata.combining(character))
    return bare if bare.isascii() else text


def fitting(lines: Iterable[str], *, end: str = "") -> str:
    """As many of the lines as fit in one part together with the end."""
    kept: list[str] = []
    for line in lines:
        text = "\n".join(filter(None, (*kept, line, end)))
        if not _is_one_part(text):
            break
        kept.append(line)
    return "\n".join(filter(None, (*kept, end)))


def _is_one_part(text: str) -> bool:
    """What is not plain is counted as UTF-16 has it, where some characters are two."""
    return len(text) <= ONE_PART if text.isascii() else len(text.encode("utf-16-le")) // 2 <= ONE_PART_UNICODE


def bar(task: Task, week: Week, today: date) -> str:
    return "".join(mark(task, day, today) for day in week.days)


def week_line(task: Task, today: date, *, starts: int) -> str:
    week = week_of(today, starts=starts)
    held = streak(task, today, starts=starts).now
    name = plain(named(task, room=SHORT_TITLE))
    return f"{name} {bar(task, week, today)} {_share(task, week)}" + (f" s{held}" if held > 1 else "")


def week_text(tasks: Sequence[Task], today: date, *, starts: int, after: int) -> str:
    """One part; it says how to see what did not fit."""
    week = week_of(today, starts=starts)
    heading = f"{SHORT_DAYS[starts]}-{SHORT_DAYS[week.last.weekday()]} {_EXPLAINED}"
    lines = [week_line(task, today, starts=starts) for task in tasks]
    whole = fitting((heading, *lines))
    if whole.count("\n") == len(lines) and not after:
        return whole
    for shown_lines in range(len(lines), 0, -1):
        last = tasks[shown_lines - 1].number
        text = fitting((heading, *lines[:shown_lines]), end=f"More: /week {last}")
        if text.count("\n") == shown_lines + 1:
            return text
    return fitting((heading, *lines))


def today_text(found: Agenda, today: date) -> str:
    """What is to do, what was done, and that there is more."""
    if not any((found.due, found.done, found.skipped, found.later)):
        return "Nothing is planned for today. /add plans something."
    todo = "To do: " + ", ".join(_to_do(task, today) for task in found.due) if found.due else ""
    done = "Done: " + ", ".join(_done(task, today) for task in found.done) if found.done else ""
    skipped = "Skipped: " + ", ".join(named(task) for task in found.skipped) if found.skipped else ""
    later = "Some day: " + ", ".join(_to_do(task, today) for task in found.later) if found.later else ""
    head = f"{SHORT_DAYS[today.weekday()]} {today:%b} {today.day}" + ("" if todo else ": all done.")
    more = "There is more: /tasks" if found.more else ""
    return "\n".join(filter(None, (head, todo, done, skipped, later, more)))


def next_text(found: Agenda, today: date) -> str:
    waiting = [*found.due, *found.later]
    if not waiting:
        return "Nothing is left for today." if found.done or found.skipped else today_text(found, today)
    first, *rest = waiting
    after = " Then: " + ", ".join(_to_do(task, today) for task in rest[:3]) + "." if rest else ""
    return f"Next: {_to_do(first, today)}.{after}"


def tally(task: Task, day: date) -> str:
    """What a day brought against what the plan asks for: 25/20 pages; of a whole: 2/6 sessions."""
    if task.plan.total is not None and task.plan.cadence.kind is Kind.ONCE:
        return _measured(f"{shown(task.done)}/{shown(task.plan.total)}", task)
    return _measured(f"{shown(task.on(day))}/{shown(task.plan.amount)}", task)


def streak_text(task: Task, held: Streak) -> str:
    if task.plan.cadence.kind is Kind.ONCE or not held.longest:
        return ""
    unit = "week" if task.plan.cadence.kind is Kind.WEEKLY else "day"
    record = f" (best {held.longest})" if held.longest > held.now else ""
    return f"Streak {held.now} {unit}{'' if held.now == 1 else 's'}{record}"


def forecast_text(ends: Forecast, today: date) -> str:
    early, likely, late = (
        short_date(end, today) if end else "open" for end in (ends.early, ends.likely, ends.late)
    )
    return f"likely done {likely} ({early} to {late})" if ends.early else "no end in sight"


def percent(share: Share) -> str:
    return f"{100 * share.done // share.planned}%" if share.planned else "-"


def trend_text(trend: Trend) -> str:
    return "" if trend is Trend.UNKNOWN else f"trend {trend.value}"


def _share(task: Task, week: Week) -> str:
    if task.plan.cadence.kind is Kind.ONCE:
        whole = shown(task.plan.total) if task.plan.total else "?"
        return f"{shown(task.done)}/{whole}"
    share = weekly(task, week)
    return f"{share.done}/{share.planned}"


def _measured(text: str, task: Task) -> str:
    if task.plan.unit == REP:
        return text
    return f"{text} {counted(task.plan.total or task.plan.amount, task.plan.unit).partition(' ')[2]}"


def _to_do(task: Task, today: date) -> str:
    aside = _aside(task, today)
    if aside:
        return f"{named(task, room=LISTED_TITLE)} ({aside})"
    size = counted(task.plan.amount, task.plan.unit)
    return named(task, room=LISTED_TITLE) + ("" if size == "1x" or task.single else f" {size}")


def _aside(task: Task, today: date) -> str:
    """How far something to finish, to do this week, or begun today has come."""
    kind = task.plan.cadence.kind
    if kind is Kind.ONCE:
        due = f"by {short_date(task.plan.due, today)}" if task.plan.due else ""
        return ", ".join(filter(None, ("" if task.single else tally(task, today), due)))
    if task.on(today):
        return tally(task, today)
    return planned(task.plan, today) if kind is Kind.WEEKLY else ""


def _done(task: Task, today: date) -> str:
    return f"{named(task, room=LISTED_TITLE)} {counted(task.on(today), task.plan.unit)}"
