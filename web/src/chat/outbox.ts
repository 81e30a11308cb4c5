/** Prompts that nobody has accepted yet, kept where a reload of this page finds them. */
import type { Turn } from "./turns.ts";

export interface Unsent {
  msgid: string;
  text: string;
  at: string;
}

export interface Outbox {
  kept: () => Unsent[];
  keep: (turns: readonly Turn[]) => void;
}

const KEY = "unsent";

export function outboxIn(storage: Storage): Outbox {
  return {
    kept: () => read(storage.getItem(KEY)),
    keep: (turns) => {
      const unsent: Unsent[] = turns.map(({ msgid, asked, at }) => ({ msgid, text: asked, at }));
      if (unsent.length) storage.setItem(KEY, JSON.stringify(unsent));
      else storage.removeItem(KEY);
    },
  };
}

function read(stored: string | null): Unsent[] {
  try {
    const value: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(value) ? value.filter(isUnsent) : [];
  } catch {
    return [];
  }
}

function isUnsent(value: unknown): value is Unsent {
  const fields = value as Partial<Record<keyof Unsent, unknown>> | null;
  return (["msgid", "text", "at"] as const).every((name) => typeof fields?.[name] === "string");
}
