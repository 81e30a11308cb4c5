/** The conversation as a value, and what each frame or page of history makes of it. */
import type { StoredTurn } from "../api/shapes.ts";
import { OURS } from "../channels.ts";
import { prompt, resume, stop, type ClientFrame, type ServerFrame } from "./frames.ts";

export type TurnState = "sending" | "thinking" | "answered" | "stopped" | "failed" | "refused";

/**
 * `seq` is the last number heard without a gap. `id` is empty until the server gave one. `catchingUp` is
 * set from reconnecting or asking for a resume until its first frame: an accepted prompt may be answered
 * on the socket that first sent it, so it is resumed on this one.
 */
export interface Turn {
  readonly key: string;
  readonly id: string;
  readonly msgid: string;
  readonly at: string;
  readonly channel: string;
  readonly origin: StoredTurn["origin"];
  readonly asked: string;
  readonly text: string;
  readonly state: TurnState;
  readonly seq: number;
  readonly tools: readonly string[];
  readonly cost: string;
  readonly trouble: string;
  readonly stopping: boolean;
  readonly catchingUp: boolean;
}

export type Turns = readonly Turn[];

/** What the conversation becomes, and what is to be sent because of it. */
export interface Step {
  readonly turns: Turns;
  readonly send: readonly ClientFrame[];
}

const BLANK = {
  id: "",
  channel: OURS.name,
  origin: "person",
  asked: "",
  text: "",
  seq: 0,
  tools: [],
  cost: "",
  trouble: "",
  stopping: false,
  catchingUp: false,
} as const;

export function isOpen(turn: Turn): boolean {
  return turn.state === "sending" || turn.state === "thinking";
}

export function isOurs(turn: Turn): boolean {
  return turn.channel === OURS.name && turn.origin === "person";
}

export function ask(turns: Turns, said: { msgid: string; text: string; at: string }): Step {
  const turn: Turn = {
    ...BLANK,
    key: said.msgid,
    msgid: said.msgid,
    at: said.at,
    asked: said.text,
    state: "sending",
  };
  return { turns: [...turns, turn], send: [prompt(said.msgid, said.text)] };
}

export function askToStop(turns: Turns, msgid: string): Step {
  return { turns: change(turns, msgid, { stopping: true }), send: [stop(msgid)] };
}

/** After a new socket opened: what was not accepted is sent again, what is being answered is resumed. */
export function reconnect(turns: Turns): Step {
  const open = turns.filter((turn) => isOpen(turn) && isOurs(turn));
  const send = open.flatMap((turn) => [again(turn), ...(turn.stopping ? [stop(turn.msgid)] : [])]);
  const keys = new Set(open.map((turn) => turn.key));
  return {
    turns: turns.map((turn) => (keys.has(turn.key) ? { ...turn, catchingUp: true } : turn)),
    send,
  };
}

function again(turn: Turn): ClientFrame {
  return turn.state === "sending" ? prompt(turn.msgid, turn.asked) : resume(turn.msgid, turn.seq);
}

export function hear(turns: Turns, frame: ServerFrame): Step {
  if (frame.type === "notice") return still(add(turns, noticed(frame, turns)));
  if (frame.type === "pong" || frame.msgid === null) return still(turns);
  const turn = turns.find((each) => each.msgid === frame.msgid && isOpen(each));
  return turn ? hearOf(turns, turn, frame) : still(turns);
}

type TurnFrame = Exclude<ServerFrame, { type: "notice" | "pong" }>;

function hearOf(turns: Turns, turn: Turn, frame: TurnFrame): Step {
  switch (frame.type) {
    case "accepted":
      return accepted(turns, turn, frame.turn);
    case "delta":
      return inOrder(turns, turn, frame, { text: heardText(turn) + frame.text });
    case "tool":
      return inOrder(turns, turn, frame, { tools: [...turn.tools, frame.name], text: heardText(turn) });
    case "done":
      return still(change(turns, turn.msgid, end(turn, frame)));
    case "restarted":
      return still(change(turns, turn.msgid, { text: "", seq: 0, tools: [], catchingUp: false }));
    case "error":
      return refused(turns, turn, frame);
  }
}

function accepted(turns: Turns, turn: Turn, id: string): Step {
  return {
    turns: change(turns, turn.msgid, { id, state: "thinking" }),
    send: turn.catchingUp ? [resume(turn.msgid, turn.seq)] : [],
  };
}

