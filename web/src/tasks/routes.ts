/** The routes of tasks as functions. Whoever creates something gives the key under which it is done once. */
import type { Ask, Client } from "../api/client.ts";
import type { Answer, BoardPage, Card, Change, Report, State } from "./shapes.ts";

export interface Wanted {
  state: State;
  limit: number;
  cursor?: string | null;
}

export type TaskRoutes = ReturnType<typeof taskRoutesOf>;

export function taskRoutesOf(client: Pick<Client, "ask">) {
  const ask = (path: string, wanted?: Ask) => client.ask(path, wanted);
  const post = (path: string, body: unknown, key: string) =>
    ask(path, { method: "POST", body, headers: { "idempotency-key": key } });
  return {
    board: async (wanted: Wanted) => (await ask(`/tasks${query(wanted)}`)) as BoardPage,
    report: async (id: string) => (await ask(task(id))) as Report,
    add: async (sentence: string, key: string) => (await post("/tasks", { sentence }, key)) as Answer,
    answer: async (text: string, key: string) => (await post("/tasks/answers", { text }, key)) as Answer,
    did: async ({ id, amount }: { id: string; amount: string }, key: string) =>
      (await post(`${task(id)}/reps`, amount ? { amount } : {}, key)) as Answer,
    skip: async (id: string, key: string) => (await post(`${task(id)}/skips`, {}, key)) as Answer,
    undo: async (key: string) => (await post("/tasks/undo", {}, key)) as { said: string },
    change: async ({ id, version }: Pick<Card, "id" | "version">, change: Change) =>
      (await ask(task(id), {
        method: "PATCH",
        body: change,
        headers: { "if-match": `"${version}"` },
      })) as Card,
  };
}

function task(id: string): string {
  return `/tasks/${encodeURIComponent(id)}`;
}

function query({ state, limit, cursor }: Wanted): string {
  const wanted = new URLSearchParams({ state, limit: String(limit) });
  if (cursor) wanted.set("cursor", cursor);
  return `?${wanted}`;
}
