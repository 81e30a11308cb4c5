/** A year of days in squares; the sentence and the table beside it say the same. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { date } from "../parts/times.ts";
import { counted } from "./amounts.ts";
import { cellsOf, heatInWords, monthsOf, type Cell } from "./heat.ts";
import type { HeatDay } from "./shapes.ts";
import { weekOf, type Calendar } from "./week.ts";

const STEP = 14;
const LEFT = 16;
const TOP = 18;
const WIDTH = LEFT + 53 * STEP;
const HEIGHT = TOP + 7 * STEP;

interface Props {
  heat: readonly HeatDay[];
  unit: string;
  calendar: Calendar;
}

export function HeatMap({ heat, unit, calendar }: Props) {
  const { today, starts } = calendar;
  const cells = useMemo(() => cellsOf(heat, { today, starts }), [heat, today, starts]);
  const pointed = useSignal<Cell | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.scrollTo({ left: WIDTH * 2 }), []);
  const shown = pointed.value ?? cells.at(-1);
  return (
    <figure class="heat">
      <figcaption>{heatInWords(heat, unit)}</figcaption>
      <div ref={frame} class="heat-frame" tabIndex={0} role="region" aria-label="The last year as a calendar">
        <Squares cells={cells} calendar={calendar} onPoint={(cell) => (pointed.value = cell)} />
      </div>
      <div class="heat-foot" aria-hidden="true">
        <p class="plot-line">
          {shown && <b>{counted(shown.amount, unit)}</b>} {shown && date(shown.day)}
        </p>
        <Legend />
      </div>
      <Days heat={heat} unit={unit} />
    </figure>
  );
}

interface Drawing {
  cells: readonly Cell[];
  calendar: Calendar;
  onPoint: (cell: Cell) => void;
}

function Squares({ cells, calendar, onPoint }: Drawing) {
  return (
    <svg class="heat-map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {monthsOf(cells).map(({ name, column }) => (
        <text key={column} x={LEFT + column * STEP} y={TOP - 7}>
          {name}
        </text>
      ))}
      {weekOf(".......", calendar).map(({ name, letter }, row) => (
        <text key={name} x={0} y={TOP + row * STEP + 10}>
          {row % 2 === 0 ? letter : ""}
        </text>
      ))}
      {cells.map((cell) => (
        <rect
          key={cell.day}
          class={`heat-${cell.level}`}
          x={LEFT + cell.column * STEP}
          y={TOP + cell.row * STEP}
          width={STEP - 3}
          height={STEP - 3}
          rx={2.5}
          onPointerEnter={() => onPoint(cell)}
        />
      ))}
    </svg>
  );
}

function Legend() {
  return (
    <p class="legend">
      Less
      <svg width={5 * STEP} height={STEP} viewBox={`0 0 ${5 * STEP} ${STEP}`}>
        {[0, 1, 2, 3, 4].map((level) => (
          <rect
            key={level}
            class={`heat-${level}`}
            x={level * STEP + 1.5}
            y={1.5}
            width={STEP - 3}
            height={STEP - 3}
            rx={2.5}
          />
        ))}
      </svg>
      More
    </p>
  );
}

function Days({ heat, unit }: { heat: readonly HeatDay[]; unit: string }) {
  if (heat.length === 0) return null;
  return (
    <details>
      <summary>As a table</summary>
      <div class="table-frame" tabIndex={0} role="region" aria-label="Days on which it was done, as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" class="amount">
                Done
              </th>
            </tr>
          </thead>
          <tbody>
            {heat.toReversed().map(({ day, amount }) => (
              <tr key={day}>
                <th scope="row">{date(day)}</th>
                <td class="amount">{counted(amount, unit)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
