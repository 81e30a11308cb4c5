/** In how many calls each topic came up, week by week: a table whose fields are darker the more there were. */
import { useMemo } from "preact/hooks";
import { date } from "../../parts/times.ts";
import { topicCounts, type Measured } from "./measure.ts";

const MOST_TOPICS = 12;
const LEVELS = 4;

export function Topics({ calls }: { calls: readonly Measured[] }) {
  const { weeks, topics } = useMemo(() => topicCounts(calls, MOST_TOPICS), [calls]);
  if (topics.length === 0) return null;
  const most = Math.max(...topics.flatMap(({ counts }) => counts));
  return (
    <figure class="daily">
      <figcaption>Calls by topic, week by week</figcaption>
      <div class="table-frame" tabIndex={0} role="region" aria-label="Calls by topic, week by week">
        <table class="topics">
          <thead>
            <tr>
              <th scope="col">Topic</th>
              {weeks.map((week) => (
                <th key={week} scope="col" class="amount">
                  {date(week).replace(/,? \d{4}$/, "")}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {topics.map(({ title, counts }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                {counts.map((count, at) => (
                  <td key={weeks[at]} class={`amount count count-${Math.ceil((LEVELS * count) / most)}`}>
                    {count || ""}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
