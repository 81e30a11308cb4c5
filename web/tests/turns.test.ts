import assert from "node:assert/strict";
import { test } from "node:test";
import type { StoredTurn } from "../src/api/shapes.ts";
import type { ServerFrame } from "../src/chat/frames.ts";
import {
  ask,
  askToStop,
  hear,
  learn,
  reconnect,
  type Step,
  type Turn,
  type Turns,
} from "../src/chat/turns.ts";

const AT = "2026-11-21T03:04:05Z";
const WORDS = ["Hel", "lo ", "wor", "ld", "!"];
const STREAM: ServerFrame[] = [
  { type: "tool", msgid: "m", seq: 1, name: "current_time" },
  ...WORDS.map((text, place): ServerFrame => ({ type: "delta", msgid: "m", seq: place + 2, text })),
  { type: "done", msgid: "m", seq: 7, text: "Hello world!", cost: "0.001" },
];
const STORED: StoredTurn = {
  id: "t1",
  msgid: "m",
  at: AT,
  channel: "web",
  origin: "person",
  asked: "Hi",
  answered: "Hello world!",
  state: "answered",
  cost: "0.001",
};

function asked(): Turns {
  return ask([], { msgid: "m", text: "Hi", at: AT }).turns;
}

function accepted(turns = asked()): Turns {
  return hear(turns, { type: "accepted", msgid: "m", turn: "t1" }).turns;
}

function heard(turns: Turns, frames: readonly ServerFrame[]): Turns {
  return frames.reduce((now, frame) => hear(now, frame).turns, turns);
}

function only(turns: Turns): Turn {
  assert.equal(turns.length, 1);
  const [turn] = turns;
  assert.ok(turn);
  return turn;
}

test("a prompt is sent, accepted, streamed and done", () => {
  assert.deepEqual(ask([], { msgid: "m", text: "Hi", at: AT }).send, [
    { action: "sendprompt", payload: { msgid: "m", text: "Hi" } },
  ]);
  assert.equal(only(accepted()).state, "thinking");
  const turn = only(heard(accepted(), STREAM));
  assert.deepEqual([turn.state, turn.text, turn.cost, turn.id], ["answered", "Hello world!", "0.001", "t1"]);
  assert.deepEqual(turn.tools, ["current_time"]);
});

test("a frame that was heard already changes nothing and asks for nothing", () => {
  for (const [place, frame] of STREAM.entries()) {
    const turns = heard(accepted(), STREAM.slice(0, place + 1));
    assert.deepEqual(hear(turns, frame), { turns, send: [] });
  }
});

test("a gap asks once for everything since the last good frame", () => {
  const before = heard(accepted(), STREAM.slice(0, 2));
  const step = hear(before, { type: "delta", msgid: "m", seq: 4, text: "?" });
  assert.deepEqual(step.send, [{ action: "resume", payload: { msgid: "m", after: 2 } }]);
  assert.equal(only(step.turns).text, "Hel");
  assert.deepEqual(hear(step.turns, { type: "delta", msgid: "m", seq: 5, text: "?" }).send, []);
  assert.equal(only(heard(step.turns, STREAM.slice(2))).text, "Hello world!");
});

test("wherever the line is cut, resuming shows the whole answer once", () => {
  for (let cut = 0; cut <= STREAM.length - 1; cut++) {
    const step = reconnect(heard(accepted(), STREAM.slice(0, cut)));
    assert.deepEqual(step.send, [{ action: "resume", payload: { msgid: "m", after: cut } }]);
    for (let back = 0; back <= cut; back++) {
      const frames = STREAM.slice(back);
      const shown: string[] = [];
      frames.reduce((now, frame) => {
        const next = hear(now, frame).turns;
        shown.push(only(next).text);
        return next;
      }, step.turns);
      assert.ok(
        shown.every((text) => "Hello world!".startsWith(text)),
        `cut ${cut}, from ${back}: ${shown.join("|")}`,
      );
      assert.equal(shown.at(-1), "Hello world!");
    }
  }
});

test("a prompt that nobody accepted is sent again, and resumed once it is accepted", () => {
  const step = reconnect(asked());
  assert.deepEqual(step.send, [{ action: "sendprompt", payload: { msgid: "m", text: "Hi" } }]);
  const next = hear(step.turns, { type: "accepted", msgid: "m", turn: "t1" });
  assert.deepEqual(next.send, [{ action: "resume", payload: { msgid: "m", after: 0 } }]);
  assert.equal(only(heard(next.turns, STREAM)).text, "Hello world!");
});

test("the whole text of the end wins over what was joined", () => {
  const done: ServerFrame = { type: "done", msgid: "m", seq: 9, text: "Other", cost: "0" };
  assert.equal(only(hear(heard(accepted(), STREAM.slice(0, 3)), done).turns).text, "Other");
});

