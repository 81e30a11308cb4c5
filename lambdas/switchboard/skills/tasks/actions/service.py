"""The skill's one door: what tools, commands, the page and the wake-up ask of a person's tasks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from switchboard.core.people.address import PersonId
from switchboard.core.skills.records import Records
from switchboard.core.skills.reminders import NO_WAKEUPS, ReminderFired, Reminders, ScheduledReminder
from switchboard.core.skills.spec import ToolContext
from switchboard.skills.tasks.actions import execute
from switchboard.skills.tasks.actions.add import NOTHING_SUGGESTED, add, confirm, decline
from switchboard.skills.tasks.actions.check_ins import nudge, parse_hour, said
from switchboard.skills.tasks.actions.context import Desk, name_of, today_of, zone_of
from switchboard.skills.tasks.actions.suggest import Suggestion
from switchboard.skills.tasks.domain.cadence import WEEKDAY_NAMES
from switchboard.skills.tasks.parsing.intent import Intent, Verb
from switchboard.skills.tasks.store.agenda import agenda
from switchboard.skills.tasks.store.keys import QUOTED, owner_of
from switchboard.skills.tasks.store.repository import set_week_start
from switchboard.skills.tasks.store.unit_of_work import Outcome, Work, once, undone
from switchboard.skills.tasks.text import reports

SKILL: Final = "tasks"


@dataclass(frozen=True, slots=True)
class TaskService:
    """What changes something is done once for the same words in the same turn; errors are UserFacing."""

    records: Records
    wakeups: Reminders = NO_WAKEUPS

    def add(self, context: ToolContext, sentence: str, by: Suggestion = NOTHING_SUGGESTED) -> str:
        return self._once(context, lambda desk: add(desk, sentence, by), Verb.ADD, sentence, repr(by))

    def carry_out(self, context: ToolContext, intent: Intent) -> str:
        return self._once(context, lambda desk: execute.carry_out(desk, intent), repr(intent))

    def pick(self, context: ToolContext, number: int) -> str:
        return self._once(context, lambda desk: execute.pick(desk, number), Verb.PICK, str(number))

    def mark(self, context: ToolContext, text: str) -> str:
        return self._once(context, lambda desk: execute.mark(desk, text), Verb.MARKS, text)

    def confirm(self, context: ToolContext) -> str:
        return self._once(context, confirm, Verb.YES)

    def decline(self, context: ToolContext) -> str:
        return self._once(context, decline, Verb.NO)

    def undo(self, context: ToolContext) -> str:
        return undone(self.records, owner_of(context.person), name_of(context, Verb.UNDO))

    def quotes(self, context: ToolContext) -> bool:
        """Whether what is told of the person's tasks may hold somebody else's words."""
        return self.quoted_by(context.person)

    def quoted_by(self, person: PersonId) -> bool:
        return self.records.get(owner_of(person), QUOTED) is not None

    def start_weeks(self, context: ToolContext, day: int) -> str:
        def act(desk: Desk) -> str:
            set_week_start(desk.work, day)
            return f"Your weeks start on {WEEKDAY_NAMES[day]} now."

        return self._once(context, act, Verb.WEEK, str(day))

    def check_in(self, context: ToolContext, when: str) -> str:
        """Be asked at an hour, or `off`: no more."""
        if when.strip(" .!").casefold() in {"off", "stop", "none", "never", "no"}:
            self.wakeups.cancel(context.person, SKILL)
            return "All right, I ask no more."
        hour, zone = parse_hour(when), zone_of(context)
        self.wakeups.set(
            ScheduledReminder(context.person, context.address, SKILL, hour.at, zone.key, hour.days)
        )
        return f"I ask you {said(hour, context.now, zone)}. /checkin off ends it."

    def nudge(self, waking: ReminderFired) -> str:
        """What to ask somebody at their hour; "" when nothing is due."""
        return nudge(agenda(Work(self.records, owner_of(waking.person)), waking.now.date()))

    def today(self, context: ToolContext) -> str:
        return reports.tell_today(self._work(context), today_of(context))

    def next(self, context: ToolContext) -> str:
        return reports.tell_next(self._work(context), today_of(context))

    def week(self, context: ToolContext, *, after: int = 0) -> str:
        return reports.tell_week(self._work(context), today_of(context), after=after)

    def tasks(self, context: ToolContext, *, after: int = 0) -> str:
        return reports.tell_tasks(self._work(context), today_of(context), after=after)

    def show(self, context: ToolContext, about: str) -> str:
        """The task's report, or the question which task is meant."""
        intent = Intent(Verb.SHOW, about)
        return self._once(context, lambda desk: execute.carry_out(desk, intent), repr(intent))

    def follow(self, context: ToolContext, intent: Intent) -> str:
        """Whatever a sentence asks for."""
        plainly = self._plainly.get(intent.verb)
        if plainly:
            return plainly(context)
        match intent.verb:
            case Verb.ADD:
                return self.add(context, intent.to)
            case Verb.PICK:
                return self.pick(context, int(intent.about))
            case Verb.MARKS:
                return self.mark(context, intent.to)
        return self.carry_out(context, intent)

    @property
    def _plainly(self) -> dict[Verb, Callable[[ToolContext], str]]:
        return {
            Verb.UNDO: self.undo,
            Verb.TODAY: self.next,
            Verb.WEEK: self.week,
            Verb.LIST: self.tasks,
            Verb.YES: self.confirm,
            Verb.NO: self.decline,
        }

    def _work(self, context: ToolContext) -> Work:
        return Work(self.records, owner_of(context.person))

    def _once(self, context: ToolContext, act: Callable[[Desk], str], *said: str) -> str:
        return self.done(context, act, *said).said

    def done(self, context: ToolContext, act: Callable[[Desk], str], *said: str) -> Outcome:
        name, today = name_of(context, *said), today_of(context)

        def do(work: Work) -> str:
            if context.quoting:
                work.put(QUOTED, {})
            return act(Desk(work, today, context.now, name))

        return once(self.records, owner_of(context.person), name, do)
