/** A week of a task: which day is which, and how each went, in words. */

export type Mark = "#" | "+" | "-" | "x" | "_" | ".";

export interface Day {
  mark: Mark;
  /** "Monday", and its first letter. */
  name: string;
  letter: string;
  isToday: boolean;
}

const NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const WORDS: Record<Mark, string> = {
  "#": "done",
  "+": "begun",
  "-": "skipped",
  x: "missed",
  _: "planned",
  ".": "free",
};
const DAY_MS = 86_400_000;

export interface Calendar {
  today: string;
  /** Monday is 0. */
  starts: number;
}

export function weekOf(marks: string, { today, starts }: Calendar): Day[] {
  const now = place(today, starts);
  return Array.from(marks, (mark, index) => {
    const name = NAMES[(starts + index) % 7] ?? "";
    return { mark: known(mark), name, letter: name.slice(0, 1), isToday: index === now };
  });
}

export function weekInWords(days: readonly Day[]): string {
  const said = days.map(({ name, mark, isToday }) => `${name}${isToday ? " (today)" : ""} ${WORDS[mark]}`);
  return `This week: ${said.join(", ")}.`;
}

/** Where in its week a day is, from 0. */
export function place(day: string, starts: number): number {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return (weekday - starts + 7) % 7;
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function known(mark: string): Mark {
  return mark in WORDS ? (mark as Mark) : ".";
}
