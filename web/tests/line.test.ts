import assert from "node:assert/strict";
import { test } from "node:test";
import { backoff } from "../src/chat/backoff.ts";
import { Line, type Hearing, type LineState } from "../src/chat/line.ts";

class World {
  now = 0;
  chance = 0.5;
  refuses = false;
  readonly sent: string[] = [];
  readonly hearings: Hearing[] = [];
  readonly states: LineState[] = [];
  readonly heard: unknown[] = [];
  closed = 0;
  opened = 0;
  #timers: { at: number; act: () => void }[] = [];

  readonly line = new Line(
    {
      open: (hearing) => {
        this.hearings.push(hearing);
        if (this.refuses) return Promise.reject(new Error("no ticket"));
        return Promise.resolve({ send: (data) => this.sent.push(data), close: () => this.closed++ });
      },
      after: (ms, act) => {
        const timer = { at: this.now + ms, act };
        this.#timers.push(timer);
        return () => (this.#timers = this.#timers.filter((each) => each !== timer));
      },
      now: () => this.now,
      chance: () => this.chance,
    },
    {
      stateChanged: (state) => this.states.push(state),
      opened: () => this.opened++,
      heard: (data) => this.heard.push(data),
    },
  );

  get state(): LineState | undefined {
    return this.states.at(-1);
  }

  get reached(): string[] {
    return this.states.map(({ at }) => at);
  }

  get hearing(): Hearing {
    const last = this.hearings.at(-1);
    assert.ok(last);
    return last;
  }

  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      this.now = next.at;
      this.#timers = this.#timers.filter((each) => each !== next);
      next.act();
      await settled();
    }
    this.now = until;
  }

  async open(): Promise<void> {
    this.line.connect();
    await settled();
    this.hearing.opened();
  }
}

async function settled(): Promise<void> {
  await Promise.resolve();
  await Promise.resolve();
}

test("a line opens, and sends only while it is open", async () => {
  const world = new World();
  assert.equal(world.line.send({ action: "ping" }), false);
  await world.open();
  assert.equal(world.opened, 1);
  assert.equal(world.line.send({ action: "ping" }), true);
  assert.deepEqual(world.sent, ['{"action":"ping"}']);
});

test("a quiet line is pinged, and dropped when nothing answers", async () => {
  const world = new World();
  await world.open();
  await world.pass(30_000);
  assert.deepEqual(world.sent, ['{"action":"ping"}']);
  await world.pass(9_999);
  assert.deepEqual(world.reached, ["connecting", "open"]);
  await world.pass(1);
  assert.deepEqual(world.reached, ["connecting", "open", "waiting"]);
  assert.equal(world.closed, 1);
});

test("a pong keeps the line", async () => {
  const world = new World();
  await world.open();
  await world.pass(30_000);
  world.hearing.heard('{"type":"pong"}');
  await world.pass(29_999);
  assert.equal(world.state?.at, "open");
  assert.equal(world.sent.length, 1);
});

test("a lost line is opened again after a wait, and the wait grows while nothing can be had", async () => {
  const world = new World();
  await world.open();
  world.refuses = true;
  world.hearing.lost();
  const waits: number[] = [];
  for (let tries = 0; tries < 8; tries++) {
    assert.equal(world.state?.at, "waiting");
    const wait = world.state.until - world.now;
    waits.push(wait);
    await world.pass(wait);
  }
  assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 8000, 15000, 15000]);
});

test("a hint that the network is back opens the line at once", async () => {
  const world = new World();
  await world.open();
  world.hearing.lost();
  world.line.poke();
  await settled();
  world.hearing.opened();
  assert.equal(world.state?.at, "open");
  assert.equal(world.opened, 2);
});

test("a hint that the network is gone drops the line, and a late frame of it is not heard", async () => {
  const world = new World();
  await world.open();
  const before = world.hearing;
  world.line.drop();
  before.heard("late");
  before.lost();
  assert.deepEqual(world.heard, []);
  assert.equal(world.states.filter(({ at }) => at === "waiting").length, 1);
});

test("a socket that never opens is given up", async () => {
  const world = new World();
  world.line.connect();
  await world.pass(15_000);
  assert.equal(world.state?.at, "waiting");
});

test("a closed line stays closed", async () => {
  const world = new World();
  await world.open();
  world.line.close();
  world.line.poke();
  world.line.drop();
  await world.pass(600_000);
  assert.equal(world.state?.at, "closed");
  assert.equal(world.hearings.length, 1);
});

test("the wait before a try is anything up to a growing bound", () => {
  assert.equal(backoff(0, 0), 0);
  assert.equal(backoff(0, 0.999), 500);
  assert.equal(backoff(100, 0.999999), 30_000);
  for (let tries = 0; tries < 20; tries++) assert.ok(backoff(tries, Math.random()) <= 30_000);
});
