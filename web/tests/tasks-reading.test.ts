import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, isPlain, isSingle, nextRep, typed } from "../src/tasks/amounts.ts";
import { choicesOf, isAnswer } from "../src/tasks/choices.ts";
import { cellsOf, heatInWords, monthsOf } from "../src/tasks/heat.ts";
import { forecastInWords, trendInWords } from "../src/tasks/outlook.ts";
import { taskRoutesOf } from "../src/tasks/routes.ts";
import type { Card, HeatDay, Outlook, Report } from "../src/tasks/shapes.ts";
import { trendLine } from "../src/tasks/trend.ts";
import { place, plusDays, weekInWords, weekOf } from "../src/tasks/week.ts";

const SATURDAY = { today: "2026-11-21", starts: 0 };

function card(fields: Partial<Card> = {}): Card {
  return {
    unit: "page",
    amount: "20",
    today: "0",
    total: "",
    done: "0",
    due: "",
    state: "open",
    ...fields,
  } as Card;
}

function report(outlook: Outlook | null, fields: Partial<Card> = {}): Report {
  return { card: card({ total: "400", ...fields }), outlook } as Report;
}

test("amounts are counted as people count them", () => {
  assert.deepEqual(
    [counted("1", "page"), counted("1200.5", "page"), counted("3", "km"), counted("2", "glass")],
    ["1 page", "1,200.5 pages", "3 km", "2 glasses"],
  );
});

test("a tap logs the rep, the rest of it, or the rest of the whole", () => {
  assert.equal(nextRep(card()), "20");
  assert.equal(nextRep(card({ today: "5" })), "15");
  assert.equal(nextRep(card({ today: "25" })), "20");
  assert.equal(nextRep(card({ total: "400", done: "390" })), "10");
  assert.equal(nextRep(card({ amount: "0.3", today: "0.1" })), "0.2");
});

test("a plain rep and a task of one rep need no number", () => {
  assert.equal(isPlain(card({ unit: "rep", amount: "1" })), true);
  assert.equal(isPlain(card({ unit: "rep", amount: "30" })), false);
  assert.equal(isSingle(card({ unit: "rep", amount: "1", total: "1" })), true);
  assert.equal(isSingle(card({ unit: "rep", amount: "1", total: "6" })), false);
});

test("what is typed is an amount or nothing", () => {
  assert.deepEqual(["20", " 2,5 ", "2.50", "007"].map(typed), ["20", "2.5", "2.5", "7"]);
  assert.deepEqual(
    ["", "0", "-3", "1e3", "1.234", "1,000.5", "many", "1000000"].map(typed),
    Array(8).fill(null),
  );
});

test("a week is read from the day on which it starts", () => {
  const days = weekOf("#+-x_.?", SATURDAY);
  assert.equal(
    weekInWords(days),
    "This week: Monday done, Tuesday begun, Wednesday skipped, Thursday missed, Friday planned, " +
      "Saturday (today) free, Sunday free.",
  );
  const [first, ...rest] = weekOf("#......", { today: "2026-11-21", starts: 6 });
  assert.equal(first?.name, "Sunday");
  assert.equal(rest.at(-1)?.isToday, true);
});

test("days are counted over months, years and the change of clocks", () => {
  assert.equal(plusDays("2026-10-24", 2), "2026-10-26");
  assert.equal(plusDays("2026-12-31", 1), "2027-01-01");
  assert.deepEqual([place("2026-11-23", 0), place("2026-11-22", 0), place("2026-11-22", 6)], [0, 6, 0]);
});

test("a year is whole weeks up to today, with every day once", () => {
  const heat: HeatDay[] = [{ day: "2026-11-20", amount: "25", level: 4 }];
  for (const starts of [0, 3, 6]) {
    const cells = cellsOf(heat, { today: "2026-11-21", starts });
    assert.equal(cells.at(-1)?.day, "2026-11-21");
    assert.equal(cells[0]?.row, 0);
    assert.equal(cells.at(-1)?.column, 52);
    assert.ok(cells.every(({ day, row }) => place(day, starts) === row));
    assert.equal(new Set(cells.map(({ day }) => day)).size, cells.length);
    assert.ok(cells.length > 358);
    assert.deepEqual(
      cells.filter(({ level }) => level > 0).map(({ day, amount }) => [day, amount]),
      [["2026-11-20", "25"]],
    );
  }
});

test("months are named where they begin, and no two names touch", () => {
  const months = monthsOf(cellsOf([], SATURDAY));
  assert.ok(months.length >= 12);
  assert.ok(
    months.every(({ column }, index) => index === 0 || column - (months[index - 1]?.column ?? 0) >= 2),
  );
  assert.equal(months.at(-1)?.name, "Nov");
});

