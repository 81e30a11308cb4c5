/** One person's conversation on this page: the line, the history and what is kept over a reload, joined. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Routes } from "../api/routes.ts";
import { parse, type OtherFrame, type ServerFrame } from "./frames.ts";
import { Line, type Hearing, type LineState, type Socket } from "./line.ts";
import type { Outbox } from "./outbox.ts";
import {
  ask,
  askToStop,
  hear,
  isOpen,
  isOurs,
  learn,
  reconnect,
  type Step,
  type Turn,
  type Turns,
} from "./turns.ts";

export type Past = "unread" | "reading" | "more" | "whole" | "unreadable";

export interface Ports {
  routes: Pick<Routes, "turns" | "ticket">;
  open: (url: string, hearing: Hearing) => Socket;
  after: (ms: number, act: () => void) => () => void;
  now: () => number;
  chance: () => number;
  newId: () => string;
  outbox: Outbox;
  /** A reply is complete, or the assistant said something by itself. */
  told: (turn: Turn) => void;
  /** A frame that is no part of the conversation. */
  other: (frame: OtherFrame) => void;
}

const PAGE = 20;
const LOOK_MS = 10_000;

export class Conversation {
  readonly turns: Signal<Turns> = signal([]);
  readonly line: Signal<LineState> = signal({ at: "closed" });
  readonly past: Signal<Past> = signal("unread");
  /** The newest prompt of this person's pages that is still being answered. */
  readonly busy: ReadonlySignal<Turn | undefined> = computed(() =>
    this.turns.value.findLast((turn) => isOpen(turn) && isOurs(turn)),
  );
  readonly #ports: Ports;
  readonly #socket: Line;
  #cursor: string | null = null;
  #cancelLook: (() => void) | null = null;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#socket = new Line(
      { ...ports, open: (hearing) => this.#open(hearing) },
      {
        stateChanged: (state) => (this.line.value = state),
        opened: () => this.#take(reconnect(this.turns.value)),
        heard: (data) => this.#heard(data),
      },
    );
  }

  begin(): void {
    for (const { msgid, text, at } of this.#ports.outbox.kept()) {
      this.turns.value = ask(this.turns.value, { msgid, text, at }).turns;
    }
    this.#socket.connect();
    this.#lookAfter();
    void this.readOlder();
  }

  /** Returns what nobody has accepted yet: it may belong to somebody else than who comes next. */
  end(): string[] {
    const unsent = this.#ports.outbox.kept();
    this.#ports.outbox.keep([]);
    this.#socket.close();
    this.#cancelLook?.();
    this.#cursor = null;
    batch(() => {
      this.turns.value = [];
      this.past.value = "unread";
    });
    return unsent.map(({ text }) => text);
  }

  say(text: string): void {
    const { newId, now } = this.#ports;
    this.#take(ask(this.turns.value, { msgid: newId(), text, at: new Date(now()).toISOString() }));
  }

  stop(turn: Turn): void {
    this.#take(askToStop(this.turns.value, turn.msgid));
  }

  async readOlder(): Promise<void> {
    if (this.past.value === "reading" || this.past.value === "whole") return;
    this.past.value = "reading";
    try {
      const { items, next } = await this.#ports.routes.turns({ limit: PAGE, cursor: this.#cursor });
      this.#cursor = next;
      batch(() => {
        this.#take(learn(this.turns.value, items));
        this.past.value = next ? "more" : "whole";
      });
    } catch {
      this.past.value = "unreadable";
    }
  }

  poke(): void {
    this.#socket.poke();
    if (this.past.value !== "unread") void this.#look();
  }

  drop(): void {
    this.#socket.drop();
  }

  async #open(hearing: Hearing): Promise<Socket> {
    const { url, ticket } = await this.#ports.routes.ticket();
    return this.#ports.open(`${url}?ticket=${encodeURIComponent(ticket)}`, hearing);
  }

  #take(step: Step): void {
    this.turns.value = step.turns;
    for (const frame of step.send) this.#socket.send(frame);
    this.#ports.outbox.keep(step.turns.filter((turn) => turn.state === "sending"));
  }

  #heard(data: unknown): void {
    const frame = parse(data);
    if (!frame) return;
    if (frame.type === "other") {
      this.#ports.other(frame);
      return;
    }
    const before = this.turns.value;
    this.#take(hear(before, frame));
    if (frame.type === "done" || frame.type === "notice") this.#tell(frame, before);
  }

  /** Only what is new is told: a page that resumes hears some ends twice. */
  #tell(frame: End, before: Turns): void {
    const told = this.turns.value.find((turn, place) => turn !== before[place] && tells(turn, frame));
    if (!told) return;
    this.#ports.told(told);
    void this.#look();
  }

  /** Reads the newest turns again: what other channels and pages said, without taking their streams. */
  async #look(): Promise<void> {
    try {
      const { items } = await this.#ports.routes.turns({ limit: PAGE });
      this.#take({ ...learn(this.turns.value, items), send: [] });
    } catch {
      return;
    }
  }

  #lookAfter(): void {
    this.#cancelLook = this.#ports.after(LOOK_MS, () => {
      if (this.turns.value.some(isOpen)) void this.#look();
      this.#lookAfter();
    });
  }
}

type End = ServerFrame & { type: "done" | "notice" };

function tells(turn: Turn, frame: End): boolean {
  return frame.type === "done" ? turn.msgid === frame.msgid : turn.origin !== "person";
}