test("a reply that restarts begins again at one", () => {
  const again = hear(heard(accepted(), STREAM.slice(0, 4)), { type: "restarted", msgid: "m" }).turns;
  assert.deepEqual([only(again).text, only(again).seq], ["", 0]);
  assert.equal(only(heard(again, STREAM)).text, "Hello world!");
});

test("a stop is asked for again after a reconnect, and its end is called stopped", () => {
  const step = askToStop(heard(accepted(), STREAM.slice(0, 2)), "m");
  assert.deepEqual(step.send, [{ action: "stop", payload: { msgid: "m" } }]);
  assert.deepEqual(
    reconnect(step.turns).send.map((frame) => frame.action),
    ["resume", "stop"],
  );
  const done: ServerFrame = { type: "done", msgid: "m", seq: 3, text: "Hel", cost: "0" };
  assert.equal(only(hear(step.turns, done).turns).state, "stopped");
});

test("a refused prompt says why and stays as it is", () => {
  const error: ServerFrame = { type: "error", msgid: "m", code: "too_fast", message: "Slow down." };
  const turns = hear(asked(), error).turns;
  assert.deepEqual([only(turns).state, only(turns).trouble], ["refused", "Slow down."]);
  assert.deepEqual(reconnect(turns).send, []);
});

test("a resume beyond the end begins again", () => {
  const error: ServerFrame = { type: "error", msgid: "m", code: "bad_payload", message: "beyond" };
  const step = hear(heard(accepted(), STREAM.slice(0, 4)), error);
  assert.deepEqual(step.send, [{ action: "resume", payload: { msgid: "m", after: 0 } }]);
  assert.equal(only(heard(step.turns, STREAM)).text, "Hello world!");
});

test("a resume that came too fast loses nothing: history brings the end", () => {
  const error: ServerFrame = { type: "error", msgid: "m", code: "too_fast", message: "Slow down." };
  const step = hear(reconnect(heard(accepted(), STREAM.slice(0, 3))).turns, error);
  assert.deepEqual([only(step.turns).state, step.send], ["thinking", []]);
  assert.equal(only(learn(step.turns, [STORED]).turns).text, "Hello world!");
});

test("history is put in order around what is on the page, without repetition", () => {
  const older = { ...STORED, id: "t0", msgid: "m0", channel: "sms" };
  const turns = learn(heard(accepted(), STREAM), [STORED, older]).turns;
  assert.deepEqual(
    turns.map((turn) => [turn.id, turn.channel]),
    [
      ["t0", "sms"],
      ["t1", "web"],
    ],
  );
  assert.equal(learn(turns, [STORED, older]).turns.length, 2);
});

test("what is not accepted yet stays the newest", () => {
  assert.deepEqual(
    learn(asked(), [{ ...STORED, id: "t9", msgid: "other" }]).turns.map((turn) => turn.msgid),
    ["other", "m"],
  );
});

test("a reloaded page resumes a thinking turn of the web and shows its words until then", () => {
  const thinking: StoredTurn = { ...STORED, state: "thinking", answered: "Hello w" };
  const step: Step = learn([], [thinking]);
  assert.deepEqual(step.send, [{ action: "resume", payload: { msgid: "m", after: 0 } }]);
  assert.equal(only(step.turns).text, "Hello w");
  assert.equal(only(heard(step.turns, STREAM.slice(0, 1))).text, "");
  assert.equal(only(heard(step.turns, STREAM)).text, "Hello world!");
});

test("a thinking turn of another channel is shown and not resumed", () => {
  assert.deepEqual(learn([], [{ ...STORED, channel: "sms", state: "thinking" }]).send, []);
});

test("a stored end finishes a turn whose frames never came, and tells that it failed", () => {
  assert.equal(only(learn(accepted(), [STORED]).turns).state, "answered");
  const failed = learn(heard(accepted(), STREAM), [{ ...STORED, state: "failed" }]).turns;
  assert.equal(only(failed).state, "failed");
});

test("a stored turn that still thinks does not undo words that are here already", () => {
  const live = heard(accepted(), STREAM.slice(0, 4));
  assert.equal(only(learn(live, [{ ...STORED, state: "thinking", answered: "He" }]).turns).text, "Hello wor");
  const done = heard(accepted(), STREAM);
  assert.equal(only(learn(done, [{ ...STORED, state: "thinking", answered: "He" }]).turns).state, "answered");
});

test("a notice is a turn of its own, once", () => {
  const frame: ServerFrame = { type: "notice", turn: "t5", text: "Your export is ready." };
  const turns = heard([], [frame, frame]);
  assert.deepEqual([only(turns).origin, only(turns).text], ["news", "Your export is ready."]);
  const stored: StoredTurn = {
    ...STORED,
    id: "t5",
    origin: "news",
    asked: "",
    answered: "Your export is ready.",
  };
  assert.equal(learn(turns, [stored]).turns.length, 1);
});
