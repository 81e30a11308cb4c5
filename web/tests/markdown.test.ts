import assert from "node:assert/strict";
import { before, test } from "node:test";
import { JSDOM } from "jsdom";

type Markdown = typeof import("../src/chat/markdown.ts");

let markdown: Markdown;
const { window } = new JSDOM();

before(async () => {
  Object.assign(globalThis, { window, document: window.document });
  markdown = await import("../src/chat/markdown.ts");
});

function shown(source: string): HTMLElement {
  const box = window.document.createElement("div");
  for (const html of markdown.blocks(source) ?? []) box.append(markdown.safe(html));
  return box;
}

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "<svg/onload=alert(1)>",
  "[click](javascript:alert(1))",
  "[click](JaVaScRiPt:alert(1))",
  "[click](data:text/html,<script>alert(1)</script>)",
  "![x](javascript:alert(1))",
  '![x" onerror="alert(1)](https://example.com/x.png)',
  "<a href='javascript:alert(1)'>x</a>",
  "<style>body{display:none}</style>",
  "<iframe src='https://example.com'></iframe>",
  "<form action='https://example.com'><input></form>",
  "`<b onclick=alert(1)>`",
  "```html\n<script>alert(1)</script>\n```",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
  '[a](https://example.com "\\" onmouseover=alert(1) \\"")',
];
const ALLOWED = new Set(["A", "P", "CODE", "PRE", "BR"]);

for (const source of HOSTILE) {
  test(`nothing of ${JSON.stringify(source)} is run or loaded`, () => {
    for (const element of shown(source).querySelectorAll("*")) {
      assert.ok(ALLOWED.has(element.nodeName), element.nodeName);
      for (const { name, value } of element.attributes) {
        assert.ok(["href", "target", "rel"].includes(name), name);
        assert.doesNotMatch(value, /^\s*(?:javascript|data):/i);
      }
    }
  });
}

test("markup that somebody wrote is shown as it was written", () => {
  assert.equal(shown("a <b>bold</b> claim").textContent.trim(), "a <b>bold</b> claim");
});

test("links open elsewhere and tell nothing about this page", () => {
  const link = shown("[menu](https://example.com/menu)").querySelector("a");
  assert.equal(link?.getAttribute("href"), "https://example.com/menu");
  assert.equal(link.getAttribute("target"), "_blank");
  assert.match(link.getAttribute("rel") ?? "", /noopener/);
});

test("an image is a link to it, and is not loaded", () => {
  const box = shown("![a bike](https://example.com/bike.png)");
  assert.equal(box.querySelectorAll("img").length, 0);
  assert.equal(box.querySelector("a")?.textContent, "a bike");
});

test("the usual Markdown is there", () => {
  const box = shown("# Plan\n\n1. *one*\n2. **two**\n\n- [x] done\n\n|a|b|\n|-|-:|\n|1|2|\n\n```\ncode\n```");
  for (const name of ["h2", "ol", "em", "strong", "ul", "table", "pre"])
    assert.ok(box.querySelector(name), name);
  assert.match(box.textContent, /☑ done/);
});

test("columns keep their side, and lists their first number", () => {
  const box = shown("|a|b|\n|-|-:|\n|1|2|\n\n7. seven\n8. eight");
  assert.deepEqual(
    [...box.querySelectorAll("td")].map((cell) => cell.getAttribute("align")),
    [null, "right"],
  );
  assert.equal(box.querySelector("ol")?.getAttribute("start"), "7");
});

test("blocks before the last stay the same while words come in", () => {
  const source = "First **words**.\n\n- one\n- two\n\nAnd then `some code` at the end.";
  const whole = markdown.blocks(source) ?? [];
  for (let length = 1; length <= source.length; length++) {
    const some = markdown.blocks(source.slice(0, length)) ?? [];
    assert.deepEqual(some.slice(0, -2), whole.slice(0, Math.max(0, some.length - 2)));
  }
});
