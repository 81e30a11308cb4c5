/** What the page works with, made once: the API, the conversation, who is here and what they spent. */
import { signal } from "@preact/signals";
import { Client } from "./api/client.ts";
import { routesOf } from "./api/routes.ts";
import type { Me, Usage, WaitingLink } from "./api/shapes.ts";
import { draft } from "./chat/draft.ts";
import { Conversation } from "./chat/conversation.ts";
import { Listeners } from "./chat/listeners.ts";
import { outboxIn } from "./chat/outbox.ts";
import { openSocket } from "./chat/socket.ts";
import type { Turn } from "./chat/turns.ts";
import { announce } from "./parts/announce.tsx";
import { interrupted, leave, standing } from "./session.ts";

const DAYS = 30;

let erasing = false;

export const client = new Client({
  fetch: (path, init) => fetch(path, init),
  now: Date.now,
  onSignedOut: signedOut,
});

export const routes = routesOf(client, () => crypto.randomUUID());

export const me = signal<Me | null>(null);
export const usage = signal<Usage | null>(null);
export const waitingLinks = signal<WaitingLink[]>([]);

export const listeners = new Listeners();

export const conversation = new Conversation({
  routes,
  open: openSocket,
  after,
  now: Date.now,
  chance: Math.random,
  newId: () => crypto.randomUUID(),
  outbox: outboxIn(sessionStorage),
  told,
  other: (frame) => listeners.passOn(frame),
});

export async function readMe(): Promise<Me> {
  return (me.value = await routes.me());
}

/** Who one is linked with, and soon will be. */
export async function readLinks(): Promise<void> {
  const [waiting] = await Promise.all([routes.waitingLinks(), readMe()]);
  waitingLinks.value = waiting;
}

export async function readUsage(): Promise<Usage> {
  return (usage.value = await routes.usage(DAYS));
}

export async function signOut(): Promise<void> {
  try {
    await client.signOut();
  } finally {
    leave("You are signed out.");
    draft.value = "";
  }
}

/** From now on only the proof of the erasure is asked for, even though the session is over. */
export function beginErasing(): void {
  erasing = true;
  conversation.end();
}

/** The person is gone, and so is their session; nothing of theirs stays here. */
export function vanish(): void {
  erasing = false;
  client.forget();
  leave("Everything was erased, and you are signed out.");
  draft.value = "";
}

/** The conversation lives as long as somebody is signed in. */
export function begin(): void {
  standing.subscribe((now) => {
    if (now === "in") start();
    if (now === "out") stop();
  });
  addEventListener("online", () => conversation.poke());
  addEventListener("offline", () => conversation.drop());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") conversation.poke();
  });
}

function start(): void {
  conversation.begin();
  void Promise.allSettled([readLinks(), readUsage()]);
}

function signedOut(): void {
  if (erasing) return;
  client.forget();
  interrupted();
}

function stop(): void {
  const unsent = conversation.end();
  draft.value ||= unsent.join("\n\n");
  me.value = null;
  usage.value = null;
  waitingLinks.value = [];
}

/** A notice may be about the channels, a reply has cost something. */
function told(turn: Turn): void {
  announce(`Assistant: ${turn.text}`);
  void Promise.allSettled(turn.origin === "person" ? [readUsage()] : [readLinks()]);
}

function after(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
