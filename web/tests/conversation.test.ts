import assert from "node:assert/strict";
import { test } from "node:test";
import type { Listed, StoredTurn } from "../src/api/shapes.ts";
import { Conversation } from "../src/chat/conversation.ts";
import type { Hearing } from "../src/chat/line.ts";
import type { Unsent } from "../src/chat/outbox.ts";

class Server {
  stored: StoredTurn[] = [];
  readonly urls: string[] = [];
  readonly sent: { action: string; payload?: { msgid: string } }[] = [];
  readonly told: string[] = [];
  readonly others: string[] = [];
  unsent: Unsent[] = [];
  #hearing: Hearing | null = null;
  #ids = 0;

  readonly conversation = new Conversation({
    routes: {
      turns: ({ limit, cursor }) => Promise.resolve(this.#page(limit, Number(cursor ?? 0))),
      ticket: () => Promise.resolve({ ticket: "a+b", url: "ws://here/socket" }),
    },
    open: (url, hearing) => {
      this.urls.push(url);
      this.#hearing = hearing;
      return {
        send: (data) => this.sent.push(JSON.parse(data) as never),
        close: () => (this.#hearing = null),
      };
    },
    after: () => () => undefined,
    now: () => 0,
    chance: () => 0,
    newId: () => `m${this.#ids++}`,
    outbox: { kept: () => this.unsent, keep: (turns) => (this.unsent = turns.map(unsent)) },
    told: (turn) => this.told.push(turn.text),
    other: ({ of }) => this.others.push(of),
  });

  async begin(): Promise<void> {
    this.conversation.begin();
    await settled();
    this.#hearing?.opened();
  }

  async say(frame: object): Promise<void> {
    this.#hearing?.heard(JSON.stringify(frame));
    await settled();
  }

  #page(limit: number, from: number): Listed<StoredTurn> {
    const items = this.stored.slice(from, from + limit);
    return { items, next: from + limit < this.stored.length ? String(from + limit) : null };
  }
}

function unsent({ msgid, asked, at }: { msgid: string; asked: string; at: string }): Unsent {
  return { msgid, text: asked, at };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function turn(number: number): StoredTurn {
  const id = String(number).padStart(4, "0");
  return {
    ...{ id, msgid: `old${id}`, at: "2026-11-21T03:04:05Z", channel: "web", origin: "person" },
    ...{ asked: `q${id}`, answered: `a${id}`, state: "answered", cost: "0" },
  };
}

test("a ticket opens the socket, and its letters are safe in an address", async () => {
  const server = new Server();
  await server.begin();
  assert.deepEqual(server.urls, ["ws://here/socket?ticket=a%2Bb"]);
});

test("older turns are read page by page until there are no more", async () => {
  const server = new Server();
  server.stored = Array.from({ length: 45 }, (_, place) => turn(45 - place));
  await server.begin();
  for (const [count, past] of [
    [20, "more"],
    [40, "more"],
    [45, "whole"],
  ] as const) {
    assert.deepEqual([server.conversation.turns.value.length, server.conversation.past.value], [count, past]);
    await server.conversation.readOlder();
  }
  assert.equal(server.conversation.turns.value[0]?.id, "0001");
});

test("a finished reply is told once, and busy says whether one is being made", async () => {
  const server = new Server();
  await server.begin();
  server.conversation.say("Hi");
  assert.equal(server.conversation.busy.value?.msgid, "m0");
  await server.say({ type: "accepted", msgid: "m0", turn: "t0" });
  await server.say({ type: "done", msgid: "m0", seq: 1, text: "Hello", cost: "0" });
  await server.say({ type: "done", msgid: "m0", seq: 1, text: "Hello", cost: "0" });
  assert.deepEqual(server.told, ["Hello"]);
  assert.equal(server.conversation.busy.value, undefined);
});

test("a frame of another type is passed on, and is no part of the conversation", async () => {
  const server = new Server();
  await server.begin();
  await server.say({ type: "dance", msgid: "m0" });
  assert.deepEqual(server.others, ["dance"]);
  assert.equal(server.conversation.turns.value.length, 0);
});

test("what was not accepted before a reload is sent after it, once", async () => {
  const server = new Server();
  server.unsent = [{ msgid: "kept", text: "Hi", at: "2026-11-21T03:04:05Z" }];
  await server.begin();
  assert.deepEqual(
    server.sent.map(({ action, payload }) => [action, payload?.msgid]),
    [["sendprompt", "kept"]],
  );
  await server.say({ type: "accepted", msgid: "kept", turn: "t0" });
  assert.deepEqual(server.unsent, []);
});

test("ending gives back what nobody accepted and leaves nothing behind", async () => {
  const server = new Server();
  await server.begin();
  server.conversation.say("Hi");
  assert.deepEqual(server.conversation.end(), ["Hi"]);
  assert.deepEqual(server.unsent, []);
  assert.equal(server.conversation.turns.value.length, 0);
});
