/** What shows across calls: length, who talks, mood and topics over time. */
import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { ApiError, inWords } from "../../api/problem.ts";
import { Trouble } from "../../parts/trouble.tsx";
import { dayOfTime } from "../../parts/times.ts";
import { Curve } from "../curve.tsx";
import { clock, counted, titled } from "../reading.ts";
import { callRoutes } from "../services.ts";
import type { CallLine, Insights } from "../shapes.ts";
import { COMPLETED } from "../status.ts";
import { measured, type Measured } from "./measure.ts";
import { Topics } from "./topics.tsx";

const MOST = 40;
const AT_ONCE = 3;

interface Read {
  calls: readonly Measured[];
  left: number;
}

interface Kind {
  title: string;
  of: (call: Measured) => number | null;
  read: (value: number) => string;
  range?: [number, number];
}

const KINDS: readonly Kind[] = [
  { title: "Length of each call", of: ({ minutes }) => minutes, read: (minutes) => clock(minutes * 60) },
  {
    title: "Talk share of whoever spoke most",
    of: ({ share }) => share,
    read: (share) => `${Math.round(share)} %`,
    range: [0, 100],
  },
  {
    title: "Sentiment of each call, −100 to +100",
    of: ({ mood }) => mood,
    read: (mood) => (mood > 0 ? `+${Math.round(mood)}` : String(Math.round(mood))),
    range: [-100, 100],
  },
];

export function Trends() {
  const read = useSignal<Read | null>(null);
  const trouble = useSignal("");
  useEffect(() => {
    const gone = new AbortController();
    readAll(read, gone.signal).catch((error: unknown) => (trouble.value = inWords(error)));
    return () => gone.abort();
  }, []);
  if (trouble.value) return <Trouble words={trouble.value} />;
  if (!read.value) return <p class="quiet">Loading…</p>;
  if (read.value.calls.length === 0 && read.value.left === 0) return <Nothing />;
  return <Shown read={read.value} />;
}

function Nothing() {
  return (
    <p class="quiet">
      Nothing to compare yet: here you will see how long calls are, who talks, how the mood is and what they
      are about. <a href="#calls">Add a recording</a>
    </p>
  );
}

function Shown({ read: { calls, left } }: { read: Read }) {
  return (
    <div class="trends">
      <p class="quiet" role="status">
        {left > 0 ? `Reading ${counted(left, "more call")}…` : `The newest ${counted(calls.length, "call")}.`}
      </p>
      {KINDS.map((kind) => (
        <Series key={kind.title} kind={kind} calls={calls} />
      ))}
      <Topics calls={calls} />
    </div>
  );
}

function Series({ kind: { title, of, read, range }, calls }: { kind: Kind; calls: readonly Measured[] }) {
  const known = useMemo(() => calls.filter((call) => of(call) !== null), [calls]);
  const points = useMemo(
    () => known.map((call) => ({ x: Date.parse(call.call.created_at) / 1000, y: of(call) ?? 0 })),
    [known],
  );
  if (known.length === 0) return null;
  const pick = (at: number) => {
    const call = known[at]?.call;
    if (call) location.hash = `#calls/${call.id}`;
  };
  return (
    <figure class="daily">
      <figcaption>{title}</figcaption>
      <Curve
        points={points}
        read={read}
        place={dayAt}
        tick={shortDay}
        onPick={pick}
        {...(range ? { range } : {})}
      />
      <details>
        <summary>As a table</summary>
        <div class="table-frame" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Call</th>
                <th scope="col">Day</th>
                <th scope="col" class="amount">
                  {title}
                </th>
              </tr>
            </thead>
            <tbody>{known.map((call) => row(call.call, read(of(call) ?? 0)))}</tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function row(call: CallLine, value: string) {
  return (
    <tr key={call.id}>
      <th scope="row">
        <a href={`#calls/${call.id}`}>{titled(call)}</a>
      </th>
      <td>{dayOfTime(call.created_at)}</td>
      <td class="amount">{value}</td>
    </tr>
  );
}

function dayAt(seconds: number): string {
  return dayOfTime(new Date(seconds * 1000).toISOString());
}

function shortDay(seconds: number): string {
  return dayAt(seconds).replace(/,? \d{4}$/, "");
}

/** The newest calls that are done, oldest first; what was found in each comes a few at a time. */
async function readAll(read: Signal<Read | null>, gone: AbortSignal): Promise<void> {
  const { items } = await callRoutes.list({ status: COMPLETED }, { limit: MOST });
  const left = items.toReversed();
  read.value = { calls: [], left: left.length };
  const found = new Map<string, Measured>();
  while (left.length && !gone.aborted) {
    const some = left.splice(0, AT_ONCE);
    const insights = await Promise.all(some.map(({ id }) => insightsOf(id)));
    some.forEach((call, at) => found.set(call.id, measured(call, insights[at] ?? null)));
    read.value = { calls: [...found.values()], left: left.length };
  }
}

/** Null for a call whose findings cannot be had: its length still counts. */
async function insightsOf(call: string): Promise<Insights | null> {
  try {
    return await callRoutes.insights(call, "latest");
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}
