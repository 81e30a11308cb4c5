/** Replies that no parser of Markdown survives: they are shown as they are, and soon. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { JSDOM } from "jsdom";

type Markdown = typeof import("../src/chat/markdown.ts");

let markdown: Markdown;
let lexing: typeof import("../src/chat/lexing.ts");
const { window } = new JSDOM();

before(async () => {
  Object.assign(globalThis, { window, document: window.document });
  markdown = await import("../src/chat/markdown.ts");
  lexing = await import("../src/chat/lexing.ts");
});

const LONGEST = 20_000;
/** The DOM of these tests is far slower than a browser's. */
const SHOWN = 5_000;
const PATIENCE_MS = 20_000;

/** What is repeated, what comes before it and what after. */
const SHAPES: Record<string, [before: string, repeated: string, after: string]> = {
  "nested quotes": ["", ">", " a"],
  "nested quotes with spaces": ["", "> ", "a"],
  "nested lists": ["", "- ", "a"],
  "nested numbers": ["", "1. ", "a"],
  "quotes in lists": ["", "> - ", "a"],
  "a rule that is none": ["", "* ", "a"],
  "open brackets": ["", "[", ""],
  "open links": ["", "[a](", ""],
  "open images": ["", "![", ""],
  stars: ["", "*", ""],
  underscores: ["", "a_", ""],
  "open emphasis": ["", "**a *b ", ""],
  "nested emphasis": ["", "*a **a ", ""],
  "struck out": ["", "~~a ", ""],
  ticks: ["", "`", ""],
  "a fence that never ends": ["```\n", "a\n", ""],
  "fences in fences": ["", "```\n~~~\n", ""],
  "a long table": ["|a|b|\n|-|-|\n", "|1|2|\n", ""],
  "a wide table": ["|a|b|\n|-|-|\n", "|a", "|"],
  "long items": ["", "- a\n", ""],
  "loose items": ["", "- a\n\n", ""],
  "lines of a quote": ["", "> a\n", ""],
  paragraphs: ["", "a\n\n", ""],
  headings: ["", "# a\n", ""],
  rules: ["", "---\n\n", ""],
  "an underlined heading": ["", "a\n", "==="],
  markup: ["", "<", ""],
  comments: ["", "<!--", ""],
  definitions: ["", "[a]: http://a\n", ""],
  spaces: ["a", " ", "b"],
  tabs: ["", "\t", "a"],
  "ends of lines": ["", "a  \n", ""],
  "an address": ["", "a.", "@a"],
  "a link's end": ["http://a", ")", "("],
  ampersands: ["", "&", ""],
  backslashes: ["", "\\", ""],
};

function made(shape: string, length: number): string {
  const [before, repeated, after] = SHAPES[shape] ?? ["", "", ""];
  return before + repeated.repeat(Math.ceil(length / repeated.length)) + after;
}

const NESTED = "emphasis in emphasis";
const DOUBLING = [625, 1_250, 2_500, 5_000, 10_000, 20_000, 40_000, 100_000];

function emphasis(length: number): string {
  const times = length / 14;
  return "*a **a ".repeat(times) + "b** b* ".repeat(times);
}

function texts(shape: string): string[] {
  return DOUBLING.map((length) => (shape === NESTED ? emphasis(length) : made(shape, length)));
}

for (const shape of [...Object.keys(SHAPES), NESTED]) {
  test(`${shape}: however many they are, reading them ends within the same work`, () => {
    for (const text of texts(shape)) {
      const lexer = new lexing.BoundedLexer();
      try {
        lexer.lex(text);
      } catch (error) {
        assert.ok(error instanceof lexing.TooMuch, String(error));
      }
      assert.ok(lexer.work <= lexing.MOST.work);
    }
  });

  test(`${shape}: they are shown, as Markdown or as they are`, { timeout: PATIENCE_MS }, () => {
    for (const text of texts(shape).filter((each) => each.length <= SHOWN || each.length > LONGEST)) {
      for (const html of markdown.blocks(text) ?? []) markdown.safe(html);
    }
  });
}

test("what is too long, nested too deep or too much work is shown as it is", () => {
  assert.equal(markdown.blocks("*".repeat(LONGEST + 1)), null);
  assert.equal(markdown.blocks("> ".repeat(lexing.MOST.depth) + "a"), null);
  assert.equal(markdown.blocks("a@".repeat(2_000)), null);
  assert.equal(markdown.blocks("|a|b|\n|-|-|\n" + "|1|2|\n".repeat(1_000)), null);
});

test("a long answer of the usual kind is read as Markdown", () => {
  const paragraph = "Words that are **strong** or `code`, and a [link](https://example.com). ".repeat(12);
  const list = "- one\n  - two\n    - three\n";
  const fence = "```\n" + "a = b\n".repeat(300) + "```";
  const row = "|1|2|\n";
  const answer = [
    ...Array<string>(12).fill(paragraph),
    list.repeat(10),
    "|a|b|\n|-|-|\n" + row.repeat(50),
    fence,
  ];
  assert.equal(markdown.blocks(answer.join("\n\n"))?.length, 15);
});
