/** What the last weeks brought, as bars with their trend, and in words for whoever listens. */
import { date } from "../parts/times.ts";
import { counted, grouped } from "./amounts.ts";
import type { Report } from "./shapes.ts";
import { trendLine } from "./trend.ts";

const WIDTH = 340;
const HEIGHT = 130;
const TOP = 20;
const FOOT = 20;
const ROOM = HEIGHT - TOP - FOOT;

export function WeekBars({ report: { bars, card, since } }: { report: Report }) {
  const most = Math.max(1, ...bars.map(({ amount }) => Number(amount)));
  const step = WIDTH / Math.max(1, bars.length);
  const height = (value: number) => (value / most) * ROOM;
  const said = bars.map(({ week, amount }) => `week of ${date(week)} ${counted(amount, card.unit)}`);
  return (
    <svg
      class="week-bars"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`By week: ${said.join(", ")}.`}
    >
      {bars.map(({ week, amount }, index) => (
        <g key={week} transform={`translate(${index * step} 0)`}>
          <rect
            class={index === bars.length - 1 ? "bar bar-open" : "bar"}
            x={step * 0.18}
            width={step * 0.64}
            y={HEIGHT - FOOT - height(Number(amount))}
            height={height(Number(amount))}
            rx={3}
          />
          <text x={step / 2} y={HEIGHT - 4}>
            {date(week).replace(/,? \d{4}$/, "")}
          </text>
        </g>
      ))}
      <Trend values={wholeWeeks(bars, since)} step={step} height={height} ends={bars.length - 1} />
      {bars.map(({ week, amount }, index) => (
        <text
          key={week}
          class="bar-value"
          x={(index + 0.5) * step}
          y={HEIGHT - FOOT - height(Number(amount)) - 6}
        >
          {grouped(amount)}
        </text>
      ))}
    </svg>
  );
}

interface Drawn {
  values: readonly number[];
  step: number;
  height: (value: number) => number;
  /** How many weeks there are before the one that goes on. */
  ends: number;
}

function Trend({ values, step, height, ends }: Drawn) {
  const line = trendLine(values);
  if (!line) return null;
  const centre = (index: number) => (index + 0.5) * step;
  const level = (value: number) => HEIGHT - FOOT - Math.min(ROOM, height(value));
  return (
    <line
      class="trend"
      x1={centre(ends - values.length)}
      x2={centre(ends - 1)}
      y1={level(line.from)}
      y2={level(line.to)}
    />
  );
}

/** Those that are over and that the task has seen from their first day on. */
function wholeWeeks(bars: Report["bars"], since: string): number[] {
  return bars
    .slice(0, -1)
    .filter(({ week }) => week >= since)
    .map(({ amount }) => Number(amount));
}
