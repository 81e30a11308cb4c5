/**
 * A skill or a channel is one folder of the page and one line of a registry. Every other file of the page, comments
 * and names of files included, is free of their names, word by word: in callMoved, .call-row, "calls" and CALLS the
 * word call is found, in called it is not.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";

const SOURCE = new URL("../src/", import.meta.url);
const PRODUCT = new URL("../../lambdas/switchboard/", import.meta.url);
const REGISTRIES = ["views.ts", "channels.ts"];
/** The browser's name for what it is, which no other word can stand for. */
const NOT_OURS = /\bWebSocket\b/g;

const SKILLS = membersIn("skills");
const MEMBERS = [...SKILLS, ...membersIn("channels")];
const FORMS = new Map(MEMBERS.flatMap((name) => [name, name.replace(/s$/, "")].map((form) => [form, name])));
const FILES = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.\w+$/.test(path));
const SHARED = FILES.filter((path) => !REGISTRIES.includes(path) && ownerOf(path) === undefined);

function membersIn(kind: string): string[] {
  return readdirSync(new URL(kind, PRODUCT), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("_"))
    .map(({ name }) => name);
}

/** The member in whose folder a file lies; a channel is a file of a folder of channels. */
function ownerOf(path: string): string | undefined {
  return MEMBERS.find((name) => path.startsWith(`${name}/`) || path.startsWith(`channels/${name}.`));
}

function source(path: string): string {
  return readFileSync(new URL(path, SOURCE), "utf8");
}

function wordsOf(text: string): string[] {
  const words = text.replaceAll(NOT_OURS, "").match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return words.map((word) => word.toLowerCase());
}

function namesIn(path: string): string[] {
  const lines = [path, ...source(path).split("\n")];
  return lines.flatMap((line, number) => {
    const said = wordsOf(line).filter((word) => FORMS.has(word));
    return said.length ? [`${path}:${number}: ${said.join(", ")}`] : [];
  });
}

function importsOf(path: string): string[] {
  const named = source(path).matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...named].map(([, target = ""]) => posix.join(posix.dirname(path), target));
}

function classesUsed(path: string): string[] {
  const marked = source(path).matchAll(/\bclass=(?:"([^"]*)"|\{([^}]*(?:\$\{[^}]*\}[^}]*)*)\})/g);
  return [...marked].flatMap(([, plain, made]) =>
    plain === undefined
      ? [...(made ?? "").matchAll(/["`]([^"`]*)["`]/g)].flatMap(([, text]) => split(text))
      : split(plain),
  );
}

function classesStyled(path: string): string[] {
  return [...source(path).matchAll(/\.([a-z][\w-]*)(?=[^{};]*\{)/g)].map(([, name = ""]) => name);
}

function split(text = ""): string[] {
  return text.split(/\s+/).filter((name) => /^[a-z][\w-]*$/.test(name));
}

test("the skills and channels are those of the product", () => {
  assert.ok(SKILLS.includes("tasks") && MEMBERS.includes("sms"), String(MEMBERS));
  assert.ok(SHARED.length > 60, String(SHARED.length));
});

test("a member is named word by word, however the word is written", () => {
  const words = ["callMoved", "CALLS", ".call-row", "#tasks/7", "SMS_SENT", "<WebPush>", "onSMSSent"];
  assert.ok(words.every((text) => wordsOf(text).some((word) => FORMS.has(word))));
  const others = ["called", "recall", "multitasking", "-webkit-meter-bar", "new WebSocket(url)", "everybody"];
  assert.ok(!others.some((text) => wordsOf(text).some((word) => FORMS.has(word))));
});

test("no file outside a member's folder names it but the registries", () => {
  assert.deepEqual(SHARED.flatMap(namesIn), []);
});

test("no member's file imports another member's, and none a registry of views", () => {
  const wrong = FILES.filter((path) => ownerOf(path)).flatMap((path) =>
    importsOf(path)
      .filter((target) => target === "views.ts" || ![undefined, ownerOf(path)].includes(ownerOf(target)))
      .map((target) => `${path} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test("every view that is there is in the registry once, by the name of its folder", () => {
  const folders = readdirSync(SOURCE).filter((name) => existsSync(new URL(`${name}/view.ts`, SOURCE)));
  const listed = /VIEWS[^=]*= \[([^\]]*)\]/.exec(source("views.ts"))?.[1] ?? "";
  assert.deepEqual(split(listed.replaceAll(",", " ")).sort(), folders.sort());
  for (const name of folders)
    assert.match(source(`${name}/view.ts`), new RegExp(`const ${name}: View = \\{\\s+name: "${name}",`));
});

test("every skill's view is fetched when it is first shown", () => {
  for (const name of SKILLS.filter((skill) => FILES.includes(`${skill}/view.ts`))) {
    assert.match(source(`${name}/view.ts`), /Content: later\(async \(\) => \(await import\("/);
    assert.doesNotMatch(source(`${name}/view.ts`), /(?:from|import) "\.\/[^"]+\.tsx"/);
  }
});

test("a class that only a member styles is used by that member alone", () => {
  const styledBy = new Map<string, Set<string>>();
  for (const path of FILES.filter((each) => each.endsWith(".css")))
    for (const name of classesStyled(path))
      styledBy.set(name, (styledBy.get(name) ?? new Set()).add(ownerOf(path) ?? "shared"));
  const wrong = FILES.filter((path) => path.endsWith(".tsx")).flatMap((path) => {
    const may = ["shared", ownerOf(path) ?? "shared"];
    return classesUsed(path)
      .filter((name) => styledBy.has(name) && !may.some((owner) => styledBy.get(name)?.has(owner)))
      .map((name) => `${path}: ${name}`);
  });
  assert.deepEqual(wrong, []);
});
