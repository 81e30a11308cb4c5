import assert from "node:assert/strict";
import { test } from "node:test";
import { Client } from "../src/api/client.ts";
import { inWords, Problem, SignedOut, Unreachable } from "../src/api/problem.ts";

type Answer = (path: string, init: RequestInit) => Response;

interface Asked {
  path: string;
  bearer: string | null;
}

function setUp(answer: Answer) {
  const asked: Asked[] = [];
  const world = { now: 0, ended: 0 };
  const client = new Client({
    fetch: async (path, init) => {
      asked.push({ path, bearer: new Headers(init.headers).get("authorization") });
      return Promise.resolve(answer(path, init));
    },
    now: () => world.now,
    onSignedOut: () => world.ended++,
  });
  return { client, asked, world };
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

function token(name: string): Response {
  return json({ token: name, expires_in: 3600 });
}

const IN = { username: "ada", password: "secret" };

test("a token of signing in goes with every request, and nowhere else", async () => {
  const { client, asked } = setUp((path) => (path === "/api/login" ? token("one") : json({ person: "p" })));
  await client.signIn(IN);
  assert.deepEqual(await client.ask("/me"), { person: "p" });
  assert.deepEqual(asked, [
    { path: "/api/login", bearer: null },
    { path: "/api/me", bearer: "Bearer one" },
  ]);
});

test("a token that has run out is renewed before it is used, once for many requests", async () => {
  const { client, asked, world } = setUp((path) =>
    path === "/api/login" ? token("one") : path === "/api/login/refresh" ? token("two") : json({}),
  );
  await client.signIn(IN);
  world.now = 3_600_000;
  await Promise.all([client.ask("/me"), client.ask("/usage?days=30")]);
  assert.deepEqual(
    asked.slice(1).map(({ path, bearer }) => [path, bearer]),
    [
      ["/api/login/refresh", null],
      ["/api/me", "Bearer two"],
      ["/api/usage?days=30", "Bearer two"],
    ],
  );
});

test("a refused token is renewed and the request repeated", async () => {
  const { client, world } = setUp((path, init) => {
    if (path === "/api/login") return token("one");
    if (path === "/api/login/refresh") return token("two");
    return new Headers(init.headers).get("authorization") === "Bearer two"
      ? json({ ok: true })
      : json({}, 401);
  });
  await client.signIn(IN);
  assert.deepEqual(await client.ask("/me"), { ok: true });
  assert.equal(world.ended, 0);
});

test("a session that is over is told, and its token can still be used by whoever asks once", async () => {
  const { client, asked, world } = setUp((path) =>
    path === "/api/login"
      ? token("one")
      : path === "/api/erasures/7"
        ? json({ state: "done" })
        : json({}, 401),
  );
  await client.signIn(IN);
  await assert.rejects(client.ask("/me"), SignedOut);
  assert.equal(world.ended, 1);
  assert.deepEqual(await client.askOnce("/erasures/7"), { state: "done" });
  assert.equal(asked.at(-1)?.bearer, "Bearer one");
});

test("nobody is told that a newcomer has no session", async () => {
  const { client, world } = setUp(() => json({}, 401));
  await assert.rejects(client.renew(), SignedOut);
  assert.equal(world.ended, 0);
});

test("a server that does not answer is no reason to be signed out", async () => {
  const { client, world } = setUp((path) => {
    if (path === "/api/login") return token("one");
    throw new TypeError("no network");
  });
  await client.signIn(IN);
  world.now = 3_600_000;
  await assert.rejects(client.ask("/me"), Unreachable);
  assert.equal(world.ended, 0);
});

test("a problem says its detail, and too often says when", async () => {
  const { client } = setUp(() => json({ detail: "That username and password do not go together." }, 401));
  await assert.rejects(client.signIn(IN), (error) => {
    assert.ok(error instanceof Problem);
    assert.equal(inWords(error), "That username and password do not go together.");
    return true;
  });
  const often = setUp(() => json({ detail: "Too many." }, 429, { "retry-after": "37" }));
  await assert.rejects(often.client.signIn(IN), (error) => {
    assert.equal(inWords(error), "That was too often. Please try again in 37 seconds.");
    return true;
  });
  assert.match(inWords(new Problem(429, "", 600)), /10 minutes/);
});

const BY_THE_GATEWAY: [number, string, RegExp][] = [
  [403, "Forbidden", /does not let you/],
  [404, "Not Found", /reload the page/],
  [413, "Request Entity Too Large", /more than Switchboard takes/],
  [429, "Too Many Requests", /wait a little/],
  [500, "Internal Server Error", /again in a moment/],
  [503, "Service Unavailable", /again in a moment/],
];

for (const [status, message, told] of BY_THE_GATEWAY) {
  test(`what the gateway answers by itself is said in our words: ${message}`, async () => {
    const { client } = setUp(() => json({ message }, status));
    await assert.rejects(client.signIn(IN), (error) => {
      assert.ok(error instanceof Problem);
      assert.equal(error.status, status);
      assert.match(inWords(error), told);
      assert.doesNotMatch(inWords(error), new RegExp(message));
      return true;
    });
  });
}

test("a token that the gateway refuses is renewed like one that the API refuses", async () => {
  const { client, asked, world } = setUp((path, init) => {
    if (path === "/api/login") return token("one");
    if (path === "/api/login/refresh") return token("two");
    return new Headers(init.headers).get("authorization") === "Bearer two"
      ? json({ person: "p" })
      : json({ message: "Unauthorized" }, 401);
  });
  await client.signIn(IN);
  assert.deepEqual(await client.ask("/me"), { person: "p" });
  assert.deepEqual([asked.length, world.ended], [4, 0]);
});

test("an answer without a reason still gets a sentence", async () => {
  const { client } = setUp(() => new Response("<html>", { status: 502 }));
  await assert.rejects(client.signIn(IN), /Switchboard answered 502/);
  assert.match(inWords(new RangeError("x")), /went wrong on this page/);
});
