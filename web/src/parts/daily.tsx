/** Numbers a day as bars, and as a table for whoever reads rather than sees. */
import { later } from "./later.tsx";
import { date } from "./times.ts";

export interface Series {
  title: string;
  days: readonly string[];
  values: readonly number[];
  read: (value: number) => string;
}

const Plot = later(async () => (await import("./plot.tsx")).Plot);

export function Daily({ title, days, values, read }: Series) {
  return (
    <figure class="daily">
      <figcaption>{title}</figcaption>
      <Plot days={days} values={values} read={read} />
      <details>
        <summary>As a table</summary>
        <div class="table-frame" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col" class="amount">
                  {title}
                </th>
              </tr>
            </thead>
            <tbody>{days.map((day, place) => row(day, read(values[place] ?? 0)))}</tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function row(day: string, value: string) {
  return (
    <tr key={day}>
      <th scope="row">{date(day)}</th>
      <td class="amount">{value}</td>
    </tr>
  );
}
