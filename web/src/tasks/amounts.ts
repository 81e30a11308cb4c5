/** Amounts of a task as people read them: 20 pages, 2.5 km, 3 reps. */
import type { Card } from "./shapes.ts";

const PLURALS: Record<string, string> = { km: "km", kg: "kg", glass: "glasses", sketch: "sketches" };
const MOST = 1_000_000;

export function counted(amount: string, unit: string): string {
  return `${grouped(amount)} ${Number(amount) === 1 ? unit : plural(unit)}`;
}

export function plural(unit: string): string {
  return PLURALS[unit] ?? `${unit}s`;
}

export function grouped(amount: string): string {
  return Number(amount).toLocaleString("en", { maximumFractionDigits: 2 });
}

/** What a tap logs: the rep, or what is left of it today, and never more than what is left of the whole. */
export function nextRep({ amount, today, total, done }: Card): string {
  const rest = Number(amount) - Number(today);
  const whole = rest > 0 ? rest : Number(amount);
  const left = total ? Number(total) - Number(done) : 0;
  return shortest(left > 0 ? Math.min(whole, left) : whole);
}

/** Done once, and it is finished: there is nothing to count. */
export function isSingle({ unit, amount, total }: Card): boolean {
  return unit === "rep" && amount === "1" && total === "1";
}

/** A plain rep says nothing that "done" does not. */
export function isPlain({ unit, amount }: Card): boolean {
  return unit === "rep" && amount === "1";
}

/** The amount that was typed, or null for what is none. */
export function typed(text: string): string | null {
  const plain = text.trim().replace(",", ".");
  if (!/^\d{1,7}(\.\d{1,2})?$/.test(plain)) return null;
  const amount = Number(plain);
  return amount > 0 && amount < MOST ? shortest(amount) : null;
}

function shortest(amount: number): string {
  return String(Math.round(amount * 100) / 100);
}
