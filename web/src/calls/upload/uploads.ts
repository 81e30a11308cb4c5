/** The uploads of this page: they go on while other views are shown, and end with the session. */
import { effect, signal } from "@preact/signals";
import { standing } from "../../session.ts";
import { callRoutes } from "../services.ts";
import type { CallLine } from "../shapes.ts";
import { Transfer } from "./transfer.ts";
import { send } from "./wire.ts";

export interface Upload {
  call: CallLine;
  transfer: Transfer;
}

interface Mark {
  name: string;
  modified: number;
}

const KEY = "uploads";

export const uploads = signal<readonly Upload[]>([]);

export function uploadOf(call: string): Upload | undefined {
  return uploads.value.find((upload) => upload.call.id === call);
}

export function begin(call: CallLine, file: File): void {
  drop(call.id);
  const transfer = new Transfer(call.id, file, { routes: callRoutes, send, after, chance: Math.random });
  uploads.value = [{ call, transfer }, ...uploads.value];
  mark(call.id, file);
  transfer.start();
}

/** Nothing is told to the store: what arrived there waits for a while, and then goes. */
export function drop(call: string): void {
  uploadOf(call)?.transfer.pause();
  uploads.value = uploads.value.filter((upload) => upload.call.id !== call);
}

/** Why a file is not the one that an upload began with; "" when it may be. */
export function mismatch(call: CallLine, file: File): string {
  const known = marks()[call.id];
  const same =
    file.size === call.size && (!known || (known.name === file.name && known.modified === file.lastModified));
  return same ? "" : `That is another file. This upload began with ${known?.name ?? call.file_name}.`;
}

effect(() => {
  if (standing.value !== "out") return;
  for (const { call } of uploads.peek()) drop(call.id);
});
addEventListener("online", () => {
  for (const { transfer } of uploads.value) transfer.poke();
});
addEventListener("beforeunload", (event) => {
  const busy = uploads.value.some(({ transfer }) => transfer.progress.value.at === "sending");
  if (busy) event.preventDefault();
});

function mark(call: string, { name, lastModified: modified }: File): void {
  sessionStorage.setItem(KEY, JSON.stringify({ ...marks(), [call]: { name, modified } }));
}

function marks(): Record<string, Mark> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}") as Record<string, Mark>;
  } catch {
    return {};
  }
}

function after(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
