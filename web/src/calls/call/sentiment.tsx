/** How the mood went through the call: a curve that one can point at, and the same as a table. */
import { useMemo } from "preact/hooks";
import { later } from "../../parts/later.tsx";
import { clock } from "../reading.ts";
import type { Mood } from "../values.ts";
import { Jump } from "./jump.tsx";
import { usePlaying } from "./playing.ts";

const Curve = later(async () => (await import("../curve.tsx")).Curve);
const RANGE: [number, number] = [-100, 100];

export function Sentiment({ series }: { series: readonly Mood[] }) {
  const playing = usePlaying();
  const points = useMemo(() => series.map(({ at, score }) => ({ x: at / 1000, y: score })), [series]);
  const read = (value: number) => (value > 0 ? `+${value}` : String(value));
  const pick = (at: number) => {
    const point = points[at];
    if (point) playing.jump(point.x);
  };
  return (
    <figure class="daily">
      <Curve points={points} range={RANGE} read={read} place={clock} onPick={pick} joined />
      <details>
        <summary>As a table</summary>
        <div class="table-frame" tabIndex={0} role="region" aria-label="Sentiment, as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Mood</th>
                <th scope="col" class="amount">
                  −100 to +100
                </th>
              </tr>
            </thead>
            <tbody>{series.map(row)}</tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function row({ at, score, label }: Mood) {
  return (
    <tr key={at}>
      <td>
        <Jump ms={at} />
      </td>
      <td>{label}</td>
      <td class="amount">{score}</td>
    </tr>
  );
}
