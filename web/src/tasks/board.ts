/** The board of a person's tasks as it stands on this page: what is shown, asked and done. */
import { batch, signal, type Signal } from "@preact/signals";
import { inWords, Problem } from "../api/problem.ts";
import type { Loaded } from "../parts/loaded.ts";
import { isAnswer } from "./choices.ts";
import type { TaskRoutes } from "./routes.ts";
import type { BoardPage, Card, Change, State } from "./shapes.ts";
import { Wishes } from "./wishes.ts";

export interface Ports {
  routes: TaskRoutes;
  newKey: () => string;
}

export type Counts = BoardPage["counts"];

const PAGE = 20;
const MOST = 100;
const STALE = "It was changed elsewhere meanwhile. It has been read again: please look and save once more.";
const NOTHING: Counts = { open: 0, paused: 0, finished: 0, archived: 0 };

export class Board {
  readonly state: Signal<State> = signal("open");
  readonly page: Signal<Loaded<BoardPage>> = signal({ is: "loading" });
  readonly counts: Signal<Counts> = signal(NOTHING);
  /** Why what is shown may be old; "" when it is not. */
  readonly stale = signal("");
  /** What the assistant asks, or says instead of adding. */
  readonly asked = signal("");
  /** What was done last, in its words. */
  readonly outcome = signal("");
  /** Counts what was changed here, so that whoever shows one task reads it again. */
  readonly changes = signal(0);
  readonly #routes: TaskRoutes;
  readonly #wishes: Wishes;
  #reads = 0;

  constructor({ routes, newKey }: Ports) {
    this.#routes = routes;
    this.#wishes = new Wishes(newKey);
  }

  /** Reads what is shown again; it stays until the answer. Only the latest read counts. */
  async read(): Promise<void> {
    const read = ++this.#reads;
    try {
      const page = await this.#routes.board({ state: this.state.value, limit: this.#limit() });
      if (read === this.#reads) this.#put(page);
    } catch (error) {
      if (read === this.#reads) this.#fail(inWords(error));
    }
  }

  async show(state: State): Promise<void> {
    if (state === this.state.value) return;
    batch(() => {
      this.state.value = state;
      this.page.value = { is: "loading" };
    });
    await this.read();
  }

  /** The next cards; asked for again when the board was read meanwhile. */
  async more(): Promise<void> {
    const shown = this.page.value;
    if (shown.is !== "there" || !shown.value.next) return;
    const read = ++this.#reads;
    const wanted = { state: this.state.value, limit: PAGE, cursor: shown.value.next };
    const page = await this.#routes.board(wanted);
    if (read !== this.#reads) return this.more();
    this.#put({ ...page, items: [...shown.value.items, ...page.items] });
  }

  /** A sentence about a new task, or the answer to what is asked. */
  async say(text: string): Promise<void> {
    const said = text.trim();
    const answers = isAnswer(said, this.asked.value);
    const answer = await this.#wishes.grant(`${answers ? "answer" : "add"} ${said}`, (key) =>
      answers ? this.#routes.answer(said, key) : this.#routes.add(said, key),
    );
    batch(() => {
      this.asked.value = answer.task ? "" : answer.said;
      if (answer.task) this.#changed(answer.said, answer.task);
      else this.outcome.value = "";
    });
  }

  /** Without an amount it is one rep. */
  async did({ id }: Card, amount = ""): Promise<void> {
    const { said, task } = await this.#wishes.grant(`did ${id} ${amount}`, (key) =>
      this.#routes.did({ id, amount }, key),
    );
    this.#changed(said, task);
  }

  async skip({ id }: Card): Promise<void> {
    const { said, task } = await this.#wishes.grant(`skip ${id}`, (key) => this.#routes.skip(id, key));
    this.#changed(said, task);
  }

  async undo(): Promise<void> {
    const { said } = await this.#wishes.grant("undo", (key) => this.#routes.undo(key));
    this.#changed(said);
  }

  /** Errors: a Problem in words when somebody else changed the task, which is read again then. */
  async change(card: Card, { change, said }: { change: Change; said: string }): Promise<void> {
    try {
      this.#changed(said, await this.#routes.change(card, change));
    } catch (error) {
      if (!(error instanceof Problem && error.status === 412)) throw error;
      this.changes.value++;
      await this.read();
      throw new Problem(412, STALE, null);
    }
  }

  /** What belongs to nobody who is here any more. */
  clear(): void {
    this.#reads++;
    this.#wishes.forget();
    batch(() => {
      this.state.value = "open";
      this.page.value = { is: "loading" };
      this.counts.value = NOTHING;
      this.stale.value = this.asked.value = this.outcome.value = "";
    });
  }

  /** What is known of it is shown at once, and the rest when it is read. */
  #changed(said: string, card: Card | null = null): void {
    batch(() => {
      this.outcome.value = said;
      this.changes.value++;
      if (card) this.#replace(card);
    });
    void this.read();
  }

  #replace(card: Card): void {
    const shown = this.page.value;
    if (shown.is !== "there") return;
    const items = shown.value.items.map((each) => (each.id === card.id ? card : each));
    this.page.value = { is: "there", value: { ...shown.value, items } };
  }

  #limit(): number {
    const shown = this.page.value.is === "there" ? this.page.value.value.items.length : 0;
    return Math.min(MOST, Math.max(PAGE, shown));
  }

  #put(page: BoardPage): void {
    batch(() => {
      this.page.value = { is: "there", value: page };
      this.counts.value = page.counts;
      this.stale.value = "";
    });
  }

  #fail(why: string): void {
    if (this.page.value.is === "there") this.stale.value = why;
    else this.page.value = { is: "failed", why };
  }
}
