/** The routes of calls and profiles as functions; the only place that says what shape an answer has. */
import type { Client } from "../api/client.ts";
import type { Listed } from "../api/shapes.ts";
import type {
  Call,
  CallLine,
  Checked,
  Hit,
  Insights,
  Parts,
  Profile,
  Shelved,
  UploadForm,
  Utterances,
  Wanted,
} from "./shapes.ts";

export type CallRoutes = ReturnType<typeof callRoutesOf>;

export interface Sought {
  status: string;
  profile: string;
  q: string;
  from: string;
  to: string;
}

export function callRoutesOf(client: Client, newKey: () => string) {
  return { ...ofCalls(client, newKey), ...ofUploads(client), ...ofProfiles(client, newKey) };
}

function ofCalls(client: Client, newKey: () => string) {
  const once = () => ({ "idempotency-key": newKey() });
  return {
    open: async (wanted: Wanted, key: string) =>
      (await client.ask("/calls", {
        method: "POST",
        body: wanted,
        headers: { "idempotency-key": key },
      })) as CallLine,
    list: async (sought: Partial<Sought>, page: { limit: number; cursor?: string | null }) =>
      (await client.ask(`/calls${query({ ...sought, ...page })}`)) as Listed<CallLine>,
    call: async (id: string) => (await client.ask(`/calls/${part(id)}`)) as Call,
    utterances: async (id: string, cursor: string | null) =>
      (await client.ask(`/calls/${part(id)}/transcript${query({ limit: 500, cursor })}`)) as Utterances,
    find: async (id: string, q: string) =>
      (await client.ask(`/calls/${part(id)}/search${query({ q })}`)) as { items: Hit[] },
    insights: async (id: string, analysis: string) =>
      (await client.ask(`/calls/${part(id)}/analyses/${part(analysis)}`)) as Insights,
    reanalyze: async (id: string, wanted: { profile?: string; version?: number }) =>
      (await client.ask(`/calls/${part(id)}/reanalyze`, {
        method: "POST",
        body: wanted,
        headers: once(),
      })) as CallLine,
    remove: async (id: string) => {
      await client.ask(`/calls/${part(id)}`, { method: "DELETE" });
    },
  };
}

function ofUploads(client: Client) {
  return {
    form: async (id: string) =>
      (await client.ask(`/calls/${part(id)}/upload-url`, { method: "POST" })) as UploadForm,
    parts: async (id: string, numbers: readonly number[]) =>
      (await client.ask(`/calls/${part(id)}/parts`, { method: "POST", body: { numbers } })) as Parts,
    finish: async (id: string) => {
      await client.ask(`/calls/${part(id)}/parts/finish`, { method: "POST" });
    },
  };
}

function ofProfiles(client: Client, newKey: () => string) {
  const post = (path: string, body: unknown) =>
    client.ask(path, { method: "POST", body, headers: { "idempotency-key": newKey() } });
  return {
    profiles: async () => (await client.ask("/profiles")) as { items: Shelved[] },
    versions: async (profile: string) =>
      (await client.ask(`/profiles/${part(profile)}${query({ limit: 50 })}`)) as { items: Profile[] },
    check: async (body: unknown) => (await post("/profiles/validate", body)) as Checked,
    save: async (body: unknown) => (await post("/profiles", body)) as Profile,
    publish: async (profile: string, version: number) => {
      await post(`/profiles/${part(profile)}/publish`, { version });
    },
    rollBack: async (profile: string) => {
      await post(`/profiles/${part(profile)}/rollback`, {});
    },
    tryOn: async (profile: string, wanted: { version: number; call: string }) =>
      (await post(`/profiles/${part(profile)}/try`, wanted)) as CallLine,
  };
}

/** Without what says nothing. */
export function query(wanted: Readonly<Record<string, string | number | null | undefined>>): string {
  const said = Object.entries(wanted).filter(
    ([, value]) => value !== "" && value !== null && value !== undefined,
  );
  return said.length ? `?${new URLSearchParams(said.map(([name, value]) => [name, String(value)]))}` : "";
}

const part = encodeURIComponent;
