/** How far a task has come: today, in a row, and of the whole. */
import { date } from "../parts/times.ts";
import { counted, grouped, isPlain, isSingle, plural } from "./amounts.ts";
import type { Card } from "./shapes.ts";

export function Facts({ card }: { card: Card }) {
  return (
    <ul class="task-facts">
      {facts(card).map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

export function Whole({ card: { title, done, total, unit } }: { card: Card }) {
  return (
    <div class="whole">
      <progress aria-label={`${title}: done of the whole`} max={Number(total)} value={Number(done)} />
      <p class="quiet number">
        {grouped(done)} of {counted(total, unit)}
      </p>
    </div>
  );
}

export function hasWhole(card: Card): boolean {
  return card.total !== "" && !isSingle(card);
}

function facts(card: Card): string[] {
  const { streak, week_done, week_planned, due } = card;
  return [
    ...(card.state === "open" ? [todayOf(card)] : []),
    ...(week_planned > 0 ? [`${week_done} of ${week_planned} this week`] : []),
    ...(streak > 1 ? [`${streak} in a row`] : []),
    ...(due ? [`due ${date(due)}`] : []),
  ].filter(Boolean);
}

function todayOf(card: Card): string {
  const { today, amount, unit, is_due, week_planned } = card;
  const some = Number(today) > 0;
  if (!some && (!is_due || week_planned === 0)) return "";
  if (isPlain(card)) return some ? "done today" : "to do today";
  if (week_planned === 0) return `${counted(today, unit)} today`;
  return `${grouped(today)} of ${grouped(amount)} ${plural(unit)} today`;
}
