/** The routes of the API as functions, but those of a view's own; the only place that says what shape an answer has. */
import type { Ask, Client } from "./client.ts";
import type {
  Erasure,
  Export,
  Listed,
  LinkCode,
  Me,
  StoredTurn,
  Ticket,
  Usage,
  WaitingLink,
} from "./shapes.ts";

export const CONFIRMATION = "erase everything";

export type Routes = ReturnType<typeof routesOf>;

export function routesOf(client: Client, newKey: () => string) {
  const ask = (path: string, wanted?: Ask) => client.ask(path, wanted);
  const once = () => ({ "idempotency-key": newKey() });
  return {
    me: async () => (await ask("/me")) as Me,
    setZone: async ({ zone, version }: { zone: string; version: number }) =>
      (await ask("/me", { method: "PATCH", body: { zone }, headers: { "if-match": `"${version}"` } })) as Me,
    turns: async (page: Page) => (await ask(`/chat/turns${query(page)}`)) as Listed<StoredTurn>,
    ticket: async () => (await ask("/chat/tickets", { method: "POST" })) as Ticket,
    makeCode: async () => (await ask("/links", { method: "POST", headers: once() })) as LinkCode,
    waitingLinks: async () => ((await ask("/links")) as { items: WaitingLink[] }).items,
    takeBack: async (id: string) => {
      await ask(`/links/waiting/${encodeURIComponent(id)}`, { method: "DELETE" });
    },
    unlink: async (id: string) => {
      await ask(`/links/${encodeURIComponent(id)}`, { method: "DELETE" });
    },
    usage: async (days: number) => (await ask(`/usage?days=${days}`)) as Usage,
    requestExport: async () => (await ask("/exports", { method: "POST", headers: once() })) as Export,
    export: async (id: string) => (await ask(`/exports/${encodeURIComponent(id)}`)) as Export,
    requestErasure: async () =>
      (await ask("/erasures", { method: "POST", body: { confirm: CONFIRMATION } })) as Erasure,
    /** With the token as it is, since the person may be gone already. */
    erasure: async (id: string) => (await client.askOnce(`/erasures/${encodeURIComponent(id)}`)) as Erasure,
  };
}

export interface Page {
  limit: number;
  cursor?: string | null;
}

export function query({ limit, cursor }: Page): string {
  const wanted = new URLSearchParams({ limit: String(limit) });
  if (cursor) wanted.set("cursor", cursor);
  return `?${wanted}`;
}
