import assert from "node:assert/strict";
import { test } from "node:test";
import { waitsForYes } from "../src/chat/asking.ts";
import { ask, type Turn } from "../src/chat/turns.ts";

const QUESTION = 'Not done yet:\n- add task "send the offer by Friday"\nReply yes to do it, or no.';

function answered(text: string, to: Partial<Turn> = {}): Turn {
  const [turn] = ask([], { msgid: "m-1", text: "Make tasks of it", at: "2027-01-15T08:00:00Z" }).turns;
  assert.ok(turn);
  return { ...turn, text, state: "answered", ...to };
}

for (const text of [QUESTION, `Three things.\n\n${QUESTION}`, `${QUESTION}\n\n(You have used over 80%.)`]) {
  test(`a yes is waited for after ${JSON.stringify(text)}`, () => {
    assert.ok(waitsForYes(answered(text)));
  });
}

for (const text of [
  "Reply yes to do it, or no.",
  "Not done yet:\nReply yes to do it, or no.",
  `${QUESTION}\nThat was all.`,
  `I was asked: ${QUESTION}`,
  QUESTION.replaceAll("\n", " "),
]) {
  test(`no yes is waited for after ${JSON.stringify(text)}`, () => {
    assert.ok(!waitsForYes(answered(text)));
  });
}

test("what was asked elsewhere, or is still being said, is not answered here", () => {
  assert.ok(!waitsForYes(answered(QUESTION, { channel: "sms" })));
  assert.ok(!waitsForYes(answered(QUESTION, { origin: "news" })));
  assert.ok(!waitsForYes(answered(QUESTION, { state: "thinking" })));
});

test("many such questions take no longer than their lines", () => {
  const began = performance.now();
  waitsForYes(answered("Not done yet:\n- a\n".repeat(5_000)));
  assert.ok(performance.now() - began < 1_000);
});
