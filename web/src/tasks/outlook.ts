/** When a task will be finished, and how it has been going, in words that do not promise more than is known. */
import { date } from "../parts/times.ts";
import { counted } from "./amounts.ts";
import type { Outlook, Report } from "./shapes.ts";

const CHANCES: Record<string, (due: string) => string> = {
  "on track": (due) => `On track for ${due}.`,
  close: (due) => `It will be close: it is due on ${due}.`,
  "at risk": (due) => `At risk: at this pace it is hardly done by ${due}.`,
  behind: (due) => `Behind: at this pace it is not done by ${due}.`,
};
const TRENDS: Record<string, string> = {
  up: "On the whole it grows from week to week.",
  down: "On the whole it shrinks from week to week.",
  steady: "About the same every week.",
};

export function forecastInWords({ card, outlook }: Report): string {
  if (card.state === "finished") return "It is finished.";
  if (!card.total) return "It has no end to foresee: it goes on until you archive it.";
  if (!outlook) return "Too early to tell. A forecast takes a week, and reps on three days.";
  return [ends(outlook), chance(outlook, card.due)].filter(Boolean).join(" ");
}

export function trendInWords(trend: string): string {
  return TRENDS[trend] ?? "Too early for a trend: it takes three whole weeks.";
}

export function keptInWords({ kept, planned }: Report): string {
  return planned > 0
    ? `${kept} of ${planned} (${Math.floor((100 * kept) / planned)}%)`
    : "nothing planned yet";
}

export function bestInWords({ best_day, best_amount, card }: Report): string {
  return best_day ? `${counted(best_amount, card.unit)} on ${date(best_day)}` : "none yet";
}

function ends({ early, likely, late }: Outlook): string {
  if (!early) return "At the pace so far no end is in sight within two years.";
  if (!likely) return `Done on ${date(early)} at the earliest, and quite possibly not within two years.`;
  if (!late) {
    return `Most likely done on ${date(likely)}, on ${date(early)} at the earliest; it may take over two years.`;
  }
  if (early === late) return `Done on ${date(likely)}, eight times in ten.`;
  return `Done between ${date(early)} and ${date(late)}, eight times in ten; most likely on ${date(likely)}.`;
}

function chance({ chance: word }: Outlook, due: string): string {
  return due ? (CHANCES[word]?.(date(due)) ?? "") : "";
}
