import assert from "node:assert/strict";
import { test } from "node:test";
import { dollars, isNothing, reaches, spoken } from "../src/parts/money.ts";
import { date, dayName, minutesAndSeconds } from "../src/parts/times.ts";

test("money keeps its cents and drops what says nothing", () => {
  assert.equal(dollars("0.012300"), "$0.0123");
  assert.equal(dollars("4"), "$4.00");
  assert.equal(dollars("20.500000"), "$20.50");
  assert.equal(dollars("0.000000"), "$0.00");
  assert.equal(spoken(0.1 + 0.2), "$0.30");
});

test("nothing is nothing, however it is written", () => {
  assert.deepEqual(["", "0", "0.000000", "0.000001"].map(isNothing), [true, true, true, false]);
});

test("a limit is reached at the limit, and never without one", () => {
  assert.equal(reaches("1.000000", "1.000000"), true);
  assert.equal(reaches("0.999999", "1.000000"), false);
  assert.equal(reaches("9", null), false);
});

test("days are named from where one stands", () => {
  const now = new Date(2026, 10, 21, 0, 5);
  assert.equal(dayName(new Date(2026, 10, 21, 0, 1).toISOString(), now), "Today");
  assert.equal(dayName(new Date(2026, 10, 20, 23, 59).toISOString(), now), "Yesterday");
  assert.match(dayName(new Date(2026, 10, 16, 12).toISOString(), now), /Monday/);
  assert.match(dayName(new Date(2025, 10, 16, 12).toISOString(), now), /2025/);
});

test("a date is the same day in every zone", () => {
  assert.match(date("2026-11-21"), /21/);
  assert.equal(minutesAndSeconds(605), "10:05");
});
