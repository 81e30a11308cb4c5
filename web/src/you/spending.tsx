/** What this person has spent, against what they may. */
import { useMemo } from "preact/hooks";
import type { Standing, Usage } from "../api/shapes.ts";
import { Daily } from "../parts/daily.tsx";
import { useLoaded } from "../parts/loaded.ts";
import { Awaited } from "../parts/loading.tsx";
import { dollars, spoken } from "../parts/money.ts";
import { Section } from "../parts/section.tsx";
import { date } from "../parts/times.ts";
import { readUsage, usage } from "../services.ts";

export function Spending() {
  const loading = useLoaded(readUsage);
  return (
    <Section title="Usage" about="Every reply has a price. Limits keep it from becoming a surprise.">
      <Awaited of={loading}>{(read) => <Spent usage={usage.value ?? read} />}</Awaited>
    </Section>
  );
}

function Spent({ usage: { today, month, days, resets, exempt } }: { usage: Usage }) {
  const names = useMemo(() => days.map((day) => day.date), [days]);
  const values = useMemo(() => days.map((day) => Number(day.spent)), [days]);
  return (
    <>
      <div class="meters">
        <Meter name="Today" standing={today} />
        <Meter name="This month" standing={month} />
      </div>
      <p class="quiet">
        {exempt ? "No limits apply to you." : `Today’s limit starts anew on ${date(resets)}.`}
      </p>
      <Daily title="Spent a day" days={names} values={values} read={spoken} />
    </>
  );
}

function Meter({ name, standing: { spent, cap } }: { name: string; standing: Standing }) {
  return (
    <div class="meter">
      <p>{name}</p>
      <p>
        <b class="number">{dollars(spent)}</b>
        {cap !== null && <span class="quiet"> of {dollars(cap)}</span>}
      </p>
      {cap !== null && (
        <progress aria-label={`${name}: spent of the limit`} max={Number(cap)} value={Number(spent)} />
      )}
    </div>
  );
}
