import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem, Unreachable } from "../src/api/problem.ts";
import { Board } from "../src/tasks/board.ts";
import type { Card } from "../src/tasks/shapes.ts";
import { PROPOSAL, Server } from "./tasks-server.ts";

function shown({ board }: Server): Card[] {
  return board.page.value.is === "there" ? board.page.value.value.items : [];
}

test("a sentence becomes a card, and what the assistant says is kept", async () => {
  const server = new Server();
  await server.board.read();
  await server.board.say(" read 20 pages ");
  await settled();
  assert.deepEqual(
    shown(server).map(({ title }) => title),
    ["read 20 pages"],
  );
  assert.equal(server.board.outcome.value, "Added read 20 pages.");
  assert.equal(server.board.counts.value.open, 1);
});

test("a proposal is shown until it is answered, and yes is an answer only then", async () => {
  const server = new Server();
  await server.board.say("learn Rust");
  assert.equal(server.board.asked.value, PROPOSAL);
  assert.equal(shown(server).length, 0);
  await server.board.say("yes");
  assert.equal(server.board.asked.value, "");
  await server.board.say("yes");
  assert.deepEqual(
    server.calls.filter((call) => !call.startsWith("board")),
    ["add learn Rust", "answer yes", "add yes"],
  );
});

test("other words while something is asked are said anew", async () => {
  const server = new Server();
  await server.board.say("learn Rust");
  await server.board.say("no, 20 minutes every day");
  assert.ok(server.calls.includes("add no, 20 minutes every day"));
});

test("a tap on another task leaves the question open", async () => {
  const server = new Server();
  const card = server.add("Dune");
  await server.board.say("learn Rust");
  await server.board.did(card);
  assert.equal(server.board.asked.value, PROPOSAL);
  await server.board.say("yes");
  assert.ok(server.calls.includes("answer yes"));
});

test("a tap logs a rep and the card is read again", async () => {
  const server = new Server();
  const card = server.add("Dune");
  await server.board.read();
  await server.board.did(card);
  assert.equal(shown(server)[0]?.today, "20");
  await settled();
  assert.equal(server.calls.at(-1), "board open 20");
  await server.board.did(card, "5");
  assert.equal(shown(server)[0]?.today, "5");
  assert.equal(server.board.changes.value, 2);
});

test("a rep whose answer was lost is asked for under the same key, a refused one is not", async () => {
  const server = new Server();
  const card = server.add("Dune");
  server.fails = [new Unreachable(), new Problem(502, "later", null)];
  await assert.rejects(server.board.did(card), Unreachable);
  await assert.rejects(server.board.did(card), Problem);
  await server.board.did(card);
  await server.board.did(card);
  server.fails = [new Problem(422, "It is paused.", null)];
  await assert.rejects(server.board.did(card), /paused/);
  await server.board.did(card);
  assert.deepEqual(server.keys, ["k0", "k0", "k0", "k1", "k2", "k3"]);
});

test("another amount is another wish", async () => {
  const server = new Server();
  const card = server.add("Dune");
  server.fails = [new Unreachable()];
  await assert.rejects(server.board.did(card));
  await server.board.did(card, "5");
  assert.deepEqual(server.keys, ["k0", "k1"]);
});

test("what was changed elsewhere is read again before it is changed here", async () => {
  const server = new Server();
  server.add("Dune");
  await server.board.read();
  const [old] = shown(server);
  assert.ok(old);
  await server.board.change(old, { change: { title: "Dune Messiah" }, said: "Saved." });
  await assert.rejects(
    server.board.change(old, { change: { state: "paused" }, said: "Paused." }),
    /changed elsewhere/,
  );
  const [now] = shown(server);
  assert.ok(now);
  assert.equal(now.title, "Dune Messiah");
  await server.board.change(now, { change: { state: "paused" }, said: "Paused." });
  await settled();
  assert.deepEqual(server.board.counts.value, { open: 0, paused: 1, finished: 0, archived: 0 });
  assert.equal(server.board.outcome.value, "Paused.");
});

test("only the latest read counts, however late the others are", async () => {
  const server = new Server();
  server.add("Dune");
  server.add("Taxes", "paused");
  server.hold();
  const reads = [server.board.read(), server.board.show("paused")];
  server.release();
  await Promise.all(reads);
  assert.deepEqual(
    shown(server).map(({ title }) => title),
    ["Taxes"],
  );
});

test("more cards come after those that are shown, and stay when the board is read again", async () => {
  const server = new Server();
  for (let number = 0; number < 45; number++) server.add(`Task ${number}`);
  await server.board.read();
  assert.equal(shown(server).length, 20);
  await server.board.more();
  assert.equal(shown(server).length, 40);
  await server.board.read();
  assert.equal(shown(server).length, 40);
  await server.board.more();
  await server.board.more();
  assert.equal(shown(server).length, 45);
});

test("more cards come even when the board is read meanwhile", async () => {
  const server = new Server();
  for (let number = 0; number < 45; number++) server.add(`Task ${number}`);
  await server.board.read();
  server.hold();
  const both = [server.board.more(), server.board.read()];
  server.release();
  await Promise.all(both);
  assert.equal(shown(server).length, 40);
});

test("a board that cannot be read again stays, and says that it may be old", async () => {
  const server = new Server();
  server.add("Dune");
  await server.board.read();
  const routes = server.routes();
  const answers = [routes.board];
  const board = new Board({
    routes: { ...routes, board: (wanted) => (answers.shift() ?? refuse)(wanted) },
    newKey: () => "k",
  });
  await board.read();
  await board.read();
  assert.equal(board.page.value.is, "there");
  assert.match(board.stale.value, /cannot be reached/);
  board.clear();
  await board.read();
  assert.deepEqual(board.page.value, {
    is: "failed",
    why: "Switchboard cannot be reached right now.",
  });
});

test("whoever comes next finds nothing of who was here", async () => {
  const server = new Server();
  server.add("Dune");
  await server.board.say("learn Rust");
  await server.board.show("paused");
  server.hold();
  const late = server.board.read();
  server.board.clear();
  server.release();
  await late;
  assert.equal(server.board.page.value.is, "loading");
  assert.equal(server.board.asked.value, "");
  assert.equal(server.board.state.value, "open");
});

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function refuse(): Promise<never> {
  return Promise.reject(new Unreachable());
}
