import assert from "node:assert/strict";
import { test } from "node:test";
import { excess, FRAME_BYTES, parse, prompt, TEXT_CHARS } from "../src/chat/frames.ts";
import { Listeners } from "../src/chat/listeners.ts";

test("a text of exactly the limit may be sent, one character more is told", () => {
  assert.equal(excess("a".repeat(TEXT_CHARS)), null);
  assert.deepEqual(excess("a".repeat(TEXT_CHARS + 3)), { over: 3, unit: "characters" });
});

test("characters are counted as the server counts them", () => {
  assert.equal(excess("é".repeat(TEXT_CHARS)), null);
  assert.equal(excess("🚲".repeat(3_900)), null);
});

test("a frame that would be too large is told in bytes", () => {
  assert.equal(excess("🚲".repeat(TEXT_CHARS))?.unit, "bytes");
  const most = JSON.stringify(prompt("x".repeat(36), ""));
  const fits = '"'.repeat(TEXT_CHARS);
  assert.ok(most.length + fits.length * 2 < FRAME_BYTES);
  assert.equal(excess(fits), null);
});

test("frames are read by their type", () => {
  assert.deepEqual(parse('{"type":"delta","msgid":"m","seq":3,"text":"x"}'), {
    type: "delta",
    msgid: "m",
    seq: 3,
    text: "x",
  });
  assert.deepEqual(parse('{"type":"notice","msgid":"m","code":"restarted"}'), {
    type: "restarted",
    msgid: "m",
  });
  assert.deepEqual(parse('{"type":"notice","turn":"t","text":"Hello"}'), {
    type: "notice",
    turn: "t",
    text: "Hello",
  });
  assert.equal(parse('{"type":"error","msgid":null,"code":"internal","message":""}')?.type, "error");
});

test("a frame of another type keeps its fields as they came, for whoever listens", () => {
  const fields = { type: "dance", steps: [1, 2] };
  assert.deepEqual(parse(JSON.stringify(fields)), { type: "other", of: "dance", fields });
});

test("a type is heard by who listens for it, for as long as they listen", () => {
  const listeners = new Listeners();
  const heard: unknown[] = [];
  const stop = ["one", "other"].map((name) =>
    listeners.listen("dance", ({ steps }) => heard.push([name, steps])),
  );
  const dance = (of: string, steps: number) => listeners.passOn({ type: "other", of, fields: { steps } });
  dance("dance", 1);
  dance("song", 2);
  stop[0]?.();
  dance("dance", 3);
  assert.deepEqual(heard, [
    ["one", 1],
    ["other", 1],
    ["other", 3],
  ]);
});

test("what is no frame is not heard", () => {
  for (const data of [
    "",
    "nonsense",
    "[]",
    "null",
    "7",
    '{"type":7}',
    '{"type":"notice"}',
    new ArrayBuffer(2),
  ]) {
    assert.equal(parse(data), null);
  }
});
