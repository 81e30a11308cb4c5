import assert from "node:assert/strict";
import { test } from "node:test";
import { lineAt, scrollTo } from "../src/calls/call/lines.ts";
import { callFrame } from "../src/calls/frame.ts";
import { copied, read, TEMPLATE, written } from "../src/calls/profiles/draft.ts";
import { bytes, clock, heading, span, speakerName, spokenClock, titled } from "../src/calls/reading.ts";
import { hasEnded, inWords, isMoving, mood, STEPS, waitsForFile } from "../src/calls/status.ts";

test("places in a recording read as clocks do, to eyes and to ears", () => {
  assert.deepEqual([0, 65.9, 3599, 3723].map(clock), ["0:00", "1:05", "59:59", "1:02:03"]);
  assert.equal(spokenClock(3661), "1 hour 1 minute 1 second");
  assert.equal(spokenClock(0.4), "0 seconds");
});

test("how long something took has two digits that matter", () => {
  assert.deepEqual([0, 40, 8_240, 59_949, 59_950, 200_000, 7_500_000].map(span), [
    "0 ms",
    "40 ms",
    "8.2 s",
    "59.9 s",
    "1 min 0 s",
    "3 min 20 s",
    "2 h 5 min",
  ]);
});

test("sizes, speakers and names read as people say them", () => {
  assert.deepEqual([900, 1_500_000, 2e9].map(bytes), ["1 kB", "1.5 MB", "2.00 GB"]);
  assert.deepEqual(["speaker_0", "spk_11", "Maya"].map(speakerName), ["Speaker 1", "Speaker 12", "Maya"]);
  assert.equal(heading("action_items"), "Action items");
  assert.equal(titled({ metadata: { title: " " }, file_name: "a.wav" }), "a.wav");
  assert.equal(titled({ metadata: { title: "Boiler" }, file_name: "a.wav" }), "Boiler");
});

test("every status has words, and one that is not known reads as it is written", () => {
  for (const status of [...STEPS, "Failed"]) assert.match(inWords(status), /^[A-Z][a-z]+/);
  assert.equal(inWords("Paused"), "Paused");
});

test("a call moves between its upload and its end", () => {
  const moving = [...STEPS, "Failed"].filter((status) => isMoving({ status }));
  assert.deepEqual(moving, ["Queued", "Transcribing", "Transcribed", "Analyzing"]);
  assert.deepEqual(
    [...STEPS, "Failed"].filter((status) => hasEnded({ status })),
    ["Completed", "Failed"],
  );
  assert.deepEqual(
    ["Uploading", "Queued", "Completed", "Failed"].map((status) => mood({ status })),
    ["idle", "moving", "good", "bad"],
  );
});

test("a file is asked for where another upload helps", () => {
  const failed = (code: string, words: number | null = null) =>
    waitsForFile({ status: "Failed", reason: { code }, words });
  assert.equal(waitsForFile({ status: "Uploading" }), true);
  assert.equal(waitsForFile({ status: "Queued" }), false);
  assert.deepEqual(
    ["TRANSCRIBER_DOWN", "LINK_EXPIRED"].map((code) => failed(code)),
    [true, true],
  );
  assert.deepEqual(
    ["BAD_AUDIO", "SILENT", "NO_CONSENT"].map((code) => failed(code)),
    [false, false, false],
  );
  assert.equal(failed("MODEL_DOWN", 120), false);
});

test("the line being said is the last that has begun", () => {
  const lines = [0, 1_000, 1_000, 5_000].map((start_ms) => ({ start_ms }));
  assert.deepEqual(
    [-1, 0, 999, 1_000, 4_999, 90_000].map((ms) => lineAt(lines, ms)),
    [-1, 0, 0, 2, 2, 3],
  );
  assert.equal(lineAt([], 5), -1);
});

test("a line is found as a walk through all lines finds it", () => {
  for (let round = 0; round < 200; round++) {
    const lines = Array.from({ length: round % 17 }, () => ({ start_ms: Math.floor(Math.random() * 100) }));
    lines.sort((one, other) => one.start_ms - other.start_ms);
    const ms = Math.floor(Math.random() * 120) - 10;
    assert.equal(
      lineAt(lines, ms),
      lines.findLastIndex((line) => line.start_ms <= ms),
    );
  }
});

test("a box scrolls only for what it does not show", () => {
  const box = { top: 100, height: 400, scrolled: 1_000 };
  assert.equal(scrollTo(box, { top: 100, height: 50 }), null);
  assert.equal(scrollTo(box, { top: 450, height: 50 }), null);
  assert.equal(scrollTo(box, { top: 480, height: 50 }), 1_300);
  assert.equal(scrollTo(box, { top: 20, height: 50 }), 840);
  assert.equal(scrollTo({ ...box, scrolled: 10 }, { top: 20, height: 50 }), 0);
});

test("a profile is written without its number, and a copy has an id of its own", () => {
  assert.deepEqual(JSON.parse(written({ ...TEMPLATE, version: 3 })), TEMPLATE);
  const copy = JSON.parse(copied({ id: "standard", version: 1, name: "Standard" })) as Record<
    string,
    unknown
  >;
  assert.deepEqual(copy, { id: "my-standard", name: "My Standard" });
});

test("what is no profile is told before anybody is asked", () => {
  assert.deepEqual(read('{"id": "a"}'), { ok: true, body: { id: "a" } });
  const problem = (text: string) => {
    const draft = read(text);
    return draft.ok ? "" : draft.problem;
  };
  assert.match(problem('{\n"id": "a",\n}'), /not JSON: look at line 3/);
  assert.match(problem("[1]"), /begins with \{/);
  assert.match(problem(""), /not JSON/);
});

test("the template asks for exactly what its schema answers", () => {
  assert.deepEqual(
    TEMPLATE.prompts.map(({ name }) => name),
    Object.keys(TEMPLATE.schema.properties),
  );
});

test("a frame of a call is believed only as far as it goes", () => {
  const call = { id: "c1", status: "Failed", at: "x" };
  const reason = { code: "SILENT", text: "Silence." };
  assert.deepEqual(callFrame({ ...call, type: "call", reason: { ...reason, more: 1 } }), { ...call, reason });
  assert.deepEqual(callFrame({ ...call, at: 3, reason: null }), { ...call, at: "", reason: null });
  assert.equal(callFrame({ id: 7, status: "Failed" }), null);
  assert.equal(callFrame({ id: "c1" }), null);
});
