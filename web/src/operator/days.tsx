/** Turns and money of everybody, day by day. */
import { useMemo } from "preact/hooks";
import { Daily } from "../parts/daily.tsx";
import { useLoaded } from "../parts/loaded.ts";
import { Awaited } from "../parts/loading.tsx";
import { spoken } from "../parts/money.ts";
import { Section } from "../parts/section.tsx";
import { routes } from "./routes.ts";
import type { OperatedDay } from "./shapes.ts";

const DAYS = 30;

export function Days() {
  const loading = useLoaded(async () => (await routes.days(DAYS)).days);
  return (
    <Section title="Over time" about={`The last ${DAYS} days of everybody together.`}>
      <Awaited of={loading}>{(days) => <Series days={days} />}</Awaited>
    </Section>
  );
}

function Series({ days }: { days: OperatedDay[] }) {
  const names = useMemo(() => days.map((day) => day.date), [days]);
  const turns = useMemo(() => days.map((day) => day.turns), [days]);
  const spent = useMemo(() => days.map((day) => Number(day.spent)), [days]);
  return (
    <>
      <Daily title="Turns a day" days={names} values={turns} read={whole} />
      <Daily title="Cost a day" days={names} values={spent} read={spoken} />
    </>
  );
}

function whole(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString("en") : "";
}
