/** What the API answers, as it is documented. Money is a decimal string in US dollars, times are RFC 3339. */

export interface Channel {
  id: string;
  channel: string;
  address: string;
  linked_at: string;
  this: boolean;
}

export interface Me {
  person: string;
  version: number;
  zone: string;
  operator: boolean;
  channels: Channel[];
}

export interface StoredTurn {
  id: string;
  msgid: string;
  at: string;
  channel: string;
  origin: "person" | "news" | "push";
  asked: string;
  answered: string;
  state: "thinking" | "answered" | "failed";
  cost: string;
}

export interface Listed<Item> {
  items: Item[];
  next: string | null;
}

export interface Ticket {
  ticket: string;
  url: string;
}

export interface LinkCode {
  code: string;
  expires_in: number;
}

/** Confirmed by both sides, and not made yet. */
export interface WaitingLink {
  id: string;
  beside: string;
  due_at: string;
}

export interface Standing {
  spent: string;
  cap: string | null;
}

export interface SpentDay {
  date: string;
  spent: string;
}

export interface Usage {
  today: Standing;
  month: Standing;
  resets: string;
  exempt: boolean;
  days: SpentDay[];
}

export type JobState = "queued" | "running" | "done" | "failed";

export interface Export {
  id: string;
  state: JobState;
  url: string | null;
  expires_at: string | null;
  bytes: number | null;
}

export interface Erasure {
  id: string;
  state: JobState;
  erased: Record<string, number> | null;
  kept: Record<string, number> | null;
}
