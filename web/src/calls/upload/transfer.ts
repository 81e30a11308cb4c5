/** One recording on its way: it can pause and go on, and tries again by itself when the network fails. */
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { inWords, Problem, SignedOut, Unreachable } from "../../api/problem.ts";
import { backoff } from "../../chat/backoff.ts";
import type { CallRoutes } from "../api.ts";
import { LARGE_BYTES } from "./file.ts";
import { formOf, StoreRefused, type Sending } from "./wire.ts";

export type Progress =
  | { readonly at: "sending" | "paused" | "waiting" | "arrived" }
  | { readonly at: "failed"; readonly why: string };

export interface Ports {
  routes: Pick<CallRoutes, "form" | "parts" | "finish">;
  send: (sending: Sending) => Promise<void>;
  after: (ms: number, act: () => void) => () => void;
  chance: () => number;
}

const TRIES = 6;
const AT_ONCE = 2;
const LINKS = 10;

export class Transfer {
  readonly progress: Signal<Progress> = signal({ at: "paused" });
  readonly #call: string;
  readonly #file: Blob;
  readonly #ports: Ports;
  readonly #sent: Signal<number> = signal(0);
  readonly #flying = new Map<number, number>();
  #arrived = 0;
  #tries = 0;
  #stop = new AbortController();
  #cancelWait: (() => void) | null = null;

  constructor(call: string, file: Blob, ports: Ports) {
    this.#call = call;
    this.#file = file;
    this.#ports = ports;
  }

  get sent(): ReadonlySignal<number> {
    return this.#sent;
  }

  get size(): number {
    return this.#file.size;
  }

  /** A large recording goes on with the part it stood at; a small one begins again. */
  get isLarge(): boolean {
    return this.#file.size >= LARGE_BYTES;
  }

  start(): void {
    if (this.progress.value.at === "sending" || this.progress.value.at === "arrived") return;
    this.#tries = 0;
    this.#run();
  }

  pause(): void {
    this.#halt();
    if (this.progress.value.at !== "arrived") this.progress.value = { at: "paused" };
  }

  /** Something hints that the network is back. */
  poke(): void {
    if (this.progress.value.at === "waiting") this.#run();
  }

  #run(): void {
    this.#halt();
    const stop = (this.#stop = new AbortController());
    this.progress.value = { at: "sending" };
    const sending = this.isLarge ? this.#inParts(stop.signal) : this.#whole(stop.signal);
    sending.then(
      () => {
        if (stop.signal.aborted) return;
        this.#sent.value = this.size;
        this.progress.value = { at: "arrived" };
      },
      (error: unknown) => {
        if (!stop.signal.aborted) this.#failed(error);
      },
    );
  }

  #halt(): void {
    this.#stop.abort();
    this.#cancelWait?.();
    this.#flying.clear();
  }

  #failed(error: unknown): void {
    this.#halt();
    if (!mayPass(error) || this.#tries >= TRIES) {
      this.progress.value = { at: "failed", why: inWords(error) };
      return;
    }
    this.progress.value = { at: "waiting" };
    const wait = backoff(this.#tries++ + 1, this.#ports.chance());
    this.#cancelWait = this.#ports.after(wait, () => this.#run());
  }

  async #whole(stop: AbortSignal): Promise<void> {
    this.#count(0);
    const { url, fields } = await this.#ports.routes.form(this.#call);
    stop.throwIfAborted();
    const body = formOf(fields, this.#file);
    await this.#send({ method: "POST", url, body, signal: stop }, { number: 0, size: this.size });
  }

  async #inParts(stop: AbortSignal): Promise<void> {
    const { routes } = this.#ports;
    const { missing, part_bytes: most } = await routes.parts(this.#call, [1]);
    const part = (number: number) => this.#file.slice((number - 1) * most, number * most);
    this.#count(this.size - missing.reduce((sum, number) => sum + part(number).size, 0));
    for (let from = 0; from < missing.length; from += LINKS) {
      stop.throwIfAborted();
      const numbers = missing.slice(from, from + LINKS);
      const { links } = await routes.parts(this.#call, numbers);
      await each(numbers, AT_ONCE, async (number) => {
        stop.throwIfAborted();
        const [url, body] = [links[String(number)], part(number)];
        if (url === undefined) throw new StoreRefused();
        await this.#send({ method: "PUT", url, body, signal: stop }, { number, size: body.size });
      });
    }
    stop.throwIfAborted();
    await routes.finish(this.#call);
  }

  async #send(
    sending: Omit<Sending, "heard">,
    { number, size }: { number: number; size: number },
  ): Promise<void> {
    const current = () => !sending.signal.aborted;
    const heard = (sent: number) => {
      if (!current()) return;
      this.#flying.set(number, Math.min(sent, size));
      this.#count(this.#arrived);
    };
    await this.#ports.send({ ...sending, heard });
    if (!current()) return;
    this.#flying.delete(number);
    this.#tries = 0;
    this.#count(this.#arrived + size);
  }

  #count(arrived: number): void {
    this.#arrived = arrived;
    const flying = [...this.#flying.values()].reduce((sum, each) => sum + each, 0);
    this.#sent.value = Math.min(this.size, arrived + flying);
  }
}

/** Trying again may help: nobody answered, a link ran out, or a part is missing after all. */
function mayPass(error: unknown): boolean {
  if (error instanceof SignedOut) return false;
  if (error instanceof Unreachable || error instanceof StoreRefused) return true;
  return error instanceof Problem && (error.status >= 500 || error.status === 429);
}

/** Does them in order, a few at once; the first error ends it. */
async function each<Item>(
  items: readonly Item[],
  atOnce: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
