/** What shows across calls: numbers of each, and how often each topic came up when. */
import type { CallLine, Insights } from "../shapes.ts";
import { entries, moods, textOf } from "../values.ts";

export interface Measured {
  call: CallLine;
  minutes: number;
  /** Of whoever spoke most, in percent; null where nobody knows. */
  share: number | null;
  /** The mean mood from -100 to 100. */
  mood: number | null;
  topics: readonly string[];
}

export interface TopicCounts {
  /** The first days of the weeks, oldest first. */
  weeks: readonly string[];
  topics: readonly { title: string; counts: readonly number[]; total: number }[];
}

const WEEK_MS = 7 * 86_400_000;
const MONDAY_MS = 4 * 86_400_000;
const MOST_WEEKS = 12;

export function measured(call: CallLine, insights: Insights | null): Measured {
  const values = insights?.values ?? {};
  const shares = insights?.talk?.shares ?? [];
  const series = moods(values.sentiment) ?? [];
  const topics = entries(values.topics, "title") ?? [];
  return {
    call,
    minutes: (call.duration_s ?? 0) / 60,
    share: largest(shares.map(({ percent }) => percent)),
    mood: mean(series.map(({ score }) => score)),
    topics: topics.map((topic) => textOf(topic, "title")),
  };
}

/** In how many calls of each week a topic came up; the most frequent topics first, however they are written. */
export function topicCounts(calls: readonly Measured[], most: number): TopicCounts {
  const weeks = weeksOf(calls.map(({ call }) => call.created_at));
  const found = new Map<string, { title: string; counts: number[]; total: number }>();
  for (const { call, topics } of calls) {
    const week = weeks.indexOf(weekOf(call.created_at));
    if (week < 0) continue;
    for (const [key, title] of new Map(topics.map((topic) => [topic.trim().toLowerCase(), topic.trim()]))) {
      const row = found.get(key) ?? { title, counts: weeks.map(() => 0), total: 0 };
      row.counts[week] = (row.counts[week] ?? 0) + 1;
      row.total += 1;
      found.set(key, row);
    }
  }
  const topics = [...found.values()].sort((one, other) => other.total - one.total || order(one, other));
  return { weeks, topics: topics.slice(0, most) };
}

/** Every week from the first call to the last, the newest few. */
function weeksOf(times: readonly string[]): string[] {
  const starts = times.map((at) => Date.parse(weekOf(at))).sort((one, other) => one - other);
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined) return [];
  const count = Math.min(MOST_WEEKS, (last - first) / WEEK_MS + 1);
  return Array.from({ length: count }, (_, at) => day(last - (count - 1 - at) * WEEK_MS));
}

/** The Monday of its week, in UTC. */
function weekOf(at: string): string {
  return day(Math.floor((Date.parse(at) - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS);
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function order(one: { title: string }, other: { title: string }): number {
  return one.title.localeCompare(other.title);
}

function largest(values: readonly number[]): number | null {
  return values.length ? Math.max(...values) : null;
}

function mean(values: readonly number[]): number | null {
  return values.length ? Math.round(values.reduce((sum, value) => sum + value, 0) / values.length) : null;
}
