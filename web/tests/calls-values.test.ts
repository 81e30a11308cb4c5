import assert from "node:assert/strict";
import { test } from "node:test";
import type { CallLine, Insights } from "../src/calls/shapes.ts";
import { measured, topicCounts, type Measured } from "../src/calls/trends/measure.ts";
import { entries, moods, placeOf, shapeOf, shown } from "../src/calls/values.ts";

test("values of any schema are text, lists, tables or fields", () => {
  assert.deepEqual(shapeOf("a"), { is: "text", text: "a" });
  assert.deepEqual(shapeOf(12_345), { is: "text", text: "12,345" });
  assert.deepEqual(shapeOf(true), { is: "text", text: "Yes" });
  assert.deepEqual(shapeOf(["a", 2, null]), { is: "list", items: ["a", "2", "–"] });
  for (const empty of [null, undefined, "", [], {}]) assert.deepEqual(shapeOf(empty), { is: "nothing" });
});

test("flat objects are rows of one table; nested or wide ones are cards", () => {
  const rows = [
    { risk: "a", line: 3, start_ms: 10, end_ms: 20, speaker: "s" },
    { risk: "b", likely: true },
  ];
  assert.deepEqual(shapeOf(rows), { is: "table", columns: ["risk", "likely"], rows });
  assert.equal(shapeOf([{ a: { b: 1 } }]).is, "cards");
  assert.equal(shapeOf([{ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 }]).is, "cards");
  assert.equal(shapeOf(["a", { b: 1 }]).is, "cards");
});

test("what only a program needs is not shown, and a time is a place to go to", () => {
  assert.deepEqual(shown({ quote: "a", line: 1, start_ms: 5, end_ms: 9, speaker: "s" }), [["quote", "a"]]);
  assert.deepEqual([{ start_ms: 5 }, { start_ms: -1 }, { start_ms: "5" }, 5].map(placeOf), [
    5,
    null,
    null,
    null,
  ]);
});

test("a finding of a known name is shown well only if it has the shape of one", () => {
  assert.equal(entries([{ task: "a" }, { task: "b" }], "task")?.length, 2);
  assert.equal(entries([{ task: "a" }, { title: "b" }], "task"), null);
  assert.equal(entries("a task", "task"), null);
  assert.equal(entries([], "task"), null);
});

test("a mood needs a place and a number, and comes in order", () => {
  const later = { score: 40, label: "positive", start_ms: 900 };
  const first = { score: -5, start_ms: 100 };
  assert.deepEqual(moods([later, first]), [
    { at: 100, score: -5, label: "" },
    { at: 900, score: 40, label: "positive" },
  ]);
  assert.equal(moods([later, { score: 1 }]), null);
  assert.equal(moods("fine"), null);
});

function call(created_at: string): CallLine {
  return {
    ...{
      id: created_at,
      file_name: "a.wav",
      content_type: "audio/wav",
      size: 1,
      created_at,
      status: "Completed",
    },
    ...{
      reason: null,
      metadata: {},
      profile: null,
      duration_s: 90,
      speakers: 2,
      words: 9,
      headline: "",
      cost: "0",
    },
  };
}

function insights(values: Record<string, unknown>, percents: readonly number[] = []): Insights {
  const shares = percents.map((percent, at) => ({
    ...{ speaker: `speaker_${at}`, talk_ms: 1, percent, words: 1, words_per_minute: 1, interruptions: 0 },
  }));
  return {
    ...{
      id: "a",
      profile: "standard",
      profile_name: "Standard",
      version: 1,
      at: "",
      values,
      models: [],
      cost: "0",
    },
    ...{ talk: { duration_ms: 1, silence_ms: 0, overlap_ms: 0, shares }, requests: 1, quotes_verified: 0 },
    ...{ quotes_dropped: 0, redacted: [], trial: false },
  };
}

test("each call is measured by what its profile found, and by its length in any case", () => {
  const sentiment = [
    { score: -20, start_ms: 0 },
    { score: 60, start_ms: 5 },
  ];
  const found = measured(call("2026-11-21T03:04:05Z"), insights({ sentiment }, [30, 70]));
  assert.deepEqual([found.minutes, found.share, found.mood, found.topics], [1.5, 70, 20, []]);
  const bare = measured(call("2026-11-21T03:04:05Z"), null);
  assert.deepEqual([bare.minutes, bare.share, bare.mood], [1.5, null, null]);
});

function about(created_at: string, ...topics: string[]): Measured {
  return { call: call(created_at), minutes: 1, share: null, mood: null, topics };
}

test("topics are counted by week, once a call, however they are written", () => {
  const { weeks, topics } = topicCounts(
    [
      about("2026-11-01T23:59:59Z", "Refund"),
      about("2026-11-16T00:00:00Z", "refund ", "Refund", "Delivery"),
      about("2026-11-22T23:59:59Z", "Delivery"),
    ],
    10,
  );
  assert.deepEqual(weeks, ["2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16"]);
  assert.deepEqual(topics, [
    { title: "Delivery", counts: [0, 0, 0, 2], total: 2 },
    { title: "Refund", counts: [1, 0, 0, 1], total: 2 },
  ]);
});

test("weeks before the newest twelve and topics beyond the first few are left out", () => {
  const { weeks, topics } = topicCounts(
    [about("2026-01-05T00:00:00Z", "Old"), about("2026-11-21T00:00:00Z", "a", "b", "c")],
    2,
  );
  assert.equal(weeks.length, 12);
  assert.deepEqual(
    topics.map(({ title }) => title),
    ["a", "b"],
  );
});
