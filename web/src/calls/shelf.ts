/** The calls that a list shows: read page by page, and kept up with what is heard of them. */
import { batch, signal, type Signal } from "@preact/signals";
import { ApiError, inWords } from "../api/problem.ts";
import type { CallRoutes, Sought } from "./api.ts";
import type { CallFrame } from "./frame.ts";
import type { CallLine } from "./shapes.ts";
import { hasEnded, isMoving } from "./status.ts";

export const EVERYTHING: Sought = { status: "", profile: "", q: "", from: "", to: "" };
const PAGE = 20;
const MOST = 100;

export class Shelf {
  readonly sought: Signal<Sought> = signal(EVERYTHING);
  /** Null before the first answer. */
  readonly calls: Signal<readonly CallLine[] | null> = signal(null);
  readonly next: Signal<string | null> = signal(null);
  readonly busy = signal(false);
  readonly trouble = signal("");
  readonly #routes: Pick<CallRoutes, "list" | "call">;
  #asked = 0;

  constructor(routes: Pick<CallRoutes, "list" | "call">) {
    this.#routes = routes;
  }

  get isMoving(): boolean {
    return this.calls.value?.some(isMoving) ?? false;
  }

  get isFiltered(): boolean {
    return Object.values(this.sought.value).some(Boolean);
  }

  async seek(sought: Sought): Promise<void> {
    this.sought.value = sought;
    await this.read();
  }

  /** Reads from the newest on, as many as are shown. */
  async read(): Promise<void> {
    const limit = Math.min(MOST, Math.max(PAGE, this.calls.value?.length ?? 0));
    await this.#take({ limit, cursor: null }, (items) => items);
  }

  async readMore(): Promise<void> {
    await this.#take({ limit: PAGE, cursor: this.next.value }, (items) =>
      joined(this.calls.value ?? [], items),
    );
  }

  /** Where it stands is known at once; what came of it is read when it has ended. */
  async heard({ id, status, reason }: CallFrame): Promise<void> {
    const calls = this.calls.value;
    if (!calls?.some((call) => call.id === id)) {
      if (calls) await this.read();
      return;
    }
    this.#put(id, { status, reason });
    if (hasEnded({ status })) await this.#reread(id);
  }

  clear(): void {
    this.#asked++;
    batch(() => {
      this.sought.value = EVERYTHING;
      this.calls.value = null;
      this.next.value = null;
      this.busy.value = false;
    });
  }

  /** An answer to an older question is dropped. */
  async #take(
    page: { limit: number; cursor: string | null },
    put: (items: readonly CallLine[]) => readonly CallLine[],
  ): Promise<void> {
    const mine = ++this.#asked;
    this.busy.value = true;
    try {
      const { items, next } = await this.#routes.list(this.sought.value, page);
      if (mine !== this.#asked) return;
      batch(() => {
        this.calls.value = put(items);
        this.next.value = next;
        this.trouble.value = "";
      });
    } catch (error) {
      if (mine === this.#asked) this.trouble.value = inWords(error);
    } finally {
      if (mine === this.#asked) this.busy.value = false;
    }
  }

  async #reread(id: string): Promise<void> {
    try {
      this.#put(id, await this.#routes.call(id));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }

  #put(id: string, facts: Partial<CallLine>): void {
    this.calls.value =
      this.calls.value?.map((call) => (call.id === id ? { ...call, ...facts } : call)) ?? null;
  }
}

function joined(known: readonly CallLine[], more: readonly CallLine[]): readonly CallLine[] {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...more.filter(({ id }) => !ids.has(id))];
}
