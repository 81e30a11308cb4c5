/** Says what keeps the assistant from answering: no line, or nothing left to spend. */
import { reaches, dollars } from "../parts/money.ts";
import { date } from "../parts/times.ts";
import { conversation, usage } from "../services.ts";

export function Banner() {
  const words = lineTrouble() ?? spendTrouble();
  return <div role="status">{words && <p class="banner">{words}</p>}</div>;
}

function lineTrouble(): string | null {
  if (conversation.line.value.at !== "waiting") return null;
  return navigator.onLine
    ? "The connection was lost. Reconnecting; what you send now leaves as soon as it is back."
    : "You are offline. What you send now leaves as soon as you are back.";
}

function spendTrouble(): string | null {
  const spent = usage.value;
  if (!spent || spent.exempt) return null;
  if (reaches(spent.month.spent, spent.month.cap)) {
    return `You have reached this month’s limit of ${dollars(spent.month.cap ?? "0")}.`;
  }
  if (!reaches(spent.today.spent, spent.today.cap)) return null;
  return `You have reached today’s limit of ${dollars(spent.today.cap ?? "0")}. It starts anew on ${date(spent.resets)}.`;
}
