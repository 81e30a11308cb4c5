import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";

const DIST = new URL("../dist/", import.meta.url);
const FIRST_LOAD_BYTES = 150 * 1024;
const OUR_BUDGET_BYTES = 60 * 1024;

function text(path: string): string {
  return readFileSync(new URL(path.replace(/^\//, ""), DIST), "utf8");
}

function compressed(path: string): number {
  return gzipSync(readFileSync(new URL(path.replace(/^\//, ""), DIST))).length;
}

/** What the first view transfers: the page, what it names, and what those scripts import before they run. */
function firstLoad(): Set<string> {
  const named = [...text("index.html").matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? "");
  const found = new Set(["index.html", ...named]);
  for (const path of found) {
    if (!path.endsWith(".js")) continue;
    for (const [, file] of text(path).matchAll(/(?:from|import)"\.\/([\w-]+\.js)"/g))
      found.add(`/assets/${file}`);
  }
  return found;
}

before(() => assert.ok(existsSync(DIST), "build the page first: npm run build"));

test("the first load is small", () => {
  const sizes = [...firstLoad()].map((path) => [path, compressed(path)] as const);
  const whole = sizes.reduce((sum, [, size]) => sum + size, 0);
  assert.ok(sizes.length > 3);
  assert.ok(whole <= Math.min(OUR_BUDGET_BYTES, FIRST_LOAD_BYTES), JSON.stringify(sizes));
});

test("plots and the views that are not shown first are no part of the first load", () => {
  const later = readdirSync(new URL("assets/", DIST)).filter((name) => !firstLoad().has(`/assets/${name}`));
  for (const part of ["tasks", "calls", "curve", "operator", "you", "plot"])
    assert.ok(
      later.some((name) => name.startsWith(`${part}-`)),
      part,
    );
});

test("the page has one style sheet, and no view that is fetched later brings another", () => {
  const sheets = readdirSync(new URL("assets/", DIST)).filter((name) => name.endsWith(".css"));
  assert.equal(sheets.length, 1);
  assert.ok(firstLoad().has(`/assets/${sheets[0]}`));
});

test("nothing is inline and nothing comes from elsewhere", () => {
  const html = text("index.html");
  assert.doesNotMatch(html, /<style|style=|<script(?![^>]+src=)|\son\w+=|https?:/);
});

test("every asset carries its content in its name", () => {
  for (const name of readdirSync(new URL("assets/", DIST))) assert.match(name, /-[A-Z0-9]{8}\.(?:js|css)$/);
});
