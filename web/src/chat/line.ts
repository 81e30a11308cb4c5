/** The line to the server: a socket that is kept open, noticed when it is dead, and opened again. */
import { backoff } from "./backoff.ts";
import type { ClientFrame } from "./frames.ts";

export type LineState =
  { readonly at: "closed" | "connecting" | "open" } | { readonly at: "waiting"; readonly until: number };

export interface Socket {
  send: (data: string) => void;
  close: () => void;
}

export interface Hearing {
  opened: () => void;
  heard: (data: unknown) => void;
  /** Also when it never opened. */
  lost: () => void;
}

export interface Ports {
  /** Opens a socket with a fresh ticket; rejects when none can be had. */
  open: (hearing: Hearing) => Promise<Socket>;
  after: (ms: number, act: () => void) => () => void;
  now: () => number;
  chance: () => number;
}

export interface Listener {
  stateChanged: (state: LineState) => void;
  opened: () => void;
  heard: (data: unknown) => void;
}

const PING_MS = 30_000;
const PONG_MS = 10_000;
const OPEN_MS = 15_000;

export class Line {
  readonly #ports: Ports;
  readonly #listener: Listener;
  #state: LineState = { at: "closed" };
  #socket: Socket | null = null;
  #attempt = 0;
  #tries = 0;
  #cancel: (() => void) | null = null;

  constructor(ports: Ports, listener: Listener) {
    this.#ports = ports;
    this.#listener = listener;
  }

  connect(): void {
    if (this.#state.at === "closed") this.#connect();
  }

  /** Something hints that the network is back, or that the socket may be dead: look at once. */
  poke(): void {
    if (this.#state.at === "waiting") this.#connect();
    else if (this.#state.at === "open") this.#ping();
  }

  /** Something hints that the network is gone. */
  drop(): void {
    if (this.#state.at !== "closed") this.#lost();
  }

  close(): void {
    this.#hangUp();
    this.#become({ at: "closed" });
  }

  /** False when there is no socket: what matters is sent after the next one opened. */
  send(frame: ClientFrame): boolean {
    if (this.#state.at !== "open" || !this.#socket) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #connect(): void {
    const mine = ++this.#attempt;
    const current = () => mine === this.#attempt;
    const lost = () => {
      if (current()) this.#lost();
    };
    const hearing: Hearing = {
      opened: () => {
        if (current()) this.#opened();
      },
      heard: (data) => {
        if (current()) this.#heard(data);
      },
      lost,
    };
    this.#become({ at: "connecting" });
    this.#schedule(OPEN_MS, lost);
    this.#ports.open(hearing).then((socket) => {
      if (current()) this.#socket = socket;
      else socket.close();
    }, lost);
  }

  #opened(): void {
    this.#tries = 0;
    this.#become({ at: "open" });
    this.#schedule(PING_MS, () => this.#ping());
    this.#listener.opened();
  }

  #heard(data: unknown): void {
    if (this.#state.at === "open") this.#schedule(PING_MS, () => this.#ping());
    this.#listener.heard(data);
  }

  #ping(): void {
    this.send({ action: "ping" });
    this.#schedule(PONG_MS, () => this.#lost());
  }

  #lost(): void {
    this.#hangUp();
    const wait = backoff(this.#tries++, this.#ports.chance());
    this.#become({ at: "waiting", until: this.#ports.now() + wait });
    this.#schedule(wait, () => this.#connect());
  }

  #hangUp(): void {
    this.#attempt++;
    this.#cancel?.();
    this.#socket?.close();
    this.#socket = null;
  }

  #schedule(ms: number, act: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#ports.after(ms, act);
  }

  #become(state: LineState): void {
    this.#state = state;
    this.#listener.stateChanged(state);
  }
}
