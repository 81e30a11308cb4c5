/** A year of a task as a calendar: a column a week, a row a day of the week. */
import { date } from "../parts/times.ts";
import { counted } from "./amounts.ts";
import type { HeatDay } from "./shapes.ts";
import { place, plusDays, type Calendar } from "./week.ts";

export interface Cell {
  day: string;
  column: number;
  row: number;
  amount: string;
  /** 0 for nothing, 4 for a whole rep and more. */
  level: number;
}

export interface Month {
  name: string;
  column: number;
}

const WEEKS = 53;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** From the beginning of the week that was 52 weeks ago, to today. */
export function cellsOf(heat: readonly HeatDay[], { today, starts }: Calendar): Cell[] {
  const known = new Map(heat.map((each) => [each.day, each]));
  const before = place(today, starts);
  const first = plusDays(today, -before - 7 * (WEEKS - 1));
  return Array.from({ length: 7 * (WEEKS - 1) + before + 1 }, (_, index) => {
    const day = plusDays(first, index);
    const { amount = "0", level = 0 } = known.get(day) ?? {};
    return { day, column: Math.floor(index / 7), row: index % 7, amount, level };
  });
}

/** Each month where its first whole week is; one that leaves no room for its name before the next has none. */
export function monthsOf(cells: readonly Cell[]): Month[] {
  const firsts = cells.filter(({ row }) => row === 0);
  return firsts
    .filter(({ day }, index) => index === 0 || monthOf(day) !== monthOf(firsts[index - 1]?.day ?? ""))
    .map(({ day, column }) => ({ name: MONTHS[monthOf(day)] ?? "", column }))
    .filter(({ column }, index, all) => (all[index + 1]?.column ?? WEEKS) - column >= 2);
}

export function heatInWords(heat: readonly HeatDay[], unit: string): string {
  const active = heat.filter(({ level }) => level > 0);
  if (active.length === 0) return "Nothing was done in the last year yet.";
  const sum = active.reduce((total, { amount }) => total + Number(amount), 0);
  const days = active.length === 1 ? "one day" : `${active.length} days`;
  const last = active.at(-1)?.day ?? "";
  return `In the last year ${counted(String(sum), unit)} on ${days}, most recently on ${date(last)}.`;
}

function monthOf(day: string): number {
  return Number(day.slice(5, 7)) - 1;
}