test("a year is summed up in a sentence", () => {
  assert.equal(heatInWords([], "page"), "Nothing was done in the last year yet.");
  const heat = [
    { day: "2026-11-19", amount: "0.5", level: 1 },
    { day: "2026-11-20", amount: "25", level: 4 },
  ];
  assert.match(heatInWords(heat, "page"), /^In the last year 25\.5 pages on 2 days, most recently on .*20/);
});

test("a forecast says its range, and no more than is known", () => {
  const whole = { early: "2027-03-12", likely: "2027-03-20", late: "2027-04-04", chance: "on track" };
  const said = forecastInWords(report(whole, { due: "2027-04-12" }));
  assert.match(
    said,
    /^Done between .*12.* and .*4.*, eight times in ten; most likely on .*20.*\. On track for/,
  );
  assert.match(forecastInWords(report({ ...whole, late: "" })), /may take over two years/);
  assert.match(
    forecastInWords(report({ ...whole, late: "", likely: "" })),
    /at the earliest, and quite possibly/,
  );
  assert.match(
    forecastInWords(report({ early: "", likely: "", late: "", chance: "" })),
    /no end is in sight/,
  );
  assert.match(
    forecastInWords(report({ ...whole, early: "2027-04-04" })),
    /^Done on .*, eight times in ten\.$/,
  );
  assert.match(forecastInWords(report(null)), /Too early/);
  assert.match(forecastInWords(report(null, { total: "" })), /no end to foresee/);
  assert.match(forecastInWords(report(whole, { state: "finished" })), /It is finished/);
});

test("a trend is named, or said to be too early", () => {
  assert.match(trendInWords("up"), /it grows/);
  assert.match(trendInWords("too early"), /three whole weeks/);
});

test("a trend is the line through the weeks, and never below nothing", () => {
  assert.equal(trendLine([1, 2]), null);
  assert.deepEqual(trendLine([1, 2, 3, 4]), { from: 1, to: 4 });
  assert.deepEqual(trendLine([5, 5, 5]), { from: 5, to: 5 });
  assert.equal(trendLine([9, 0, 0, 0, 0])?.to, 0);
});

const ONE = "Do you mean 3 Dune: 20 pages every day? Answer 3, or 0 for a new one.";
const WHICH =
  "Which one?\n1 Dune: 20 pages every day\n12 Taxes: 6 sessions\nAnswer with the number, or 0 for all of them.";
const PROPOSED = "My proposal: Learn Rust, 30 minutes 3 times a week. Say yes, or say it again your way.";

test("what the assistant asks can be answered by a tap", () => {
  assert.deepEqual(
    choicesOf(PROPOSED).map(({ text }) => text),
    ["yes", "no"],
  );
  assert.deepEqual(choicesOf(ONE), [
    { name: "3 Dune: 20 pages every day", text: "3" },
    { name: "A new one", text: "0" },
  ]);
  assert.deepEqual(
    choicesOf(WHICH).map(({ name, text }) => `${text}=${name}`),
    ["1=1 Dune: 20 pages every day", "12=12 Taxes: 6 sessions", "0=All of them"],
  );
  assert.deepEqual(choicesOf("All right, Learn Rust is not added."), []);
});

test("short words answer only what was asked", () => {
  assert.equal(isAnswer(" Yes. ", PROPOSED), true);
  assert.equal(isAnswer("12", WHICH), true);
  assert.equal(isAnswer("yes, but 20 minutes", PROPOSED), false);
  assert.equal(isAnswer("yes", "All right, Learn Rust is not added."), false);
});

test("requests carry the key of what is wanted once, and the version of what is changed", async () => {
  const asked: unknown[] = [];
  const routes = taskRoutesOf({
    ask: (path, ask) => {
      asked.push([path, ask]);
      return Promise.resolve({});
    },
  });
  await routes.board({ state: "open", limit: 20, cursor: "a&b" });
  await routes.did({ id: "trp1_a/b", amount: "" }, "k1");
  await routes.did({ id: "7", amount: "2.5" }, "k2");
  await routes.change({ id: "7", version: 3 }, { title: "Dune" });
  const keyed = (body: unknown, key: string) => ({
    method: "POST",
    body,
    headers: { "idempotency-key": key },
  });
  assert.deepEqual(asked, [
    ["/tasks?state=open&limit=20&cursor=a%26b", undefined],
    ["/tasks/trp1_a%2Fb/reps", keyed({}, "k1")],
    ["/tasks/7/reps", keyed({ amount: "2.5" }, "k2")],
    ["/tasks/7", { method: "PATCH", body: { title: "Dune" }, headers: { "if-match": '"3"' } }],
  ]);
});