/** Words that history brought are shown until the first frame, which begins them again. */
function heardText(turn: Turn): string {
  return turn.seq ? turn.text : "";
}

function end(turn: Turn, { text, cost }: { text: string; cost: string }): Partial<Turn> {
  return { text, cost, state: turn.stopping ? "stopped" : "answered", catchingUp: false };
}

/** A frame that was heard already is dropped; after a gap everything since is asked for once. */
function inOrder(turns: Turns, turn: Turn, { seq }: { seq: number }, to: Partial<Turn>): Step {
  if (seq <= turn.seq) return still(turns);
  if (seq === turn.seq + 1) {
    return still(change(turns, turn.msgid, { ...to, seq, state: "thinking", catchingUp: false }));
  }
  return turn.catchingUp ? still(turns) : catchUp(turns, turn, turn.seq);
}

function catchUp(turns: Turns, turn: Turn, after: number): Step {
  return {
    turns: change(turns, turn.msgid, { seq: after, catchingUp: true }),
    send: [resume(turn.msgid, after)],
  };
}

function refused(turns: Turns, turn: Turn, { code, message }: { code: string; message: string }): Step {
  if (turn.state === "sending") {
    return still(change(turns, turn.msgid, { state: "refused", trouble: message }));
  }
  switch (code) {
    case "bad_payload":
      return turn.seq ? catchUp(turns, turn, 0) : still(change(turns, turn.msgid, { state: "failed" }));
    case "not_running":
      return turn.catchingUp ? still(turns) : catchUp(turns, turn, turn.seq);
    case "unknown_msgid":
      return still(change(turns, turn.msgid, { state: "failed", trouble: message }));
    default:
      return still(change(turns, turn.msgid, { catchingUp: false }));
  }
}

/** Puts a page of stored turns in its place, and asks for the rest of those that this page did not know. */
export function learn(turns: Turns, stored: readonly StoredTurn[]): Step {
  const known = new Map(turns.map((turn) => [turn.key, turn]));
  for (const each of stored) known.set(keyOf(each), merged(known.get(keyOf(each)), each));
  const learnt = inSequence([...known.values()]);
  const before = new Set(turns.map((turn) => turn.key));
  const found = learnt.filter((turn) => !before.has(turn.key) && isOpen(turn) && isOurs(turn));
  return { turns: learnt, send: found.map((turn) => resume(turn.msgid, 0)) };
}

function keyOf(stored: StoredTurn): string {
  return stored.channel === OURS.name && stored.origin === "person" ? stored.msgid : stored.id;
}

/** What this page knows of a turn, with what is stored of it: a live stream knows its words better. */
function merged(known: Turn | undefined, stored: StoredTurn): Turn {
  const { id, at, channel, origin, asked } = stored;
  const turn = known ?? { ...BLANK, key: keyOf(stored), msgid: stored.msgid, at, state: stored.state };
  const facts = { ...turn, id, at, channel, origin, asked, cost: turn.cost || stored.cost };
  if (turn.state === "stopped" || turn.state === "refused") return facts;
  if (stored.state !== "thinking") return { ...facts, ...ended(turn, stored) };
  return known && isOurs(known) ? facts : { ...facts, state: "thinking", text: stored.answered };
}

function ended(turn: Turn, { answered, state }: StoredTurn): Partial<Turn> {
  return { text: answered, state: turn.stopping ? "stopped" : state, catchingUp: false };
}

/** By the server's ids, which sort as time does; what has none yet is the newest. */
function inSequence(turns: Turn[]): Turn[] {
  const rank = (turn: Turn) => turn.id || "\uffff";
  return turns.sort((one, other) => (rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0));
}

function noticed(frame: { turn: string; text: string }, turns: Turns): Turn {
  const key = frame.turn || `notice-${turns.length}`;
  const at = turns.at(-1)?.at ?? "";
  return {
    ...BLANK,
    key,
    id: frame.turn,
    msgid: "",
    at,
    origin: "news",
    text: frame.text,
    state: "answered",
  };
}

function add(turns: Turns, turn: Turn): Turns {
  return turns.some((each) => each.key === turn.key) ? turns : [...turns, turn];
}

function change(turns: Turns, msgid: string, to: Partial<Turn>): Turns {
  return turns.map((turn) => (turn.msgid === msgid ? { ...turn, ...to } : turn));
}

function still(turns: Turns): Step {
  return { turns, send: [] };
}
