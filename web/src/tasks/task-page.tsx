/** One task's own page: how it has been going, and where that leads. */
import { useEffect, useRef } from "preact/hooks";
import { Awaited } from "../parts/loading.tsx";
import { useLoaded } from "../parts/loaded.ts";
import { Section } from "../parts/section.tsx";
import { date } from "../parts/times.ts";
import { Actions } from "./actions.tsx";
import { ChangeButton } from "./changing.tsx";
import { useFresh } from "./fresh.ts";
import { HeatMap } from "./heat-map.tsx";
import { bestInWords, forecastInWords, keptInWords, trendInWords } from "./outlook.ts";
import { Facts, hasWhole, Whole } from "./progress.tsx";
import { board, tasks } from "./services.ts";
import type { Report } from "./shapes.ts";
import { WeekBar } from "./week-bar.tsx";
import { WeekBars } from "./week-bars.tsx";
import type { Calendar } from "./week.ts";

interface Read {
  report: Report;
  calendar: Calendar;
}

export function TaskPage({ id }: { id: string }) {
  const loading = useLoaded(() => read(id));
  useFresh(loading.again, board.changes.value);
  return (
    <div class="task-page">
      <a class="task-back" href="#tasks">
        Back to the board
      </a>
      <Awaited of={loading}>{({ report, calendar }) => <Task report={report} calendar={calendar} />}</Awaited>
    </div>
  );
}

function Task({ report, calendar }: Read) {
  const { card } = report;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    const before = document.title;
    document.title = `${card.title} · ${before}`;
    return () => (document.title = before);
  }, [card.title]);
  return (
    <>
      <header class="task-head">
        <div class="card-head">
          <h2 ref={heading} tabIndex={-1}>
            {card.title}
          </h2>
          <ChangeButton card={card} />
        </div>
        <p class="quiet">
          {card.plan}
          {card.state !== "open" && <span class="tag">{card.state}</span>}
        </p>
        <WeekBar marks={card.week} calendar={calendar} />
        <Facts card={card} />
        {hasWhole(card) && <Whole card={card} />}
        <Actions card={card} />
      </header>
      <Section title="Outlook" about="From the pace of the last four weeks, and how much it varied.">
        <p>{forecastInWords(report)}</p>
      </Section>
      <Section title="By week" about={trendInWords(report.trend)}>
        <WeekBars report={report} />
      </Section>
      <Section title="The last year" about="A square a day; the fuller, the more of a rep was done.">
        <HeatMap heat={report.heat} unit={card.unit} calendar={calendar} />
      </Section>
      <Section title="So far" about={`Since ${date(report.since)}.`}>
        <Figures report={report} />
      </Section>
    </>
  );
}

function Figures({ report }: { report: Report }) {
  const rows = [
    ["Times", String(report.times)],
    ["Kept, in four weeks", keptInWords(report)],
    ["In a row", `${report.card.streak}, at most ${report.longest_streak}`],
    ["Best day", bestInWords(report)],
  ] as const;
  return (
    <dl class="figures">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Which day it is for this person, and where their weeks start, is said by the board. */
async function read(id: string): Promise<Read> {
  const [report, { today, week_starts }] = await Promise.all([
    tasks.report(id),
    tasks.board({ state: "open", limit: 1 }),
  ]);
  return { report, calendar: { today, starts: week_starts } };
}
