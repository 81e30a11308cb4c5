/** What the API answers about tasks, as it is documented. Amounts are decimal strings, days are "2026-11-21". */
import type { Listed } from "../api/shapes.ts";

export type State = "open" | "paused" | "finished" | "archived";

export interface Card {
  number: number;
  id: string;
  title: string;
  state: State;
  plan: string;
  unit: string;
  amount: string;
  total: string;
  done: string;
  due: string;
  today: string;
  is_due: boolean;
  /** Seven marks of `# + - x _ .`, from the day on which the person's weeks start. */
  week: string;
  week_done: number;
  week_planned: number;
  streak: number;
  version: number;
}

export interface BoardPage extends Listed<Card> {
  today: string;
  /** Monday is 0. */
  week_starts: number;
  counts: Record<State, number>;
}

/** What the assistant says to what was asked of it; no task while it asks something itself. */
export interface Answer {
  said: string;
  task: Card | null;
}

export interface Bar {
  week: string;
  amount: string;
}

export interface HeatDay {
  day: string;
  amount: string;
  level: number;
}

export interface Outlook {
  early: string;
  likely: string;
  late: string;
  chance: string;
}

export interface Report {
  card: Card;
  since: string;
  times: number;
  longest_streak: number;
  kept: number;
  planned: number;
  best_day: string;
  best_amount: string;
  trend: string;
  bars: Bar[];
  heat: HeatDay[];
  outlook: Outlook | null;
}

export interface Change {
  title?: string;
  state?: "open" | "paused" | "archived";
  due?: string;
}
