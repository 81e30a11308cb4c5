import assert from "node:assert/strict";
import { Problem } from "../src/api/problem.ts";
import { Board } from "../src/tasks/board.ts";
import type { TaskRoutes, Wanted } from "../src/tasks/routes.ts";
import type { BoardPage, Card, State } from "../src/tasks/shapes.ts";

export const PROPOSAL =
  "You did not say how much. My proposal: Learn Rust, 30 minutes. Say yes, or say it again.";

/** Keeps tasks as the API does, as far as the board can tell. */
export class Server {
  readonly cards: Card[] = [];
  readonly calls: string[] = [];
  readonly keys: string[] = [];
  fails: Error[] = [];
  #held: (() => void)[] | null = null;
  #keys = 0;

  readonly board = new Board({ routes: this.routes(), newKey: () => `k${this.#keys++}` });

  hold(): void {
    this.#held = [];
  }

  release(): void {
    this.#held?.reverse().forEach((go) => go());
    this.#held = null;
  }

  add(title: string, state: State = "open"): Card {
    const card = cardOf(this.cards.length + 1, title, state);
    this.cards.push(card);
    return card;
  }

  routes(): TaskRoutes {
    return {
      board: async (wanted) => {
        const page = this.#page(wanted);
        if (this.#held) await new Promise<void>((resolve) => this.#held?.push(resolve));
        return this.#answer(`board ${wanted.state} ${wanted.limit}`, page);
      },
      report: () => Promise.reject(new Error("not here")),
      add: (sentence, key) =>
        this.#keyed(key, `add ${sentence}`, () =>
          sentence === "learn Rust"
            ? { said: PROPOSAL, task: null }
            : { said: `Added ${sentence}.`, task: this.add(sentence) },
        ),
      answer: (text, key) =>
        this.#keyed(key, `answer ${text}`, () => ({
          said: "Added 1 Learn Rust.",
          task: this.add("Learn Rust"),
        })),
      did: ({ id, amount }, key) =>
        this.#keyed(key, `did ${id} ${amount}`, () => {
          this.#card(id).today = amount || "20";
          return { said: "20/20 pages.", task: this.#card(id) };
        }),
      skip: (id, key) => this.#keyed(key, `skip ${id}`, () => ({ said: "Skipped.", task: this.#card(id) })),
      undo: (key) => this.#keyed(key, "undo", () => ({ said: "Undone." })),
      change: ({ id, version }, change) => {
        const card = this.#card(id);
        if (card.version !== version) return Promise.reject(new Problem(412, "stale", null));
        return this.#answer(`change ${id}`, Object.assign(card, change, { version: version + 1 }));
      },
    };
  }

  #page({ state, limit, cursor }: Wanted): BoardPage {
    const from = Number(cursor ?? 0);
    const all = this.cards.filter((card) => card.state === state);
    const count = (each: State) => this.cards.filter((card) => card.state === each).length;
    return {
      items: all.slice(from, from + limit).map((card) => ({ ...card })),
      next: from + limit < all.length ? String(from + limit) : null,
      today: "2026-11-21",
      week_starts: 0,
      counts: {
        open: count("open"),
        paused: count("paused"),
        finished: count("finished"),
        archived: count("archived"),
      },
    };
  }

  #card(id: string): Card {
    const card = this.cards.find((each) => each.id === id);
    assert.ok(card);
    return card;
  }

  #keyed<Value>(key: string, call: string, act: () => Value): Promise<Value> {
    this.keys.push(key);
    const fails = this.fails.shift();
    return fails ? Promise.reject(fails) : this.#answer(call, act());
  }

  #answer<Value>(call: string, value: Value): Promise<Value> {
    this.calls.push(call);
    return Promise.resolve(value);
  }
}

function cardOf(number: number, title: string, state: State): Card {
  return {
    number,
    id: `trp1_${number}`,
    title,
    state,
    plan: "20 pages every day",
    unit: "page",
    amount: "20",
    total: "",
    done: "0",
    due: "",
    today: "0",
    is_due: true,
    week: "._____.",
    week_done: 0,
    week_planned: 5,
    streak: 0,
    version: 1,
  };
}
