import assert from "node:assert/strict";
import { test } from "node:test";
import { excess, FRAME_BYTES, parse, prompt, TEXT_CHARS } from "../src/chat/frames.ts";

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

test("what is no frame is not heard", () => {
  for (const data of [
    "",
    "nonsense",
    "[]",
    "null",
    "7",
    '{"type":"dance"}',
    '{"type":"notice"}',
    new ArrayBuffer(2),
  ]) {
    assert.equal(parse(data), null);
  }
});
