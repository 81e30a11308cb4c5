import assert from "node:assert/strict";
import { test } from "node:test";
import { Unreachable } from "../src/api/problem.ts";
import type { Sought } from "../src/calls/api.ts";
import { query } from "../src/calls/api.ts";
import type { Call, CallLine } from "../src/calls/shapes.ts";
import { EVERYTHING, Shelf } from "../src/calls/shelf.ts";

class Server {
  calls: CallLine[] = [];
  readonly asked: { sought: Partial<Sought>; limit: number; cursor: string | null }[] = [];
  readonly read: string[] = [];
  fails = false;
  /** Answers wait here while this is a list. */
  held: (() => void)[] | null = null;

  readonly shelf = new Shelf({
    list: async (sought, { limit, cursor = null }) => {
      this.asked.push({ sought, limit, cursor });
      if (this.held) await new Promise<void>((resolve) => this.held?.push(resolve));
      if (this.fails) throw new Unreachable();
      const from = Number(cursor ?? 0);
      const found = this.calls.filter(({ file_name: name }) => name.includes(sought.q ?? ""));
      const next = from + limit < found.length ? String(from + limit) : null;
      return { items: found.slice(from, from + limit), next };
    },
    call: (id) => {
      this.read.push(id);
      return Promise.resolve({ ...call(id), status: "Completed", headline: "Found" } as unknown as Call);
    },
  });

  get ids(): string[] {
    return this.shelf.calls.value?.map(({ id }) => id) ?? [];
  }
}

function call(id: string, status = "Queued"): CallLine {
  return {
    ...{ id, file_name: `${id}.wav`, content_type: "audio/wav", size: 1, created_at: "2026-11-21T03:04:05Z" },
    ...{ status, reason: null, metadata: {}, profile: null, duration_s: null, speakers: null, words: null },
    ...{ headline: "", cost: "0.000000" },
  };
}

function frame(id: string, status: string) {
  return { type: "call" as const, id, status, at: "2026-11-21T03:04:05Z", reason: null };
}

test("calls are read page by page, and read again as many as are shown", async () => {
  const server = new Server();
  server.calls = Array.from({ length: 45 }, (_, at) => call(`c${String(at).padStart(2, "0")}`));
  await server.shelf.read();
  await server.shelf.readMore();
  assert.equal(server.ids.length, 40);
  assert.equal(server.shelf.next.value, "40");
  await server.shelf.read();
  assert.equal(server.asked.at(-1)?.limit, 40);
  await server.shelf.readMore();
  assert.equal(server.ids.length, 45);
  assert.equal(server.shelf.next.value, null);
});

test("a call that moved stands there at once, and what came of it is read when it ended", async () => {
  const server = new Server();
  server.calls = [call("c1"), call("c2", "Completed")];
  await server.shelf.read();
  assert.equal(server.shelf.isMoving, true);
  await server.shelf.heard(frame("c1", "Analyzing"));
  assert.deepEqual([server.shelf.calls.value?.[0]?.status, server.read], ["Analyzing", []]);
  await server.shelf.heard(frame("c1", "Completed"));
  assert.deepEqual([server.shelf.calls.value?.[0]?.headline, server.read], ["Found", ["c1"]]);
  assert.equal(server.shelf.isMoving, false);
});

test("a call that was begun elsewhere makes the list be read again", async () => {
  const server = new Server();
  await server.shelf.read();
  server.calls = [call("c9")];
  await server.shelf.heard(frame("c9", "Queued"));
  assert.deepEqual(server.ids, ["c9"]);
});

test("an answer to an older question is dropped", async () => {
  const server = new Server();
  server.calls = [call("one"), call("two")];
  server.held = [];
  const older = server.shelf.seek({ ...EVERYTHING, q: "one" });
  const newer = server.shelf.seek({ ...EVERYTHING, q: "two" });
  server.held[1]?.();
  await newer;
  server.held[0]?.();
  await older;
  assert.deepEqual(server.ids, ["two"]);
  assert.equal(server.shelf.isFiltered, true);
});

test("a list that cannot be read keeps what it had and says why", async () => {
  const server = new Server();
  server.calls = [call("c1")];
  await server.shelf.read();
  server.fails = true;
  await server.shelf.read();
  assert.deepEqual([server.ids, server.shelf.busy.value], [["c1"], false]);
  assert.match(server.shelf.trouble.value, /cannot be reached/);
  server.fails = false;
  await server.shelf.read();
  assert.equal(server.shelf.trouble.value, "");
});

test("nothing of one person is left for the next", async () => {
  const server = new Server();
  server.calls = [call("c1")];
  server.held = [];
  const reading = server.shelf.read();
  server.shelf.clear();
  server.held[0]?.();
  await reading;
  assert.equal(server.shelf.calls.value, null);
});

test("a query says only what is asked, safely", () => {
  assert.equal(query({ q: "", cursor: null, limit: undefined }), "");
  assert.equal(query({ q: "a&b=c", limit: 20 }), "?q=a%26b%3Dc&limit=20");
});
