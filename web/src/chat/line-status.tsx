/** How the line is, in a word: a person should never wonder whether the page still listens. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { conversation } from "../services.ts";
import type { LineState } from "./line.ts";

const WORDS = { closed: "Not connected", connecting: "Connecting…", open: "Connected" } as const;

export function LineStatus() {
  const line = conversation.line.value;
  const seconds = useSecondsUntil(line.at === "waiting" ? line.until : null);
  return (
    <p class={`line line-${line.at}`} role="status">
      <span class="unseen">{spoken(line)}</span>
      <span aria-hidden="true">{shown(line, seconds)}</span>
    </p>
  );
}

function spoken(line: LineState): string {
  return line.at === "waiting" ? broken() : WORDS[line.at];
}

function shown(line: LineState, seconds: number): string {
  if (line.at !== "waiting") return WORDS[line.at];
  return seconds > 0 ? `${broken()}, retry in ${seconds} s` : `${broken()}…`;
}

function broken(): string {
  return navigator.onLine ? "Connection lost" : "Offline";
}

function useSecondsUntil(until: number | null): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    if (until === null) return undefined;
    now.value = Date.now();
    const timer = setInterval(() => (now.value = Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return until === null ? 0 : Math.max(0, Math.ceil((until - now.value) / 1000));
}
